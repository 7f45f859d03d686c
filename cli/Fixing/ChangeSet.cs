using System.Collections.Immutable;
using System.Text;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Fixing;

/// <summary>Turns new texts into the bytes to write: sources, project files, and configuration files.</summary>
internal sealed class ChangeSet(LoadedSolution loaded, ProjectFindings projects, ProgramSettings settings, MigrationOptions options)
{
    // What a program that has one of them runs with: devices, sizes, or both.
    private static readonly string[] ConfiguredTypes = ["VoiceForgeAppV2", "AudioStreamV2", "BufferPool", "ModelCache"];

    private readonly Dictionary<string, SourceFile> _read = new(StringComparer.Ordinal);

    public ImmutableArray<FileChange> Build(FixResult result)
    {
        var texts = result.Texts.ToDictionary(text => text.Key, text => text.Value, StringComparer.Ordinal);
        foreach (var (path, text) in projects.Edits(path => Read(path).Text, !result.Texts.IsEmpty))
            texts[path] = text;

        var created = new List<FileChange>();
        foreach (var (project, values) in Configurations(result))
        {
            var projectText = texts.GetValueOrDefault(project.File) ?? Read(project.File).Text;
            var path = ConfigurationFile.PathOf(project);
            var text = ConfigurationFile.Compose(project, values, projectText).Text
                ?? throw new InvalidOperationException($"The settings of '{project.File}' fitted its configuration when they were found and do not any more; nothing was written.");
            if (File.Exists(path))
                texts[path] = text;
            else
                created.Add(new(path, null, Encoding.UTF8.GetBytes(text)));
            texts[project.File] = ConfigurationFile.AddItem(projectText);
        }

        return
        [
            .. texts.Select(text => (File: loaded.Sources.GetValueOrDefault(text.Key) ?? Read(text.Key), Text: text.Value))
                .Where(c => c.Text != c.File.Text)
                .Select(c => new FileChange(c.File.Path, c.File.Bytes, c.File.Encode(c.Text)))
                .Concat(created)
                .OrderBy(c => c.Path, StringComparer.Ordinal),
        ];
    }

    private SourceFile Read(string path) => _read.TryGetValue(path, out var file) ? file : _read[path] = SourceFile.Read(path);

    private Dictionary<EvaluatedProject, IReadOnlyDictionary<string, string>> Configurations(FixResult result)
    {
        if (options.NoPackages)
            return [];
        var needed = new Dictionary<EvaluatedProject, IReadOnlyDictionary<string, string>>(settings.Required(result));
        foreach (var project in loaded.Candidates.Select(p => p.Project).DistinctBy(p => p.File))
        {
            if (project.IsExecutable && ConfigurationFile.IsMissing(project, Read(project.File).Text) && UsesConfiguredType(project, result))
                needed.TryAdd(project, new Dictionary<string, string>());
        }

        return needed;
    }

    private bool UsesConfiguredType(EvaluatedProject project, FixResult result) =>
        loaded.Projects.Where(p => p.Project.File == project.File)
            .SelectMany(p => loaded.Solution.GetProject(p.Id)!.Documents)
            .Any(d => result.Texts.TryGetValue(d.FilePath!, out var text) && ConfiguredTypes.Any(type => text.Contains(type, StringComparison.Ordinal)));
}
