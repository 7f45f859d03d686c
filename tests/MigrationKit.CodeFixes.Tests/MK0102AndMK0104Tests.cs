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
