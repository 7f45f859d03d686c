using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.Analyzers.Tests;

/// <summary>An IDE shows analyzers half-typed code all day: they must stay silent or right, and never throw.</summary>
public sealed class BrokenCodeTests
{
    private const string Everything = """
        using System;
        using System.Linq;
        using System.Linq.Expressions;
        using PocketTts;
        using VoiceForge;
        using VoiceForge.Audio;
        using VoiceForge.Core;
        using RB = VoiceForge.Audio.RingBuffer;

        namespace Case;

        /// <summary><see cref="TtsModel.Generate"/> <see cref="TtsModel(string, double, int, double)"/> <see cref="RingBuffer.Read(int)"/></summary>
        class Speech : IDisposable
        {
            private readonly TtsModel _model = new("v", 0.7, steps: 4, -4.0);
            private readonly RB _ring = new(480000, 1);
            private AudioStream? _stream = new AudioStream(0, 1, bufferSize: 256);
            private readonly ModelLoader _loader = new ModelLoader("cuda");

            public float[] Say(string text, int count)
            {
                using var other = TtsModel.LoadModel(steps: 2, eos: -3);
                Func<VoiceState, string, float[]> f = _model.Generate;
                Expression<Func<TtsModel>> tree = () => new TtsModel("v", 0.7, 1, -4.0);
                _ring.Write(_model?.Generate(_model!.LoadVoice(voice: "alba"), text) ?? f(null!, nameof(_model.Stream)));
                for (var i = 0; i < count; i++)
                    if (_ring.Available > 4096)
                        return _ring.Read(4096);
                    else
                        _stream?.Start();
                var natural = _model.Generate;
                var data = _loader?.LoadModel("a") ?? new ModelLoader().LoadModel(indexPath: null, pthPath: $"{text}");
                return _model.Stream(_model.LoadVoice("x"), data.Path).SelectMany(chunk => chunk).ToArray();
            }

            public void Dispose() => _stream?.Dispose();
        }

        static class Program
        {
            static int Main()
            {
                using (var app = new VoiceForgeApp())
                {
                    app.Initialize();
                    app.StartGoldenPath();
                }

                return 0;
            }
        }
        """;

    [Theory]
    [InlineData(CodeState.S1)]
    [InlineData(CodeState.S2)]
    [InlineData(CodeState.S3)]
    public async Task TruncatedCode_ThrowsNothing(CodeState state)
    {
        var cuts = Enumerable.Range(1, Everything.Length / 40).Select(n => Everything[..(n * 40)]);
        await AnalyzeAsync(state, InNamespacesOfTheirOwn(cuts));
    }

    [Theory]
    [InlineData(CodeState.S2)]
    [InlineData(CodeState.S3)]
    public async Task MutatedCode_ThrowsNothing(CodeState state)
    {
        // One token of the file is dropped, doubled or swapped with the next; every ninth token is enough to meet each construct.
        var tokens = CSharpSyntaxTree.ParseText(Everything).GetRoot().DescendantTokens().ToList();
        var mutants = new List<string>();
        for (var i = 0; i + 1 < tokens.Count; i += 9)
        {
            var (token, next) = (tokens[i], tokens[i + 1]);
            mutants.Add(Everything.Remove(token.SpanStart, token.Span.Length));
            mutants.Add(Everything.Insert(token.Span.End, " " + token.Text));
            mutants.Add(Everything[..token.SpanStart] + next.Text + Everything[token.Span.End..next.SpanStart] + token.Text + Everything[next.Span.End..]);
        }

        await AnalyzeAsync(state, InNamespacesOfTheirOwn(mutants));
    }

    [Theory]
    [InlineData(CodeState.S2)]
    [InlineData(CodeState.S3)]
    public async Task CodeOfThisRepository_HasNoFindingWhereItDoesNotUseV1(CodeState state)
    {
        var files = RepositoryFiles.Sources.Where(file => !UsesV1(file)).ToList();
        Assert.NotEmpty(files);
        var found = await AnalyzeAsync(state, files.Select(File.ReadAllText));
        Assert.Empty(found.Select(diagnostic => $"{files[int.Parse(diagnostic.Location.SourceTree!.FilePath, System.Globalization.CultureInfo.InvariantCulture)]}: {diagnostic.Id}"));
    }

    /// <summary>V1's own sources, the samples that show it, and the tests that call it.</summary>
    private static bool UsesV1(string file)
    {
        var path = Path.GetRelativePath(RepositoryFiles.Root, file).Replace('\\', '/');
        string[] users = ["samples/", "tests/VoiceForge.Tests/", "tests/PocketTts.Tests/", "tests/Samples.Tests/", "tests/Benchmarks/"];
        return path.Contains("/V1/", StringComparison.Ordinal) || users.Any(user => path.StartsWith(user, StringComparison.Ordinal));
    }

    /// <summary>One compilation takes many cases when their types do not clash.</summary>
    private static IEnumerable<string> InNamespacesOfTheirOwn(IEnumerable<string> cases) =>
        cases.Select((source, index) => source.Replace("namespace Case;", $"namespace Case{index};", StringComparison.Ordinal));

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(CodeState state, IEnumerable<string> sources)
    {
        var trees = sources.Select((source, index) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Parse), path: $"{index}"));
        var compilation = CSharpCompilation.Create("Broken", trees, StateReferences.Of(state), new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: (exception, _, _) => thrown ??= exception, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var found = await compilation.WithAnalyzers(RuleCatalog.CreateAnalyzers(), options).GetAnalyzerDiagnosticsAsync();
        Assert.True(thrown is null, thrown?.ToString());
        Assert.DoesNotContain(found, diagnostic => diagnostic.Id == "AD0001");
        return found;
    }
}
