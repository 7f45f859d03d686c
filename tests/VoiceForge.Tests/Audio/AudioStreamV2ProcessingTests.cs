using System.Diagnostics;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class AudioStreamV2ProcessingTests : IDisposable
{
    private const int BufferSize = 64;
    private const int SampleRate = 48000;
    private const int RecoveryBlocks = 2 * SampleRate / BufferSize; // two seconds

    private readonly BufferPool _pool = new(slotSizeSamples: BufferSize, numSlots: 2);
    private readonly VirtualBackend _backend = new();
    private AudioStreamV2? _stream;

    public static TheoryData<string, Func<float[], float[]>> BadCallbacks() => new()
    {
        { "threw InvalidOperationException: broken", _ => throw new InvalidOperationException("broken") },
        { "null", _ => null! },
        { "returned 63 for 64", block => block[1..] },
        { "returned 0 for 64", _ => [] },
        { "returned 128 for 64", block => [.. block, .. block] },
        { "not finite", block => With(block, float.NaN) },
        { "not finite", block => With(block, float.PositiveInfinity) },
        { "not finite", block => With(block, float.NegativeInfinity) },
        { "above 8", block => With(block, 8.5f) },
        { "above 8", block => With(block, -1e30f) },
    };

    public void Dispose()
    {
        _stream?.Dispose();
        _pool.Dispose();
    }

    [Fact]
    public void WithoutProcessing_PassesEverySampleInTheSameBlock()
    {
        Start();
        var input = Enumerable.Range(0, BufferSize).Select(index => index / 100f).ToArray();

        Assert.Equal(input, _backend.Play(input).ToArray());
    }

    [Fact]
    public void Impulse_ComesOutWhereItWentIn()
    {
        var stream = Start();
        stream.SetProcessor((input, output) => input.CopyTo(output));
        var output = new List<float>();

        for (var block = 0; block < 4; block++)
        {
            var input = new float[BufferSize];
            if (block == 2)
                input[17] = 0.75f;
            output.AddRange(_backend.Play(input));
        }

        Assert.Equal(2 * BufferSize + 17, output.IndexOf(0.75f));
        Assert.Single(output, sample => sample != 0);
    }

    [Theory]
    [MemberData(nameof(BadCallbacks))]
    public void BadBlock_IsReplacedBySilenceCountedAndExplained(string reason, Func<float[], float[]> callback)
    {
        var stream = Start();
        stream.SetProcessingCallback(callback);

        Assert.Equal(new float[BufferSize], _backend.Play(0.5f).ToArray());

        Assert.Contains(reason, stream.LastError);
        Assert.Equal(1, stream.GetStats().RejectedBlocks);
        Assert.Equal(StreamState.Running, stream.State);
    }

    [Theory]
    [InlineData(FailsafeMode.Auto, 0)]
    [InlineData(FailsafeMode.Mute, 0)]
    [InlineData(FailsafeMode.Bypass, 0.5f)]
    public void BadBlock_IsReplacedByWhatTheModeSays(FailsafeMode mode, float expected)
    {
        var stream = Start(new AudioStreamOptions { FailsafeMode = mode });
        stream.SetProcessor((_, output) => output.Fill(float.NaN));

        Assert.Equal(_backend.Block(expected), _backend.Play(0.5f).ToArray());
    }

    [Fact]
    public void Hold_RepeatsTheLastGoodBlockFadedOutWithinTwentyMilliseconds()
    {
        var stream = Start(new AudioStreamOptions { FailsafeMode = FailsafeMode.Hold });
        var isBad = false;
        stream.SetProcessor((input, output) => output.Fill(isBad ? float.NaN : input[0]));
        Play(4); // longer than a cross-fade
        isBad = true;

        var heard = Enumerable.Range(0, 16).SelectMany(_ => _backend.Play(0.1f).ToArray()).ToArray();

        Assert.Equal(0.5f, heard[0]);
        Assert.Equal(heard.OrderDescending(), heard);
        Assert.True(heard[959] > 0);
        Assert.All(heard[960..], sample => Assert.Equal(0, sample)); // 20 ms
        isBad = false;
        _backend.Play(0.3f);
        Assert.Equal(StreamState.Failsafe, stream.State);
    }

    [Fact]
    public void NonFiniteInput_IsSilencedAndNeverReachesTheCallback()
    {
        var stream = Start();
        Assert.Equal(new float[BufferSize], _backend.Play(float.NaN).ToArray());
        stream.SetProcessor((_, output) => output.Fill(1));
        Assert.Equal(new float[BufferSize], _backend.Play(float.PositiveInfinity).ToArray());
        Assert.Equal(2, stream.GetStats().RejectedBlocks);
        Assert.Contains("not finite", stream.LastError);
    }

    [Fact]
    public void LoudOutput_IsLimitedToOne()
    {
        var stream = Start();
        stream.SetProcessor((input, output) =>
        {
            output.Fill(0.25f);
            output[3] = 7.5f;
            output[4] = -1.5f;
        });

        var heard = _backend.Play(0).ToArray();

        Assert.Equal([0.25f, 1f, -1f, 0.25f], heard[2..6]);
        Assert.Equal(0, stream.GetStats().RejectedBlocks);
    }

    [Theory]
    [InlineData(-1.5f, -1f)]
    [InlineData(1.5f, 1f)]
    public void PeakOfEitherSign_IsLimited(float peak, float expected)
    {
        Start();
        var input = _backend.Block(0);
        input[9] = peak;

        Assert.Equal(expected, _backend.Play(input)[9]);
    }

    [Fact]
    public void FifthBadBlockInARow_EntersFailsafeAndTwoGoodSecondsLeaveIt()
    {
        var stream = Start();
        var isBad = true;
        var ran = 0;
        stream.SetProcessingCallback(block =>
        {
            ran++;
            return isBad ? null! : block;
        });

        Play(4);
        Assert.Equal(StreamState.Running, stream.State);
        Play(1);
        Assert.Equal(StreamState.Failsafe, stream.State);
        Assert.True(stream.IsRunning);

        isBad = false;
        Play(RecoveryBlocks - 1, expected: 0); // run, but unheard
        Assert.Equal(StreamState.Failsafe, stream.State);
        isBad = true;
        Play(1, expected: 0);
        isBad = false;
        Play(RecoveryBlocks - 1, expected: 0);
        Assert.Equal(StreamState.Failsafe, stream.State);
        Play(1);
        Assert.Equal(StreamState.Running, stream.State);
        Play(3); // faded in
        Play(1, expected: 0.5f);

        Assert.Equal(6 + 2 * (RecoveryBlocks - 1) + 5, ran);
        Assert.Equal(1, stream.GetStats().FailsafeEntries);
    }

    [Fact]
    public void TenBadOfForty_EnterFailsafe()
    {
        var stream = Start();
        var number = 0;
        stream.SetProcessor((input, output) => output.Fill(number++ % 4 == 0 ? float.NaN : 0.5f));

        Play(36);
        Assert.Equal(StreamState.Running, stream.State);
        Play(1); // the tenth

        Assert.Equal(StreamState.Failsafe, stream.State);
    }

    [Fact]
    public void Thresholds_AreThoseOfTheOptions()
    {
        var stream = Start(new AudioStreamOptions { MaxConsecutiveErrors = 2, AutoRecover = false });
        var isBad = true;
        stream.SetProcessingCallback(block => isBad ? null! : block);

        Play(2);
        Assert.Equal(StreamState.Failsafe, stream.State);
        isBad = false;
        Play(2 * RecoveryBlocks, expected: 0);
        Assert.Equal(StreamState.Failsafe, stream.State);

        stream.Stop();
        stream.Start();
        Play(1, expected: 0.5f);
    }

    [Fact]
    public void CallbackThatKeepsItsArray_NeverSeesItChange()
    {
        var stream = Start();
        var kept = new List<float[]>();
        stream.SetProcessingCallback(block =>
        {
            kept.Add(block);
            return block;
        });

        for (var value = 1; value <= 5; value++)
            _backend.Play(value / 10f);

        Assert.Equal([0.1f, 0.2f, 0.3f, 0.4f, 0.5f], kept.Select(block => block[0]));
    }

    [Fact]
    public void CallbackSetOrRemovedWhileRunning_TakesEffectWithTheNextBlock()
    {
        var stream = Start();
        Play(4, expected: 0.5f);
        stream.SetProcessingCallback(block => Array.ConvertAll(block, sample => sample / 2));
        FadesTo(0.5f, 0.25f);
        stream.SetProcessor((input, output) => output.Fill(0.125f));
        FadesTo(0.25f, 0.125f);
        stream.SetProcessor(null);
        FadesTo(0.125f, 0.5f);

        void FadesTo(float from, float to)
        {
            var heard = Enumerable.Range(0, 8).SelectMany(_ => _backend.Play(0.5f).ToArray()).ToArray();

            Assert.NotEqual(from, heard[1]); // has begun
            Assert.Equal(from < to ? heard.Order() : heard.OrderDescending(), heard);
            Assert.InRange(heard.Zip(heard.Skip(1), (one, next) => Math.Abs(next - one)).Max(), 0, 0.008f * Math.Abs(to - from)); // no click
            Assert.Equal(to, heard[240]); // 5 ms
        }
    }

    [Fact]
    public void BlockOfAnotherSize_IsSilencedAndCounted()
    {
        var stream = Start();

        _backend.Play(new float[BufferSize / 2]);

        Assert.Equal(1, stream.GetStats().RejectedBlocks);
        Assert.Contains("another length", stream.LastError);
    }

    [Fact]
    public void Statistics_CountCallbacksXrunsAndLatency()
    {
        var stream = Start();

        _backend.Play(_backend.Block(0), AudioCallbackFlags.InputOverrun);
        _backend.Play(_backend.Block(0), AudioCallbackFlags.InputOverrun | AudioCallbackFlags.OutputUnderrun);
        _backend.Play(0);

        var stats = stream.GetStats();
        Assert.Equal((3, 2, 0, 0), (stats.Callbacks, stats.Xruns, stats.RejectedBlocks, stats.FailsafeEntries));
        Assert.True(stats.Latency.Max > TimeSpan.Zero);
        Assert.InRange(stats.Latency.P50, TimeSpan.FromTicks(1), stats.Latency.Max);
        Assert.InRange(stats.Latency.P95, stats.Latency.P50, stats.Latency.P99);
    }

    [Fact]
    public void BlockThatTakesLongerThanItLasts_IsPlayedAndCounted()
    {
        var stream = Start();
        stream.SetProcessor((input, output) =>
        {
            input.CopyTo(output);
            var start = Stopwatch.GetTimestamp();
            SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(2.0 * BufferSize / SampleRate));
        });

        Play(1, expected: 0.5f);

        Assert.Equal((1, 0), (stream.GetStats().DeadlineMisses, stream.GetStats().RejectedBlocks));
        Assert.True(stream.GetStats().Latency.Max > TimeSpan.FromSeconds(2.0 * BufferSize / SampleRate));
    }

    [Theory]
    [InlineData(FailsafeMode.Auto)]
    [InlineData(FailsafeMode.Hold)]
    public void GoldenPathAndProcessor_AllocateNothing(FailsafeMode mode)
    {
        var stream = Start(new AudioStreamOptions { FailsafeMode = mode });
        var good = _backend.Block(0.5f);
        var loud = _backend.Block(2);
        var unusable = _backend.Block(float.NaN);
        AudioProcessor processor = (input, output) => input.CopyTo(output);
        var before = 0L;
        for (var round = 0; round < 400; round++)
        {
            if (round == 200)
                before = GC.GetAllocatedBytesForCurrentThread();
            for (var block = 0; block < 20; block++)
            {
                _backend.Play(good);
                _backend.Play(loud);
            }

            for (var block = 0; block < 6; block++)
                _backend.Play(unusable); // into failsafe and, good blocks later, out again
            if (round == 300)
                stream.SetProcessingCallback(null);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(stream.GetStats().FailsafeEntries >= 1);

        stream.SetProcessor(processor);
        for (var block = 0; block < 4000; block++)
        {
            if (block == 2000)
                before = GC.GetAllocatedBytesForCurrentThread();
            _backend.Play(good);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(StreamState.Running, stream.State);
    }

    private static float[] With(float[] block, float value)
    {
        block[^1] = value;
        return block;
    }

    private AudioStreamV2 Start(AudioStreamOptions? options = null)
    {
        _stream = new AudioStreamV2(0, 1, _pool, SampleRate, BufferSize, _backend, options);
        Assert.True(_stream.Start());
        return _stream;
    }

    private void Play(int blocks, float? expected = null)
    {
        for (var block = 0; block < blocks; block++)
        {
            var heard = _backend.Play(0.5f);
            if (expected is { } value)
                Assert.False(heard.ContainsAnyExcept(value));
        }
    }
}
