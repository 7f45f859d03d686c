using MigrationKit.Tests.Verifiers;
using static MigrationKit.CodeFixes.Tests.Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0105ProcessingCallbackAnalyzer, MigrationKit.CodeFixes.Rules.MK0105ProcessingCallbackFix>;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>
/// The code after a fix is compiled without V1, so the fixes are tried on the streams of V2, and what is found on V1's as well. In S3 V1's
/// stream does not bind, and with it the parameter of a lambda has no type.
/// </summary>
public sealed class MK0105ProcessingCallbackTests
{
    private const CodeState V2 = CodeState.S2 | CodeState.S3;

    [Theory]
    [InlineData("[|null!|]", "new float[block.Length]")]
    [InlineData("[|default!|]", "new float[block.Length]")]
    [InlineData("[|default(float[])!|]", "new float[block.Length]")]
    [InlineData("[|(float[])null!|]", "new float[block.Length]")]
    [InlineData("flag ? block : ([|null!|])", "flag ? block : (new float[block.Length])")]
    [InlineData("flag ? [|Array.Empty<float>()|] : block /* b */", "flag ? new float[block.Length] : block /* b */")]
    [InlineData("block.Length switch { 0 => block, 1 => throw new InvalidOperationException(), _ => [|[]|] }", "block.Length switch { 0 => block, 1 => throw new InvalidOperationException(), _ => new float[block.Length] }")]
    [InlineData("_filter ?? [|null!|]", "_filter ?? new float[block.Length]")]
    public Task NullAndEmptyBlocks_BecomeSilence(string before, string after) => Fix(before, after);

    [Theory]
    [InlineData("[|new float[4096]|]", "new float[block.Length]")]
    [InlineData("[|new float /* a */ [ /* b */ _size /* c */ ]|]", "new float /* a */ [ /* b */ block.Length /* c */ ]")]
    [InlineData("[|new Single[Size * 2]|]", "new Single[block.Length]")]
    [InlineData("[|new float[block.Length / 2]|]", "new float[block.Length]")]
    [InlineData("[|new float[1 + block.Length]|]", "new float[block.Length]")]
    [InlineData("[|new float[audio.Length]|]", "new float[block.Length]")]
    [InlineData("[|new float[Next()]|]", null)]
    [InlineData("[|new float[] { 1f, 2f }|]", "new float[block.Length]")]
    [InlineData("[|new[] { 1f, 2f }|]", "new float[block.Length]")]
    [InlineData("[|[0f, _size]|]", "new float[block.Length]")]
    [InlineData("[|[0f, Next()]|]", null)]
    [InlineData("[|block.Take(_size).ToArray()|]", "new float[block.Length]")]
    [InlineData("[|block.Skip(1).ToArray()|]", "new float[block.Length]")]
    [InlineData("[|block.Select(x => x * 2).Take(10).ToArray()|]", "new float[block.Length]")]
    [InlineData("[|block.Take(Next()).ToArray()|]", null)]
    [InlineData("[|_filter.Take(256).ToArray()|]", "new float[block.Length]")]
    [InlineData("[|block[..10]|]", "new float[block.Length]")]
    [InlineData("[|block[1..]|]", "new float[block.Length]")]
    [InlineData("[|block[..^1]|]", "new float[block.Length]")]
    [InlineData("[|_filter[..256]|]", "new float[block.Length]")]
    [InlineData("[|block[.. /* head */ 10]|]", null)]
    public Task OtherLengths_BecomeSilenceUnlessTheExpressionDoesMore(string before, string? after) => Fix(before, after ?? before);

    [Theory]
    [InlineData("[|new[] { float.NaN }|]", "new float[block.Length]")]
    [InlineData("[|Enumerable.Repeat(float.NaN, block.Length).ToArray()|]", "new float[block.Length]")]
    [InlineData("[|block.Select(x => flag ? x : float.PositiveInfinity).ToArray()|]", "new float[block.Length]")]
    [InlineData("[|block.Select(x => (float)double.NegativeInfinity).ToArray()|]", "new float[block.Length]")]
    public Task NumbersThatAreVisiblyNotFinite_BecomeSilence(string before, string after) => Fix(before, after);

    [Theory]
    [InlineData("block")]
    [InlineData("block!")]
    [InlineData("new float[block.Length]")]
    [InlineData("new float[(int)block.LongLength]")]
    [InlineData("new float[block.Length * 1]")]
    [InlineData("new float[Math.Max(block.Length, 256)]")]
    [InlineData("new float[Measure(block)]")]
    [InlineData("[.. block]")]
    [InlineData("[.. block, 0f]")]
    [InlineData("block[..]")]
    [InlineData("block[0..block.Length]")]
    [InlineData("block[..^0]")]
    [InlineData("_filter[..block.Length]")]
    [InlineData("_filter[1..]")]
    [InlineData("block.Take(block.Length).ToArray()")]
    [InlineData("block.Skip(0).ToArray()")]
    [InlineData("_filter.Take(block.Length).ToArray()")]
    [InlineData("_filter.Skip(1).ToArray()")]
    [InlineData("block.Select(x => x / 2).ToArray()")]
    [InlineData("block.Where(x => !x.Equals(float.NaN)).ToArray()")]
    [InlineData("Own.Take(block, 3)")]
    [InlineData("_processor?.Invoke(block) ?? block")]
    [InlineData("throw new InvalidOperationException()")]
    public Task BlocksThatMayBeRight_AreLeftAlone(string value) => NoFinding(value);

    [Fact]
    public Task NullableValues_FallBackToSilenceAndAreEvaluatedOnce() => VerifyStreams(
        """
        float[]? _last;
        Func<float[], float[]?>? _processor;
        float[]? Run(float[] samples) => samples.Length > 0 ? samples : null;

        void Attach(STREAM stream)
        {
            stream.SetProcessingCallback(block => [|_processor?.Invoke(block)|]);
            stream.SetProcessingCallback((float[] block) => { return [|Run(block)|]; });
            stream.SetProcessingCallback(delegate (float[] @in) { return @in.Length > 0 ? [|_last|] : @in; });
            stream.SetProcessingCallback((float[] block) => [|_last = Run(block)|]);
            stream.SetProcessingCallback((float[] block) =>
            {
                float[]? result = null;
                if (block.Length > 1)
                    result = block;
                return [|result|]; // as it was
            });
        }
        """,
        """
        float[]? _last;
        Func<float[], float[]?>? _processor;
        float[]? Run(float[] samples) => samples.Length > 0 ? samples : null;

        void Attach(STREAM stream)
        {
            stream.SetProcessingCallback(block => _processor?.Invoke(block) ?? new float[block.Length]);
            stream.SetProcessingCallback((float[] block) => { return Run(block) ?? new float[block.Length]; });
            stream.SetProcessingCallback(delegate (float[] @in) { return @in.Length > 0 ? _last ?? new float[@in.Length] : @in; });
            stream.SetProcessingCallback((float[] block) => (_last = Run(block)) ?? new float[block.Length]);
            stream.SetProcessingCallback((float[] block) =>
            {
                float[]? result = null;
                if (block.Length > 1)
                    result = block;
                return result ?? new float[block.Length]; // as it was
            });
        }
        """);

    [Fact]
    public Task MethodGroupsAndLocalFunctions_AreFollowedInThisFile() => VerifyStreams(
        """
        void Attach(STREAM stream, bool flag)
        {
            stream.SetProcessingCallback(Process);
            stream?.SetProcessingCallback(this.Process);
            stream!.SetProcessingCallback(new Func<float[], float[]>(Second));
            stream.SetProcessingCallback((Func<float[], float[]>)(flag ? Local : (x => [|null!|])));
            stream.SetProcessingCallback(null);
            Func<float[], float[]> other = _ => null!;
            stream.SetProcessingCallback(other);

            float[] Local(float[] input)
            {
                Func<float[]> inner = () => null!;
                return input.Length == 0 ? inner() : [|new float[1]|];
            }
        }

        float[] Process(float[] samples)
        {
            var length = samples.Length;
            if (length > 3)
                return new float[length];
            // too short
            return [|null!|];
        }

        float[] Process(string name) => null!;
        static float[] Second(float[] samples) => [|Array.Empty<float>()|];
        static float[] NeverACallback(float[] samples) => null!;
        """,
        """
        void Attach(STREAM stream, bool flag)
        {
            stream.SetProcessingCallback(Process);
            stream?.SetProcessingCallback(this.Process);
            stream!.SetProcessingCallback(new Func<float[], float[]>(Second));
            stream.SetProcessingCallback((Func<float[], float[]>)(flag ? Local : (x => new float[x.Length])));
            stream.SetProcessingCallback(null);
            Func<float[], float[]> other = _ => null!;
            stream.SetProcessingCallback(other);

            float[] Local(float[] input)
            {
                Func<float[]> inner = () => null!;
                return input.Length == 0 ? inner() : new float[input.Length];
            }
        }

        float[] Process(float[] samples)
        {
            var length = samples.Length;
            if (length > 3)
                return new float[length];
            // too short
            return new float[samples.Length];
        }

        float[] Process(string name) => null!;
        static float[] Second(float[] samples) => new float[samples.Length];
        static float[] NeverACallback(float[] samples) => null!;
        """);

    [Theory]
    [InlineData("_ => [|null!|]")]
    [InlineData("delegate { return [|null!|]; }")]
    [InlineData("block => { block = _filter; return [|null!|]; }")]
    [InlineData("block => { Swap(ref block); return [|new float[3]|]; }")]
    [InlineData("block => { if (block == null || block.Length == 0) return [|null!|]; return block; }")]
    [InlineData("block => { if (block is { Length: > 0 }) return block; return [|null!|]; }")]
    [InlineData("block => { var output = new float[4096]; output[0] = block[0]; return [|output|]; }")]
    [InlineData("block => { const int size = 4096; var output = new float[size]; return [|output|]; }")]
    public Task WhatAPersonMustDecide_IsReportedWithoutFix(string callback)
    {
        var source = Attach("AudioStreamV2", callback);
        return VerifyBoth(source, source);
    }

    [Theory]
    [InlineData("block => { if (block is null) return null!; return block; }")]
    [InlineData("block => null == block ? null! : block")]
    [InlineData("block => { var output = new float[block.Length]; return output; }")]
    [InlineData("block => { var output = new float[4096]; if (flag) output = block; return output; }")]
    public Task ReachedOnlyWithoutInputOrMadeOfItsLength_HasNoFinding(string callback) => VerifyBoth(Attach("AudioStreamV2", callback), Attach("AudioStreamV2", callback));

    [Fact]
    public Task OwnMethodOfThisName_IsUntouched() => Verify.VerifyAnalyzerAsync(InClass(
        """
        void SetProcessingCallback(Func<float[], float[]> callback) { }
        void M(C other, dynamic stream)
        {
            SetProcessingCallback(block => null!);
            other.SetProcessingCallback(block => new float[1]);
            stream.SetProcessingCallback((Func<float[], float[]>)(block => null!));
        }
        """));

    [Fact]
    public Task SubclassOfAStream_IsAStream() => Verify.VerifyCodeFixAsync(
        InClass("public C(BufferPool pool) : base(0, 1, pool) => SetProcessingCallback(b => [|null!|]);", "class C : AudioStreamV2"),
        InClass("public C(BufferPool pool) : base(0, 1, pool) => SetProcessingCallback(b => new float[b.Length]);", "class C : AudioStreamV2"), V2);

    [Fact]
    public Task TabsAndCarriageReturns_Stay() => Verify.VerifyCodeFixAsync(
        "using VoiceForge.Audio;\r\nclass C\r\n{\r\n\tvoid M(AudioStreamV2 s) => s.SetProcessingCallback(b =>\r\n\t\tb.Length > 2\r\n\t\t\t? b // long\r\n\t\t\t: [|null!|] /* short */);\r\n}\r\n",
        "using VoiceForge.Audio;\r\nclass C\r\n{\r\n\tvoid M(AudioStreamV2 s) => s.SetProcessingCallback(b =>\r\n\t\tb.Length > 2\r\n\t\t\t? b // long\r\n\t\t\t: new float[b.Length] /* short */);\r\n}\r\n", V2);

    [Fact]
    public Task TypeSwapAndSilence_MeetInOnePass() => MigrationVerifier.VerifyAsync(
        InClass("void Attach(AudioStream stream) => stream.SetProcessingCallback(block => block.Length > 1 ? block : null!);"),
        InClass("void Attach(AudioStreamV2 stream) => stream.SetProcessingCallback(block => block.Length > 1 ? block : new float[block.Length]);"));

    private static Task Fix(string before, string after) =>
        VerifyBoth(Attach("AudioStreamV2", "block => " + before), Attach("AudioStreamV2", "block => " + after));

    private static Task NoFinding(string value) => Fix(value, value);

    private static async Task VerifyBoth(string before, string after)
    {
        await Verify.VerifyCodeFixAsync(before, after, V2);
        var v1 = before.Replace("AudioStreamV2 ", "AudioStream ", StringComparison.Ordinal);
        await Verify.VerifyCodeFixAsync(v1, v1, CodeState.S1);
        await Verify.VerifyAnalyzerAsync(v1, V2);
        await Verify.VerifyCodeFixAsync(before.Replace("AudioStreamV2 ", "IAudioStream ", StringComparison.Ordinal), after.Replace("AudioStreamV2 ", "IAudioStream ", StringComparison.Ordinal), V2);
    }

    /// <summary>Members with a parameter of type <c>STREAM</c>.</summary>
    private static Task VerifyStreams(string before, string after) =>
        VerifyBoth(InClass(before.Replace("STREAM", "AudioStreamV2", StringComparison.Ordinal), "sealed class C").Replace("using System;", "using System;\nusing System.Linq;", StringComparison.Ordinal),
            InClass(after.Replace("STREAM", "AudioStreamV2", StringComparison.Ordinal), "sealed class C").Replace("using System;", "using System;\nusing System.Linq;", StringComparison.Ordinal));

    private static string Attach(string stream, string callback) => InClass($$"""
        const int Size = 4096;
        readonly int _size = 3;
        readonly float[] _filter = new float[9];
        Func<float[], float[]?>? _processor;

        void Attach({{stream}} stream, bool flag, float[] audio) => stream.SetProcessingCallback({{callback}});

        int Next() => 1;
        static int Measure(float[] samples) => samples.Length;
        static void Swap(ref float[] samples) => samples = new float[1];
        static class Own { public static float[] Take(float[] samples, int count) => samples; }
        """).Replace("using System;", "using System;\nusing System.Linq;", StringComparison.Ordinal);
}
