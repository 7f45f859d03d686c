using VoiceForge.Audio;

namespace MigrationKit.Benchmarks;

/// <summary>The stream in virtual time: every figure is a count of samples, bytes or blocks, so there is no noise and no interval.</summary>
internal static class StreamArea
{
    private const int Block = 256;
    private const int SampleRate = 48000;
    private const int V1Pull = 4096;
    private const int BlocksOfADay = 24 * 3600 * (SampleRate / 128) / (Block / 128);
    private const int Callbacks = 1_000_000;

    public static IEnumerable<Claim> Run()
    {
        var v1 = V1Latency();
        var inline = Latency(ProcessingMode.Inline);
        yield return Exactly("Impulse in to impulse out, AudioStreamV2 inline: the floor of two blocks, 512 frames (10.67 ms)", "frames", inline, 512);
        yield return Exactly("The same, offloaded: 768 frames (16 ms)", "frames", Latency(ProcessingMode.Offloaded), 768);
        yield return Exactly("The same, V1's AudioStream, its worker given all the time it wants: 4608 frames (96 ms)", "frames", v1, 2 * Block + V1Pull);
        foreach (var mode in Enum.GetValues<ProcessingMode>())
        {
            var (bytes, contentions) = LeftBehind(mode);
            yield return Exactly($"1,000,000 callbacks, {mode}: managed bytes allocated on the audio thread", "bytes", bytes, 0);
            yield return Exactly($"The same: lock contentions in the process", "contentions", contentions, 0);
        }

        yield return Exactly("24 h of blocks (16.2 million) of a live device in virtual time, with jitter, bursts, xruns, faults and forced collections: bad blocks other than the injected", "blocks", Day(), 0);
    }

    private static Claim Exactly(string text, string unit, long measured, long expected) =>
        new(text, unit, new Ratio(measured, measured, measured, Control: null), measured == expected);

    private static int Latency(ProcessingMode mode)
    {
        using var pool = new BufferPool(Block, 1);
        var clock = new StreamClock();
        using var stream = Start(pool, clock, mode);
        return clock.ImpulseLatency(blocks: 12);
    }

    private static int V1Latency()
    {
        var clock = new StreamClock();
        using var stream = new AudioStream(0, 0, SampleRate, Block, clock);
        stream.SetProcessingCallback(block => block);
        stream.Start();
        return clock.ImpulseLatency(blocks: 40, afterBlock: blocks =>
        {
            if (blocks % (V1Pull / Block) == 0)
                SpinWait.SpinUntil(() => stream.FramesToPlay == V1Pull);
        });
    }

    private static (long Bytes, long Contentions) LeftBehind(ProcessingMode mode)
    {
        using var pool = new BufferPool(Block, 1);
        var clock = new StreamClock();
        using var stream = Start(pool, clock, mode);
        var input = new float[Block];
        for (var block = 0; block < 10_000; block++)
            clock.Play(input);

        var (bytes, contentions) = (GC.GetAllocatedBytesForCurrentThread(), Monitor.LockContentionCount);
        for (var block = 0; block < Callbacks; block++)
            clock.Play(input);
        return (GC.GetAllocatedBytesForCurrentThread() - bytes, Monitor.LockContentionCount - contentions);
    }

    /// <returns>Blocks that were not exactly what the plan says.</returns>
    private static long Day()
    {
        using var pool = new BufferPool(Block, 1);
        var clock = new StreamClock(isLive: true);
        var isFaulty = false;
        using var stream = Start(pool, clock, ProcessingMode.Inline);
        stream.SetProcessor((input, output) => output.Fill(isFaulty ? float.NaN : input[0] / 2));
        var random = new Random(1);
        var input = new float[Block];
        var sinceFade = 0; // it begins with one
        var unexpected = 0L;
        for (var block = 0; block < BlocksOfADay; block++)
        {
            isFaulty = block % 1009 == 1008; // alone, so that failsafe is never due
            sinceFade = isFaulty ? 0 : sinceFade + 1;
            if (block % 100_003 == 0)
                GC.Collect();
            clock.Pass(Period(block, random));
            Array.Fill(input, block % 1000 / 1000f);
            var played = clock.Play(input, block % 17 == 0 ? AudioCallbackFlags.InputOverrun : AudioCallbackFlags.None);
            var expected = isFaulty ? 0 : block % 1000 / 2000f;
            if (played[^1] != expected || (sinceFade > 1 && played.ContainsAnyExcept(expected))) // the fade lasts 240 of the 256 frames
                unexpected++;
        }

        var stats = stream.GetStats();
        return unexpected + Math.Abs(stats.RejectedBlocks - BlocksOfADay / 1009) + stats.FailsafeEntries + stats.DeadlineMisses;
    }

    // Each up to 40 % early or late; now and then eight at once, and nothing for as long before.
    private static TimeSpan Period(int block, Random random)
    {
        var period = TimeSpan.FromSeconds((double)Block / SampleRate);
        return (block % 5003) switch
        {
            0 => 8 * period,
            < 8 => TimeSpan.Zero,
            _ => period * (0.6 + 0.8 * random.NextDouble()),
        };
    }

    private static AudioStreamV2 Start(BufferPool pool, StreamClock clock, ProcessingMode mode)
    {
        var stream = new AudioStreamV2(0, 0, pool, SampleRate, Block, clock, new AudioStreamOptions { ProcessingMode = mode }, clock);
        stream.SetProcessor((input, output) => input.CopyTo(output));
        return stream.Start() ? stream : throw new InvalidOperationException(stream.LastError);
    }
}
