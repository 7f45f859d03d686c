using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>More of cases 28 to 33: loops over blocks, blocks that are kept, several writers and readers.</summary>
public sealed class BlockCases
{
    [Theory]
    [InlineData("for (var i = 0; i < 256; i++) all[i] = block[i];", "for (var i = 0; i < Math.Min(256, block.Length); i++) all[i] = block[i];")]
    [InlineData("for (var i = 0; i < 256; i++) block[i] *= i;", "for (var i = 0; i < Math.Min(256, block.Length); i++) block[i] *= i;")]
    [InlineData("for (var i = 0; i < 128; i++) block[i] = 0;", "for (var i = 0; i < 128; i++) block[i] = 0;")]
    [InlineData("for (var i = 0; i < 256; i++) all[i] = 0; block[0] = 1;", "for (var i = 0; i < 256; i++) all[i] = 0;")]
    public async Task A28_LoopsWithOtherUses_CountAsFarAsBothGo(string before, string after)
    {
        const string Frame = "using System; using VoiceForge.Audio; class C { void M(RingBuffer ring, float[] all) { var block = ring.Read(256); LOOP } }";
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var (text, _) = await MigrationVerifier.MigrateAsync(state, Frame.Replace("LOOP", before, StringComparison.Ordinal));
            Assert.Contains(after, text, StringComparison.Ordinal);
            await TestProject.AssertCompilesAsync(TestProject.Create(CodeState.S3, text), "after, in S3");
        }
    }

    [Fact]
    public async Task A28_NumberThatChangesBetween_IsAnotherBound()
    {
        const string Source = "using System; using VoiceForge.Audio; class C { void M(RingBuffer ring, int n) { var block = ring.Read(n); n = 3; for (var i = 0; i < n; i++) Console.WriteLine(block[i]); } }";
        Assert.Contains("i < n;", (await MigrationVerifier.MigrateAsync(CodeState.S2, Source)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("_last = block;")]
    [InlineData("_all.Add(block);")]
    [InlineData("Later(() => block);")]
    public Task A31_BlockThatIsKept_IsForReview(string use)
    {
        var source = $$"""
            using System;
            using System.Collections.Generic;
            using VoiceForge.Audio;

            class C
            {
                readonly BufferPool _pool = new BufferPool(480, 10);
                readonly RingBuffer _ring = new(480);
                readonly List<float[]> _all = [];
                float[]? _last;

                void Put() => _ring.Write(new float[480]);

                void Get()
                {
                    var block = _ring.Read(480);
                    {{use}}
                }

                void Later(Func<float[]> block) => Console.WriteLine((block, _last, _all));
            }
            """;
        return VerifySafetyAsync(source, "what is read is kept, and stays what it was while nothing new is written, where V1 gave silence");
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("void Other(float[] audio) => _ring.Write(audio);",
        "the buffer is written in several members, and a TripleBuffer takes one writer thread and one reader thread; make sure that one thread makes these calls")]
    [InlineData("int Other() => _ring.Read(480).Length;",
        "the buffer is read in several members, and a TripleBuffer takes one writer thread and one reader thread; make sure that one thread makes these calls")]
    public Task A33_OneWriterAndOneReader_AreSafe(string member, string? reason)
    {
        var source = $$"""
            using System;
            using VoiceForge.Audio;

            class C
            {
                readonly BufferPool _pool = new BufferPool(480, 10);
                readonly RingBuffer _ring = new(480);

                void Put() => _ring.Write(new float[480]);

                void Get()
                {
                    var block = _ring.Read(480);
                    Console.WriteLine(block.Length);
                }

                {{member}}
            }
            """;
        return VerifySafetyAsync(source, reason);
    }

    [Theory]
    [InlineData("void M(RingBuffer ring, out float[] all) => all = ring.Read(3);", "all = ring.Read() ?? Array.Empty<float>();")]
    [InlineData("float[] _all = []; Action M(RingBuffer ring) => () => _all = ring.Read(3);", "_all = ring.Read() ?? Array.Empty<float>();")]
    [InlineData("float[]? _all; void M(RingBuffer ring) => _all = ring.Read(3);", "_all = ring.Read();")]
    [InlineData("float[]? _all; float[] _also = []; void M(RingBuffer ring) => _all = _also = ring.Read(3);", "_all = _also = ring.Read() ?? Array.Empty<float>();")]
    public async Task A30_AssignmentAsAWholeBody_StoresNoNullWhereNoneMayBe(string before, string after)
    {
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var (text, left) = await MigrationVerifier.MigrateAsync(state, $"using System; using VoiceForge.Audio; class C {{ {before} }}");
            Assert.Empty(left);
            Assert.Contains(after, text, StringComparison.Ordinal);
        }
    }

    private static async Task VerifySafetyAsync(string source, string? reason)
    {
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var found = await TestProject.AnalyzeAsync(TestProject.Create(state, source), RuleCatalog.CreateAnalyzers());
            var swap = Assert.Single(found, finding => finding.Id == RuleIds.RingBuffer);
            Assert.Equal((reason is null ? Facts.Safe : Facts.Review, reason), (swap.Properties[Facts.Safety], swap.Properties.GetValueOrDefault(Facts.Reason)));
        }
    }
}
