using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.Corpus.Tests;

/// <summary>All rules over many files in one compilation that references both libraries.</summary>
internal static class RuleRun
{
    /// <summary>
    /// Has one finding and stands in every compilation: a run without it would have looked at nothing. It says a V2 name, because in S3 a mutant's own
    /// type of a V1 name would be meant.
    /// </summary>
    private static readonly CorpusFile Canary =
        new("canary", "namespace Canary { using VoiceForge.Audio; class C { void M(AudioStreamV2 stream) { stream.Start(); } } }");

    private const int MostCrashesOfTheCompiler = 3;

    public static CSharpCompilationOptions Options { get; } =
        new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true);

    private static readonly ConcurrentDictionary<CodeState, ImmutableArray<MetadataReference>> References = new();

    /// <summary>The libraries in a state, and what the tests run on, so that the repository's own code binds.</summary>
    public static ImmutableArray<MetadataReference> ReferencesOf(CodeState state) => References.GetOrAdd(state, static key =>
    {
        string[] migrated = ["VoiceForge", "PocketTts", "Microsoft.ML.OnnxRuntime", "Microsoft.Extensions.Logging.Abstractions"];
        var others = Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Order(StringComparer.Ordinal)
            .Where(file => !migrated.Contains(Path.GetFileNameWithoutExtension(file)) && !Path.GetFileName(file).StartsWith("MigrationKit.", StringComparison.Ordinal))
            .Where(file => Path.GetFileName(file).StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal) || Path.GetFileName(file).StartsWith("xunit", StringComparison.Ordinal));
        return [.. StateReferences.Of(key), .. others.Select(file => MetadataReference.CreateFromFile(file))];
    });

    public static Compilation Compile(CodeState state, IEnumerable<CorpusFile> files) =>
        CSharpCompilation.Create("Corpus", files.Select(file => file.Tree), ReferencesOf(state), Options);

    /// <summary>What the rules find in the files; fails when an analyzer throws, and when the rules were not at work.</summary>
    public static async Task<ImmutableArray<Diagnostic>> FindAsync(CodeState state, IEnumerable<CorpusFile> files)
    {
        var found = await FindAsync(Compile(state, files.Append(Canary)));
        Assert.Equal([RuleIds.UncheckedStart], found.Where(diagnostic => diagnostic.Location.SourceTree == Canary.Tree).Select(diagnostic => diagnostic.Id));
        return [.. found.Where(diagnostic => diagnostic.Location.SourceTree != Canary.Tree)];
    }

    /// <summary>What the rules find in a compilation; fails when an analyzer throws.</summary>
    public static async Task<ImmutableArray<Diagnostic>> FindAsync(Compilation compilation)
    {
        var thrown = new ConcurrentQueue<string>();
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]),
            onAnalyzerException: (exception, analyzer, diagnostic) => thrown.Enqueue($"{analyzer.GetType().Name}: {exception}\n{diagnostic.Descriptor.Description}"),
            concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        ImmutableArray<Diagnostic> found;
        try
        {
            found = await compilation.WithAnalyzers(RuleCatalog.CreateAnalyzers(), options).GetAnalyzerDiagnosticsAsync();
        }
        catch (InvalidOperationException) when (CrashesOfTheCompiler(compilation) is { Count: > 0 and <= MostCrashesOfTheCompiler } crashing)
        {
            return await FindAsync(compilation.RemoveSyntaxTrees(crashing));
        }

        Assert.True(thrown.IsEmpty, $"{thrown.Count} exceptions of analyzers, the first: {thrown.FirstOrDefault()}");
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        return found;
    }

    /// <summary>Some half-typed queries make the compiler itself throw, without any analyzer: those few files are left out.</summary>
    private static List<SyntaxTree> CrashesOfTheCompiler(Compilation compilation) => [.. compilation.SyntaxTrees.Where(tree => CrashesIn(compilation, tree))];

    private static bool CrashesIn(Compilation compilation, SyntaxTree tree)
    {
        try
        {
            _ = compilation.GetSemanticModel(tree).GetDiagnostics();
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>A finding with the text it stands at, as a failing test shows it.</summary>
    public static string Describe(Diagnostic diagnostic)
    {
        var line = diagnostic.Location.SourceTree!.GetText().Lines.GetLineFromPosition(diagnostic.Location.SourceSpan.Start);
        return $"{diagnostic.Location.SourceTree.FilePath}({line.LineNumber + 1}): {diagnostic.Id} {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}: {line.ToString().Trim()}";
    }
}
