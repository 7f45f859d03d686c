using System.Collections;
using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;
using Microsoft.Build.Framework;
using Microsoft.Build.Logging;
using Microsoft.CodeAnalysis;
using MigrationKit.Analyzers;

namespace MigrationKit.Cli.Loading;

/// <summary>Reads the compilations of an earlier build out of its binary log, running nothing. Uses MSBuild types: call only after <see cref="MSBuildHost.Register"/>.</summary>
internal sealed class BinaryLogReader(string log, ImmutableArray<MigratedLibrary> libraries)
{
    private static readonly string[] ReferenceItems = ["PackageReference", "PackageVersion", "GlobalPackageReference", "ProjectReference", "Reference"];

    private readonly Dictionary<int, ProjectEvaluationFinishedEventArgs> _evaluations = [];
    private readonly Dictionary<int, (string File, int Evaluation)> _projects = [];
    private readonly List<(string File, int Evaluation, ImmutableArray<string> Arguments)> _compilations = [];

    /// <param name="projects">Filled with what the log says about each compiled project.</param>
    /// <returns>The compilations, the last of each project and target framework.</returns>
    /// <exception cref="MigrationException">The file is no binary log, or holds no C# compilation.</exception>
    public IReadOnlyList<ProjectBuild> Read(IDictionary<string, EvaluatedProject> projects)
    {
        Replay();
        if (_compilations.Count == 0)
            throw new MigrationException(ExitCode.LoadFailed, $"--binlog '{log}' holds no C# compilation; write one with 'dotnet build -t:Rebuild -bl'.");

        var builds = _compilations.GroupBy(c => (c.File, Framework: Text(c.Evaluation, "TargetFramework"))).Select(g => (g.Key.File, g.Key.Framework, Last: g.Last())).ToList();
        foreach (var file in builds.GroupBy(b => b.File, StringComparer.Ordinal))
            projects[file.Key] = Project(file.Key, [.. file.Select(b => b.Framework)], file.First().Last.Evaluation);
        return [.. builds.Select(b => new ProjectBuild(b.File, b.Framework, b.Last.Arguments, Outputs(b.File, b.Last.Evaluation), []))];
    }

    private void Replay()
    {
        var source = new BinaryLogReplayEventSource();
        source.AnyEventRaised += (_, e) =>
        {
            if (e is ProjectEvaluationFinishedEventArgs { BuildEventContext: { } evaluation } evaluated)
                _evaluations[evaluation.EvaluationId] = evaluated;
            else if (e is ProjectStartedEventArgs { BuildEventContext: { } context, ProjectFile: { } file })
                _projects[context.ProjectContextId] = (Path.GetFullPath(file), context.EvaluationId);
            else if (e is TaskCommandLineEventArgs { TaskName: "Csc", BuildEventContext: { } task } command && _projects.TryGetValue(task.ProjectContextId, out var project))
                _compilations.Add((project.File, project.Evaluation, Arguments(command.CommandLine)));
        };
        try
        {
            source.Replay(log);
        }
        catch (Exception e) when (e is IOException or NotSupportedException or InvalidDataException or FormatException or ArgumentException)
        {
            throw new MigrationException(ExitCode.LoadFailed, $"--binlog '{log}' is no readable binary log: {e.Message}", e);
        }
    }

    // Before the first option stands how the compiler was started.
    private static ImmutableArray<string> Arguments(string commandLine)
    {
        var words = CommandLineParser.SplitCommandLineIntoArguments(commandLine, removeHashComments: true).ToList();
        var compiler = words.FindLastIndex(w => Path.GetFileNameWithoutExtension(w) == "csc");
        return [.. words.Skip(compiler + 1)];
    }

    private EvaluatedProject Project(string file, ImmutableArray<string> frameworks, int evaluation)
    {
        var version = Text(evaluation, "AssemblyVersion") is { Length: > 0 } assembly ? assembly : Text(evaluation, "Version");
        return new(
            file,
            Text(evaluation, "AssemblyName"),
            Version.TryParse(version.Split('-', '+')[0], out var parsed) ? parsed : null,
            frameworks,
            Text(evaluation, "TargetFrameworks").Length > 0,
            !string.Equals(Text(evaluation, "OutputType"), "Library", StringComparison.OrdinalIgnoreCase),
            string.Equals(Text(evaluation, "ManagePackageVersionsCentrally"), "true", StringComparison.OrdinalIgnoreCase),
            [.. Items(evaluation, "ProjectReference").Select(i => Full(file, i)).Distinct(StringComparer.Ordinal)],
            [.. ProjectOutline.InheritedFiles(Path.GetDirectoryName(file)!).Append(file).SelectMany(f => References(file, f))]);
    }

    private IEnumerable<LibraryReference> References(string project, string file)
    {
        XDocument document;
        try
        {
            document = XDocument.Load(file, LoadOptions.SetLineInfo);
        }
        catch (XmlException e)
        {
            throw new MigrationException(ExitCode.LoadFailed, $"'{file}' is no readable XML: {e.Message}", e);
        }

        foreach (var element in document.Descendants().Where(e => ReferenceItems.Contains(e.Name.LocalName)))
        {
            var names = ((string?)element.Attribute("Include") ?? (string?)element.Attribute("Update") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            foreach (var name in names)
            {
                var simple = element.Name.LocalName == "ProjectReference" || name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
                    ? Path.GetFileNameWithoutExtension(Full(project, name))
                    : name.Split(',')[0].Trim();
                if (libraries.FirstOrDefault(l => string.Equals(l.Name, simple, StringComparison.OrdinalIgnoreCase)) is not { } library)
                    continue;
                var at = (IXmlLineInfo)element;
                yield return new(
                    library.Name, element.Name.LocalName, file, at.LineNumber, at.LinePosition - 1, // of '<', not of the name behind it
                    (string?)element.Attribute("Version") ?? (string?)element.Attribute("VersionOverride"), names.Length);
            }
        }
    }

    private ImmutableArray<string> Outputs(string file, int evaluation) =>
    [
        .. new[] { "TargetPath", "TargetRefPath" }.Select(name => Text(evaluation, name))
            .Concat(Items(evaluation, "IntermediateAssembly"))
            .Where(path => path.Length > 0)
            .Select(path => Full(file, path))
            .Distinct(StringComparer.Ordinal),
    ];

    private string Text(int evaluation, string property) =>
        _evaluations.TryGetValue(evaluation, out var evaluated) && evaluated.Properties is { } properties
            ? properties.Cast<object>().Select(Pair).LastOrDefault(p => string.Equals(p.Name, property, StringComparison.OrdinalIgnoreCase)).Value ?? ""
            : "";

    private static (string Name, string? Value) Pair(object property) => property switch
    {
        DictionaryEntry entry => ((string)entry.Key, (string?)entry.Value),
        KeyValuePair<string, string> pair => (pair.Key, pair.Value),
        _ => ("", null),
    };

    private IEnumerable<string> Items(int evaluation, string type) =>
        _evaluations.TryGetValue(evaluation, out var evaluated) && evaluated.Items is { } items
            ? items.Cast<DictionaryEntry>().Where(i => (string)i.Key == type).Select(i => ((ITaskItem)i.Value!).ItemSpec)
            : [];

    private static string Full(string project, string path) =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, path.Replace('\\', Path.DirectorySeparatorChar)));
}
