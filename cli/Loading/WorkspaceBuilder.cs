using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.Cli.Loading;

/// <summary>Makes a Roslyn solution out of compiler command lines.</summary>
internal sealed class WorkspaceBuilder(InputPath input)
{
    private readonly Dictionary<string, SourceFile> _sources = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, MetadataReferenceProperties), MetadataReference> _metadata = [];
    private readonly HashSet<(string Project, string Analyzer)> _missingAnalyzers = [];
    private readonly Dictionary<string, AnalyzerFileReference?> _generators = new(StringComparer.Ordinal);

    // The whole host composition would pull in editor features that need native libraries.
    private static readonly Lazy<MefHostServices> Host =
        new(() => MefHostServices.Create([typeof(Workspace).Assembly, typeof(CSharpCompilation).Assembly, System.Reflection.Assembly.Load("Microsoft.CodeAnalysis.CSharp.Workspaces")]));

    private static readonly GeneratorLoader Generators = new();

    /// <summary>What a workspace is made with; composing it takes a while the first time.</summary>
    public static MefHostServices Services => Host.Value;

    // Without it no command line with a code page can be read.
    static WorkspaceBuilder() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <exception cref="MigrationException">A source file or reference that a compiler command line names does not exist.</exception>
    public LoadedSolution Build(
        IReadOnlyList<ProjectBuild> builds, IReadOnlyDictionary<string, EvaluatedProject> evaluated, Func<ProjectBuild, ProjectRole> roleOf,
        List<string> notes)
    {
        var ids = builds.ToDictionary(b => b, b => ProjectId.CreateNewId(b.File));
        var byOutput = new Dictionary<string, ProjectId>(StringComparer.Ordinal);
        foreach (var build in builds)
        {
            foreach (var output in build.OutputFiles)
                byOutput.TryAdd(output, ids[build]);
        }

        var workspace = new AdhocWorkspace(Services);
        var infos = builds.Select(b => Info(b, ids[b], byOutput, notes)).ToList();
        var solution = workspace.AddSolution(SolutionInfo.Create(SolutionId.CreateNewId(), VersionStamp.Create(), input.File, infos));
        return new(
            solution,
            [.. builds.Select(b => new LoadedProject(ids[b], evaluated[b.File], b.TargetFramework, roleOf(b)))],
            _sources.ToImmutableDictionary(StringComparer.Ordinal),
            [.. notes.Distinct()]);
    }

    private ProjectInfo Info(ProjectBuild build, ProjectId id, Dictionary<string, ProjectId> byOutput, List<string> notes)
    {
        var folder = Path.GetDirectoryName(build.File)!;
        var arguments = CSharpCommandLineParser.Default.Parse(build.CompilerArguments, folder, sdkDirectory: null);
        var projects = new List<ProjectReference>();
        var assemblies = new List<MetadataReference>();
        foreach (var reference in arguments.MetadataReferences)
        {
            var path = Path.GetFullPath(Path.Combine(folder, reference.Reference));
            if (byOutput.TryGetValue(path, out var project))
                projects.Add(new(project, reference.Properties.Aliases, reference.Properties.EmbedInteropTypes));
            else
                assemblies.Add(Assembly(build, path, reference.Properties));
        }

        var documents = arguments.SourceFiles.Select(f => Path.GetFullPath(f.Path)).Distinct(StringComparer.Ordinal).Select(f => Document(id, build, f, arguments.Encoding)).ToList();
        var name = arguments.CompilationName ?? Path.GetFileNameWithoutExtension(build.File);
        return ProjectInfo.Create(
            id, VersionStamp.Create(), $"{Path.GetFileNameWithoutExtension(build.File)} ({build.TargetFramework})", name, LanguageNames.CSharp, build.File,
            outputFilePath: build.OutputFiles.FirstOrDefault(),
            compilationOptions: arguments.CompilationOptions.WithStrongNameProvider(new DesktopStrongNameProvider(arguments.KeyFileSearchPaths)),
            parseOptions: WithComments(arguments.ParseOptions),
            documents: documents,
            projectReferences: projects.DistinctBy(p => (p.ProjectId, string.Join(',', p.Aliases))),
            metadataReferences: assemblies,
            analyzerReferences: GeneratorsOf(build, arguments, documents, folder, notes),
            additionalDocuments: arguments.AdditionalFiles.Where(f => File.Exists(f.Path)).Select(f => Text(id, f.Path)))
            .WithAnalyzerConfigDocuments(arguments.AnalyzerConfigPaths.Where(IsUsers).Where(File.Exists).Select(p => Text(id, p)));
    }

    // As an IDE parses: a cref is renamed too where the compiler would not read it. Where comments are not parsed, Roslyn gives the analyzers of a single file no semantic model.
    private static CSharpParseOptions WithComments(CSharpParseOptions options) =>
        options.DocumentationMode == DocumentationMode.None ? options.WithDocumentationMode(DocumentationMode.Parse) : options;

    // The package's own severities would overrule --target; a user's .editorconfig stays.
    private static bool IsUsers(string analyzerConfig) =>
        !Path.GetFileName(analyzerConfig).StartsWith("MigrationKit", StringComparison.OrdinalIgnoreCase);

    // One physical file has one path here, however its projects write it: edits are matched by it.
    private DocumentInfo Document(ProjectId project, ProjectBuild build, string path, Encoding? codePage)
    {
        if (!_sources.TryGetValue(path, out var source))
        {
            if (!File.Exists(path))
                throw new MigrationException(ExitCode.LoadFailed, $"'{input.Relative(build.File)}' compiles '{path}', which does not exist.");
            _sources.Add(path, source = SourceFile.Read(path, codePage));
        }

        var text = SourceText.From(source.Text, source.Encoding);
        return DocumentInfo.Create(
            DocumentId.CreateNewId(project, path), Path.GetFileName(path), loader: TextLoader.From(TextAndVersion.Create(text, VersionStamp.Create(), path)), filePath: path);
    }

    private static DocumentInfo Text(ProjectId project, string path) =>
        DocumentInfo.Create(
            DocumentId.CreateNewId(project, path), Path.GetFileName(path), filePath: path,
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(SourceFile.Read(path).Text), VersionStamp.Create(), path)));

    private MetadataReference Assembly(ProjectBuild build, string path, MetadataReferenceProperties properties)
    {
        if (_metadata.TryGetValue((path, properties), out var known))
            return known;
        if (!File.Exists(path))
            throw new MigrationException(ExitCode.LoadFailed, $"'{input.Relative(build.File)}' references '{path}', which does not exist; build or restore it first.");
        return _metadata[(path, properties)] = MetadataReference.CreateFromFile(path, properties);
    }

    // Analyzers cost time and find nothing that counts here; generators make code that the project does not compile without.
    private List<AnalyzerReference> GeneratorsOf(
        ProjectBuild build, CSharpCommandLineArguments arguments, IReadOnlyCollection<DocumentInfo> documents, string folder, List<string> notes)
    {
        var sources = documents.Select(d => _sources[d.FilePath!].Text).ToList();
        var generators = new List<AnalyzerReference>();
        var paths = arguments.AnalyzerReferences.Select(r => Path.GetFullPath(Path.Combine(folder, r.FilePath))).ToList();
        foreach (var path in paths)
            Generators.AddDependencyLocation(path); // all before the first is loaded: they depend on each other
        foreach (var path in paths)
        {
            if (!File.Exists(path))
            {
                // Its path may differ by target framework; what to do about it does not.
                if (_missingAnalyzers.Add((build.File, Path.GetFileName(path))))
                    notes.Add($"{input.Relative(build.File)} uses the analyzer '{path}', which is not built; if it generates code, build it first");
                continue;
            }

            if (FrameworkGenerators.CanGenerate(path, sources) && Generator(path, notes) is { } generator)
                generators.Add(generator);
        }

        return generators;
    }

    // Null for an analyzer. Projects share what they have in common: reading an assembly takes longer than all else about it.
    private AnalyzerFileReference? Generator(string path, List<string> notes)
    {
        if (_generators.TryGetValue(path, out var known))
            return known;

        var reference = new AnalyzerFileReference(path, Generators);
        reference.AnalyzerLoadFailed += (_, e) => notes.Add($"the source generator '{path}' cannot be loaded: {e.Message}");
        return _generators[path] = reference.GetGenerators(LanguageNames.CSharp).Length > 0 ? reference : null;
    }
}
