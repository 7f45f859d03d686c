using System.Diagnostics;
using System.Globalization;
using PocketTts;

namespace MigrationKit.Benchmarks;

/// <summary>
/// Pocket TTS at real size, with random weights: against the calls of ONNX Runtime alone, and against sherpa-onnx on the same files. Graphs run
/// on one thread each on both sides; one decoding step; the same voice, text and number of frames.
/// </summary>
/// <remarks>The environment variable <c>MIGRATIONKIT_TTS_ROUNDS</c> shortens a run that is not meant to be quoted.</remarks>
internal static class TtsArea
{
    private const int SpokenFrames = 75, FramesAfterEos = 3; // 6.2 s, what twenty words take
    private const int TokensOfSentence = 27;
    private const int BareFrames = 27; // the end of a block: no frame is made that is not counted

    private const string RoundsVariable = "MIGRATIONKIT_TTS_ROUNDS";

    private static readonly int? AskedRounds =
        Environment.GetEnvironmentVariable(RoundsVariable) is { Length: > 0 } rounds ? int.Parse(rounds, CultureInfo.InvariantCulture) : null;

    private static readonly GenerationOptions Options = new() { FramesAfterEos = FramesAfterEos };

    public static IEnumerable<Claim> Run()
    {
        using var folder = new TtsModelFolder(TtsModelFolder.VoiceFrames + TokensOfSentence + SpokenFrames + 1);
        using var engine = SpeechEngine.Load(folder.Options);
        using var voice = engine.CreateVoice(TtsModelFolder.Voice(), TtsModelFolder.SampleRate, truncate: false);
        var ids = engine.Tokenizer.Encode(engine.Preparation.Prepare(TtsModelFolder.Sentence).Text).Select(token => (long)token.Id).ToList();
        using var bare = new TtsBareRuns(engine.Graphs, voice.Share(), ids);

        yield return Overhead(engine, voice, bare);
        yield return FirstFrame(
            engine, voice, bare, "First 80 ms of audio of 20 words: at most 1.15 × reading the text, one step and one decode with the voice in place", "× the time",
            () => Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency);
        yield return FirstFrame(engine, voice, bare, "The same, by what the processors worked", "× the processor time", ProcessorSeconds);
        yield return Allocation(engine, voice);
        foreach (var claim in AgainstPeer(folder, engine, voice))
            yield return claim;
    }

    private static Claim Overhead(SpeechEngine engine, VoiceState voice, TtsBareRuns bare)
    {
        var frame = new float[engine.Graphs.SamplesPerFrame];
        return Claim.AtMost(
            $"A sentence up to frame {BareFrames}, one thread: at most 5 % over the same calls of ONNX Runtime alone", "× the processor time",
            Compare(
                AskedRounds ?? 25,
                () =>
                {
                    var start = ProcessorSeconds();
                    using var generation = Begin(engine, voice, isOverlapped: false);
                    for (var i = 0; i < BareFrames; i++)
                        generation.TryNext(frame);
                    return ProcessorSeconds() - start;
                },
                () =>
                {
                    bare.Restore();
                    var start = ProcessorSeconds();
                    bare.Speak(BareFrames);
                    return ProcessorSeconds() - start;
                }),
            1.05);
    }

    private static Claim FirstFrame(SpeechEngine engine, VoiceState voice, TtsBareRuns bare, string text, string unit, Func<double> now)
    {
        var frame = new float[engine.Graphs.SamplesPerFrame];
        return Claim.AtMost(
            text, unit,
            Compare(
                AskedRounds ?? 31,
                () =>
                {
                    var start = now();
                    using var generation = Begin(engine, voice, isOverlapped: true);
                    generation.TryNext(frame);
                    return now() - start;
                },
                () =>
                {
                    bare.Restore();
                    var start = now();
                    bare.Speak(frames: 1);
                    return now() - start;
                }),
            1.15);
    }

    private static Claim Allocation(SpeechEngine engine, VoiceState voice)
    {
        const int warmUp = 10, measured = 50;
        using var generation = Begin(engine, voice, isOverlapped: true);
        var frame = new float[engine.Graphs.SamplesPerFrame];
        for (var i = 0; i < warmUp; i++)
            generation.TryNext(frame);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < measured; i++)
            generation.TryNext(frame);
        var bytes = (double)(GC.GetTotalAllocatedBytes(precise: true) - before) / measured;
        return Claim.AtMost($"Managed memory that {measured} frames allocate, all threads: none", "bytes a frame", new Ratio(bytes, bytes, bytes, 1), 0);
    }

    private static IEnumerable<Claim> AgainstPeer(TtsModelFolder folder, SpeechEngine engine, VoiceState voice)
    {
        var rounds = AskedRounds ?? 25;
        double[] firsts = new double[rounds], totals = new double[rounds], alone = new double[rounds], worked = new double[rounds];
        double[] firstControls = new double[rounds], controls = new double[rounds], workControls = new double[rounds];
        TtsPeer peer;
        try
        {
            peer = TtsPeer.Start(folder, FramesAfterEos, engine.Options.Threads);
        }
        catch (InvalidOperationException e)
        {
            Console.Error.WriteLine($"The rows against sherpa-onnx are left out: {e.Message}");
            yield break;
        }

        using (peer)
        {
            peer.Speak(); // it remembers the voice from now on, as we do
            for (var round = 0; round < rounds; round++)
            {
                var (before, one) = (peer.Speak(), Speak(engine, voice, isOverlapped: true));
                var (single, singleAgain) = (Speak(engine, voice, isOverlapped: false), Speak(engine, voice, isOverlapped: false));
                var (two, after) = (Speak(engine, voice, isOverlapped: true), peer.Speak());
                int[] lengths = [before.Samples, one.Samples, single.Samples, singleAgain.Samples, two.Samples, after.Samples];
                if (lengths.Distinct().Count() > 1)
                    throw new InvalidOperationException($"Times of unlike lengths say nothing; samples of peer, us and peer: {string.Join(", ", lengths)}.");

                var (peerFirst, peerTotal) = (before.First + after.First, before.Total + after.Total);
                firsts[round] = peerFirst / (one.First + two.First);
                totals[round] = (one.Total + two.Total) / peerTotal;
                alone[round] = (single.Total + singleAgain.Total) / peerTotal;
                worked[round] = (single.Processor + singleAgain.Processor) / (before.Processor + after.Processor);
                workControls[round] = before.Processor / after.Processor;
                firstControls[round] = before.First / after.First;
                controls[round] = before.Total / after.Total;
            }
        }

        yield return Claim.AtLeast(
            $"First audio of 20 words ({SpokenFrames + FramesAfterEos} frames): at least 5 × earlier than sherpa-onnx, which makes all latents first",
            "× as early", Ratio.Of(firsts, Ratio.MedianOf(firstControls)), 5);
        yield return Claim.AtMost(
            "All audio of the same, codec on a second thread: no later than sherpa-onnx", "× the time", Ratio.Of(totals, Ratio.MedianOf(controls)), 1);
        yield return Claim.AtMost(
            "All audio of the same, one thread: no later than sherpa-onnx (which decodes 15 frames a call, we up to 8)", "× the time", Ratio.Of(alone, Ratio.MedianOf(controls)), 1);
        yield return Claim.AtMost(
            "The same, by what the processors worked: no more than sherpa-onnx", "× the processor time", Ratio.Of(worked, Ratio.MedianOf(workControls)), 1);
    }

    private static TtsTiming Speak(SpeechEngine engine, VoiceState voice, bool isOverlapped)
    {
        var (start, worked) = (Stopwatch.GetTimestamp(), ProcessorSeconds());
        var (first, samples) = (0.0, 0);
        foreach (var frame in engine.Stream(engine.Request(voice, TtsModelFolder.Sentence, Options), CancellationToken.None, isOverlapped))
        {
            if (samples == 0)
                first = Seconds(start);
            samples += frame.Length;
        }

        return new TtsTiming(first, Seconds(start), ProcessorSeconds() - worked, samples);
    }

    private static Generation Begin(SpeechEngine engine, VoiceState voice, bool isOverlapped) =>
        new(engine, engine.Request(voice, TtsModelFolder.Sentence, Options), CancellationToken.None, isOverlapped);

    /// <summary>Each round runs peer, ours, ours, peer, after one of each that does not count.</summary>
    private static Ratio Compare(int rounds, Func<double> ours, Func<double> peer)
    {
        _ = peer() + ours();
        double[] ratios = new double[rounds], controls = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            var (first, one) = (peer(), ours());
            var (two, last) = (ours(), peer());
            ratios[round] = (one + two) / (first + last);
            controls[round] = first / last;
        }

        return Ratio.Of(ratios, Ratio.MedianOf(controls));
    }

    /// <summary>Of all threads: what is worked, whoever else uses the machine.</summary>
    private static double ProcessorSeconds() => Environment.CpuUsage.TotalTime.TotalSeconds;

    private static double Seconds(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
}
