using Microsoft.CodeAnalysis.CSharp;
using MigrationKit.Analyzers.Rules;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Guards around checks: the two rules whose edits meet at the same statements.</summary>
public sealed class MK0102AndMK0104Tests
{
    [Fact]
    public Task CheckInsideAGuard_IsIndentedWithIt() => VerifyOnePassAsync(
        """
        using VoiceForge.Audio;
        var pool = new BufferPool(256, 4);
        var tb = new TripleBuffer(256);
        var c = tb.Read();
        new AudioStreamV2(0, c.Length, pool).Start(); // go
        System.Array.Sort(c, (a, b) => 0);
        new AudioStreamV2(0, c.Length, pool).Start(); // last

        """,
        """
        using VoiceForge.Audio;
        var pool = new BufferPool(256, 4);
        var tb = new TripleBuffer(256);
        var c = tb.Read();
        if (c is not null)
        {
            if (!new AudioStreamV2(0, c.Length, pool).Start()) // go
            {
                System.Console.Error.WriteLine("Audio stream failed to start.");
                return 1;
            }
            System.Array.Sort(c, (a, b) => 0);
            if (!new AudioStreamV2(0, c.Length, pool).Start()) // last
            {
                System.Console.Error.WriteLine("Audio stream failed to start.");
                return 1;
            }
        }
        return 0;

        """);

    [Fact]
    public Task EndOfFileWithoutLineEnd_StillCompiles() => VerifyOnePassAsync(
        """
        var tb = new VoiceForge.Audio.TripleBuffer(256);
        new VoiceForge.VoiceForgeAppV2().Initialize();
        var c = tb.Read();
        System.Array.Sort(c);
        """,
        """
        var tb = new VoiceForge.Audio.TripleBuffer(256);
        if (!new VoiceForge.VoiceForgeAppV2().Initialize())
        {
            System.Console.Error.WriteLine("Init failed");
            return 1;
        }
        var c = tb.Read() ?? System.Array.Empty<float>();
        System.Array.Sort(c);
        return 0;
        """);

    [Fact]
    public Task LambdaInsideAGuard_IsIndentedWithIt() => VerifyOnePassAsync(
        """
        using System;
        class C
        {
            void M(VoiceForge.Audio.TripleBuffer tb, VoiceForge.Audio.AudioStreamV2 stream)
            {
                var c = tb.Read();
                Action<int> run = c.Length > 0
                    ? _ => stream.Start()
                    : _ => Console.WriteLine();
                run(c.Length);
            }
        }
        """,
        """
        using System;
        class C
        {
            void M(VoiceForge.Audio.TripleBuffer tb, VoiceForge.Audio.AudioStreamV2 stream)
            {
                var c = tb.Read();
                if (c is not null)
                {
                    Action<int> run = c.Length > 0
                        ? _ =>
                        {
                            if (!stream.Start())
                            {
                                throw new InvalidOperationException("Audio stream failed to start.");
                            }
                        }
                        : _ => Console.WriteLine();
                    run(c.Length);
                }
            }
        }
        """);

    /// <summary>Half-typed code is what an analyzer sees most.</summary>
    [Theory]
    [InlineData(CodeState.S1)]
    [InlineData(CodeState.S2)]
    [InlineData(CodeState.S3)]
    public async Task CodeWithAnyTokenMissing_IsAnalysedAndRewrittenWithoutException(CodeState state)
    {
        const string whole = """
            using System;
            using System.Threading.Tasks;
            using VoiceForge.Audio;
            class C : AudioStream
            {
                event Action? Ready;
                public override void Start() => base.Start();
                async Task M(RingBuffer rb, TripleBuffer tb, AudioStreamV2 v2, AudioStream v1)
                {
                    while (v1 != null)
                    {
                        float[] c = rb.Read(4), d;
                        d = tb.Read();
                        if (c.Length > 1) v1.Start(); else v2?.Start();
                        int n = d[0] > 0 ? c.Length : tb.Read().Length;
                        Console.WriteLine(n);
                    }
                    await Task.Run(() => v2.Start());
                    Ready += v1.Start;
                    Action a = () => v1.Start();
                    void Local() => v2.Start();
                }
                ~C() { Start(); }
            }
            """;
        var tokens = CSharpSyntaxTree.ParseText(whole).GetRoot().DescendantTokens().Where(token => token.Span.Length > 0);
        var project = TestProject.Create(state, [.. tokens.Select(token => whole.Remove(token.SpanStart, token.Span.Length))]);

        var found = await TestProject.AnalyzeAsync(project, [new MK0102UncheckedReadAnalyzer(), new MK0104UncheckedStartAnalyzer()]);

        Assert.NotEmpty(found);
        foreach (var document in project.Documents)
        {
            var tree = await document.GetSyntaxTreeAsync();
            var own = found.Where(diagnostic => diagnostic.Location.SourceTree == tree).ToList();
            var changed = await DocumentPass.ApplyAsync(document, [.. own], CancellationToken.None);
            Assert.Equal(own.Any(DocumentPass.CanFix), changed != document);
        }
    }

    private static async Task VerifyOnePassAsync(string before, string after)
    {
        var project = TestProject.Create(CodeState.S3, before);
        var found = await TestProject.AnalyzeAsync(project, [new MK0102UncheckedReadAnalyzer(), new MK0104UncheckedStartAnalyzer()]);

        var changed = await DocumentPass.ApplyAsync(project.Documents.Single(), found, CancellationToken.None);

        Assert.Equal(after, (await changed.GetTextAsync()).ToString());
        await TestProject.AssertCompilesAsync(changed.Project, "after the fixes");
        Assert.Empty(await TestProject.AnalyzeAsync(changed.Project, [new MK0102UncheckedReadAnalyzer(), new MK0104UncheckedStartAnalyzer()]));
    }
}
