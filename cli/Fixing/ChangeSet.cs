using System.Collections.Immutable;
using System.Text;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Fixing;

/// <summary>Turns new texts into the bytes to write: sources, project files, and the configuration file.</summary>
internal sealed class ChangeSet(LoadedSolution loaded, ProjectFindings projects, MigrationOptions options)
{
    private const string ApplicationType = "VoiceForgeAppV2";

    public ImmutableArray<FileChange> Build(FixResult result)
    {
        var sources = result.Texts.Select(t => (File: loaded.Sources[t.Key], Text: t.Value));
        var read = new Dictionary<string, SourceFile>(StringComparer.Ordinal);
        SourceFile Read(string path) => read.TryGetValue(path, out var file) ? file : read[path] = SourceFile.Read(path);
        var projectTexts = new Dictionary<string, string>(projects.Edits(path => Read(path).Text, !result.Texts.IsEmpty), StringComparer.Ordinal);

        var created = new List<FileChange>();
        foreach (var project in NeedConfiguration(result))
        {
            var text = projectTexts.GetValueOrDefault(project.File) ?? Read(project.File).Text;
            created.Add(new(ConfigurationFile.PathOf(project), null, Encoding.UTF8.GetBytes(ConfigurationFile.Text(text))));
            projectTexts[project.File] = ConfigurationFile.AddItem(text);
        }

        return
        [
            .. sources.Concat(projectTexts.Select(t => (File: Read(t.Key), Text: t.Value)))
                .Where(c => c.Text != c.File.Text)
                .Select(c => new FileChange(c.File.Path, c.File.Bytes, c.File.Encode(c.Text)))
                .Concat(created)
                .OrderBy(c => c.Path, StringComparer.Ordinal),
        ];
    }

    private IEnumerable<EvaluatedProject> NeedConfiguration(FixResult result) =>
        options.NoPackages
            ? []
            : loaded.Candidates.Select(p => p.Project).DistinctBy(p => p.File).Where(project => ConfigurationFile.IsMissing(project, UsesApplication(project, result)));

    private bool UsesApplication(EvaluatedProject project, FixResult result) =>
        loaded.Projects.Where(p => p.Project == project)
            .SelectMany(p => loaded.Solution.GetProject(p.Id)!.Documents)
            .Any(d => result.Texts.TryGetValue(d.FilePath!, out var text) && text.Contains(ApplicationType, StringComparison.Ordinal));
}
