using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Generated.Running;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.Generated.Checking;

/// <summary>Many programs in one project, a document each.</summary>
internal static class BatchProject
{
    private static readonly MefHostServices Host = MefHostServices.Create(MefHostServices.DefaultAssemblies);

    /// <summary>Few references: each costs time in every compilation.</summary>
    private static readonly HashSet<string> Framework =
    [
        "System.Private.CoreLib.dll", "System.Runtime.dll", "System.Console.dll", "System.Collections.dll", "System.Linq.dll", "System.Memory.dll", "System.Threading.dll",
    ];

    private static readonly ImmutableDictionary<CodeState, ImmutableArray<MetadataReference>> References =
        new[] { CodeState.S1, CodeState.S2, CodeState.S3 }.ToImmutableDictionary(state => state, state => StateReferences.Of(state)
            .Where(reference => reference.Display!.StartsWith("Reference/", StringComparison.Ordinal) || Framework.Contains(Path.GetFileName(reference.Display)))
            .Append(MetadataReference.CreateFromFile(typeof(Log).Assembly.Location))
            .ToImmutableArray());

    /// <param name="sources">Name and text of each document.</param>
    public static Project Create(CodeState state, IEnumerable<(string Name, string Text)> sources, bool isConsole)
    {
        var workspace = new AdhocWorkspace(Host);
        var options = new CSharpCompilationOptions(
            isConsole ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, concurrentBuild: false);
        var project = ProjectInfo.Create(ProjectId.CreateNewId(), VersionStamp.Default, "Batch", "Batch", LanguageNames.CSharp,
            compilationOptions: options, parseOptions: new CSharpParseOptions(LanguageVersion.Latest), metadataReferences: References[state]);
        var documents = sources.Select(source => DocumentInfo.Create(DocumentId.CreateNewId(project.Id), source.Name,
            loader: TextLoader.From(TextAndVersion.Create(SourceText.From(source.Text), VersionStamp.Default)), filePath: source.Name));
        return workspace.AddProject(project.WithDocuments(documents));
    }

    public static Project In(Project project, CodeState state) => project.WithMetadataReferences(References[state]);

    /// <summary>The errors of each document.</summary>
    public static ILookup<string, string> Errors(Compilation compilation) => compilation.GetDiagnostics()
        .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
        .ToLookup(diagnostic => diagnostic.Location.SourceTree?.FilePath ?? "", diagnostic => diagnostic.ToString());
}
