using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.Analyzers.Tests;

/// <summary>What is passed over without binding is what binding would pass over, too.</summary>
public sealed class TriageTests
{
    private static readonly string[] Words = ["RingBuffer", "@RingBuffer", "MyRingBuffer", "RingBuffer2", "_Read", "Read", "Stream", "FileStream", "new", "new(", "(", ".", ";", "/*", "*/", "//", "\n", "\"", "#if X", "#endif"];

    private static Arbitrary<string> Texts() => Gen.Elements(Words).ListOf().Select(words => string.Join(' ', words)).ToArbitrary();

    [Fact]
    public void Marks_HoldEveryIdentifierToken()
    {
        Prop.ForAll(Texts(), text =>
        {
            var tree = CSharpSyntaxTree.ParseText(text);
            var marks = NameMarks.Of(tree);
            var written = tree.GetRoot().DescendantTokens(descendIntoTrivia: true).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText);
            var creations = tree.GetRoot().DescendantNodes().OfType<ImplicitObjectCreationExpressionSyntax>().Where(creation => !creation.ArgumentList.OpenParenToken.IsMissing);
            return written.All(marks.Has) && (marks.Has(CandidateNames.ImplicitNew) || !creations.Any());
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("stream.Start();", "AudioStreamV2 stream")]
    [InlineData("var other = stream; other.Start();", "AudioStreamV2 stream")]
    [InlineData("var fake = new Fake(); fake.Start();", "int n")]
    [InlineData("{ System.Diagnostics.Stopwatch watch = new(); watch.Stop(); } watch.Start();", "int n")]
    [InlineData("void Local(Fake watch) => watch.Start(); Local(new Fake());", "System.Diagnostics.Stopwatch watch")]
    [InlineData("System.Action go = () => Held.Start(); go();", "int n")]
    [InlineData("void Local<Watch>(Watch held) where Watch : IAudioStream { held.Start(); }", "int n")]
    [InlineData("Derived made = new(); made.Start();", "int n")]
    [InlineData("Aliased made = new(); made.Start();", "int n")]
    public async Task ReceiverOfTheLibrary_IsReported(string body, string parameter) => Assert.Equal([RuleIds.UncheckedStart], await FindAsync(body, parameter));

    [Theory]
    [InlineData("var watch = new System.Diagnostics.Stopwatch(); watch.Start();", "int n")]
    [InlineData("watch.Start();", "System.Diagnostics.Stopwatch watch")]
    [InlineData("@watch.Start();", "System.Diagnostics.Stopwatch @watch")]
    [InlineData("Watch held = new(); held.Start();", "int n")]
    [InlineData("if (stream.Start()) { }", "AudioStreamV2 stream")]
    public async Task OtherReceiver_IsNotReported(string body, string parameter) => Assert.Empty(await FindAsync(body, parameter));

    [Theory]
    [InlineData("var block = latest.Read(); if (block is null) return; _ = block.Length;", false)]
    [InlineData("var block = latest.Read(); if (block == null) return; _ = block.Length;", false)]
    [InlineData("if (latest.Read() is { } block) _ = block.Length;", false)]
    [InlineData("_ = (latest.Read())?.Length;", false)]
    [InlineData("var block = latest.Read(); if (n > 0) return; _ = block.Length;", true)]
    [InlineData("var block = latest.Read(); if (block.Length > 0 && block is null) return;", true)]
    [InlineData("var block = latest.Read(); if (((System.Func<bool>)(() => block.Length > 0))() && block is null) return;", true)]
    [InlineData("_ = latest.Read().Length;", true)]
    public async Task Read_IsReportedUntilItIsChecked(string body, bool isReported) =>
        Assert.Equal(isReported ? [RuleIds.UncheckedRead] : [], await FindAsync(body, "TripleBuffer latest, int n"));

    [Theory]
    [InlineData("var s = new AudioStreamV2(0, 1, pool); s.Stop();", true)]
    [InlineData("AudioStreamV2 s = new(0, 1, pool); s.Stop();", true)]
    [InlineData("var s = new Stream2(0, 1, pool); s.Stop();", true)]
    [InlineData("var s = new App2(); s.Stop();", true)]
    [InlineData("_held.Stop(); _held.Dispose();", false)]
    [InlineData("_held.Dispose(); _ = _held.Start();", true)]
    [InlineData("_held?.Dispose(); _ = this._held.Start();", true)]
    [InlineData("var w = new System.Diagnostics.Stopwatch(); w.Stop();", false)]
    public async Task SkippedState_IsReported(string body, bool isReported) =>
        Assert.Equal(isReported ? [RuleIds.SkippedState] : [], await FindAsync(body, "BufferPool pool"));

    private static async Task<IEnumerable<string>> FindAsync(string body, string parameter)
    {
        var source = $$"""
            using VoiceForge.Audio;
            using Aliased = Fake;
            class Fake : IAudioStream
            {
                public StreamState State => default;
                public void SetProcessingCallback(System.Func<float[], float[]>? callback) { }
                public bool Start() => true;
                public void Stop() { }
                public void Dispose() { }
            }
            class Derived : Fake { }
            class Watch { public void Start() { } }
            class C
            {
                private readonly Fake watch = new();
                private AudioStreamV2 _held = null!;
                private static Fake Held { get; } = new();
                void M({{parameter}}) { {{body}} }
            }
            """;
        const string aliases = "global using Stream2 = VoiceForge.Audio.AudioStreamV2; global using App2 = VoiceForge.VoiceForgeAppV2;";
        var project = TestProject.Create(CodeState.S2, source, aliases);
        await TestProject.AssertCompilesAsync(project, body);
        return (await TestProject.AnalyzeAsync(project, RuleCatalog.CreateAnalyzers())).Select(finding => finding.Id).Where(id => id != RuleIds.HardCodedSetting);
    }
}
