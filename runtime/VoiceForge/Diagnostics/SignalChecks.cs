using System.Globalization;
using System.Threading;
using VoiceForge.Audio;

namespace VoiceForge.Diagnostics;

/// <summary>One second of a test tone through stream, pool and triple buffer, on a device that needs no hardware.</summary>
internal sealed class SignalChecks(VoiceForgeConfig config)
{
    private const double ToneHz = 440;
    private const float ToneLevel = 0.5f;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const string LoopLimit = "what is played comes back one block later, sample for sample";
    private const string PathLimit = "every block arrives, none rejected, none late";

    public IEnumerable<DiagnosticCheck> Run()
    {
        yield return CheckRunner.Run("loop-back", LoopLimit, "report it, with this output: the stream changes audio it should pass on", LoopBack);

        AudioStreamStatistics? statistics = null;
        yield return CheckRunner.Run("signal path", PathLimit, "lower the load of the machine, or raise 'audio.buffer_size' in config.yaml", () => SignalPath(out statistics));
        yield return Latency(statistics);
    }

    private int Blocks => (config.Audio.SampleRate / config.Audio.BufferSize) + 1;

    private float[] Tone(int blocks)
    {
        var (size, channels) = (config.Audio.BufferSize, config.Audio.Channels);
        var tone = new float[blocks * size * channels];
        for (var index = 0; index < tone.Length; index++)
            tone[index] = ToneLevel * (float)Math.Sin(2 * Math.PI * ToneHz * (index / channels) / config.Audio.SampleRate);
        return tone;
    }

    private DiagnosticCheck LoopBack()
    {
        var played = Tone(Blocks);
        var heard = new float[played.Length];
        var block = config.Audio.BufferSize * config.Audio.Channels;
        RunStream((input, output, index) =>
        {
            input.CopyTo(heard.AsSpan(index * block));
            played.AsSpan(index * block, block).CopyTo(output);
        });
        var isExact = heard.AsSpan(block).SequenceEqual(played.AsSpan(0, played.Length - block));
        return new(
            "loop-back", isExact ? DiagnosticStatus.Pass : DiagnosticStatus.Fail,
            $"{Blocks - 1} blocks of {config.Audio.BufferSize} frames {(isExact ? "equal" : "differ")}", LoopLimit,
            isExact ? null : "report it, with this output: the stream changes audio it should pass on");
    }

    private DiagnosticCheck SignalPath(out AudioStreamStatistics? statistics)
    {
        var (size, channels) = (config.Audio.BufferSize, config.Audio.Channels);
        var tone = Tone(Blocks);
        var passed = 0;
        using var pool = new BufferPool(size, numSlots: 4, channels);
        var buffer = new TripleBuffer(pool, size, channels);
        var scratch = new float[size * channels];
        var measured = RunStream((_, output, index) =>
        {
            var block = tone.AsSpan(index * scratch.Length, scratch.Length);
            if (buffer.Write(block) && buffer.TryRead(scratch, out var written) && written == size && block.SequenceEqual(scratch))
                passed++;
            scratch.CopyTo(output);
        });
        statistics = measured;
        var isWhole = passed == Blocks && measured.RejectedBlocks == 0 && measured.FailsafeEntries == 0;
        return new(
            "signal path", isWhole ? DiagnosticStatus.Pass : DiagnosticStatus.Fail,
            $"{passed} of {Blocks} blocks passed, {measured.RejectedBlocks} rejected, {measured.DeadlineMisses} late", PathLimit,
            isWhole ? null : "report it, with this output: blocks are lost between stream and triple buffer");
    }

    private DiagnosticCheck Latency(AudioStreamStatistics? statistics)
    {
        var target = config.Processing.TargetLatencyMs;
        var limit = string.Create(CultureInfo.InvariantCulture, $"block length plus processing (p99) at most {target:0.###} ms ('processing.target_latency_ms')");
        if (statistics is not { } measured)
            return new("latency", DiagnosticStatus.NotMeasured, "the signal path did not run", limit, "solve what the check 'signal path' says");

        var block = config.Audio.BufferSize * 1000.0 / config.Audio.SampleRate;
        var p99 = measured.Latency.P99.TotalMilliseconds;
        var isMet = block + p99 <= target && p99 < block;
        return new(
            "latency", isMet ? DiagnosticStatus.Pass : DiagnosticStatus.Fail,
            string.Create(CultureInfo.InvariantCulture, $"{block:0.00} ms + {p99:0.000} ms over {measured.Callbacks} blocks, without device and voice processing"), limit,
            isMet ? null : p99 >= block ? "raise 'audio.buffer_size' in config.yaml: this machine needs longer for a block than the block lasts"
                : "lower 'audio.buffer_size' in config.yaml, or raise 'processing.target_latency_ms'");
    }

    private delegate void BlockAction(ReadOnlySpan<float> input, Span<float> output, int index);

    private AudioStreamStatistics RunStream(BlockAction action)
    {
        var blocks = Blocks;
        using var done = new ManualResetEventSlim();
        using var pool = new BufferPool(config.Audio.BufferSize, numSlots: 4, config.Audio.Channels);
        using var backend = new LoopbackBackend(realTime: false);
        using var stream = new AudioStreamV2(0, 0, pool, config.Audio.SampleRate, config.Audio.BufferSize, backend);
        var index = 0;
        stream.SetProcessor((input, output) =>
        {
            if (index < blocks)
                action(input, output, index);
            if (++index == blocks)
                done.Set();
        });
        if (!stream.Start())
            throw new InvalidOperationException(stream.LastError);
        if (!done.Wait(Patience))
            throw new TimeoutException($"{Volatile.Read(ref index)} of {blocks} blocks within {Patience.TotalSeconds:0} s.{(stream.LastError is { } error ? $" {error}" : "")}");
        stream.Stop();
        return stream.GetStats();
    }
}
