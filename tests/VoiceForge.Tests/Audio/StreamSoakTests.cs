using System.Globalization;
using VoiceForge.Audio;
using VoiceForge.Tests.Faults;

namespace VoiceForge.Tests.Audio;

/// <summary>A live stream for a long time, all of it virtual: each block is looked at.</summary>
/// <remarks>
/// A quarter of an hour by default; <c>VOICEFORGE_SOAK_ROUNDS=96 dotnet test tests/VoiceForge.Tests --filter "FullyQualifiedName~StreamSoak"</c>
/// is a day, 16.2 million blocks.
/// </remarks>
[Trait("Category", "Soak")]
public sealed class StreamSoakTests
{
    private const int BlocksOfARound = 15 * 60 * FaultRig.SampleRate / FaultRig.BufferSize;

    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("VOICEFORGE_SOAK_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 1;

    [Fact]
    public void JitterBurstsFaultsAndCollections_SpoilNoBlockButTheInjectedOnes()
    {
        const int faultPeriod = 1009;
        using var pool = new BufferPool(FaultRig.BufferSize, 1);
        var backend = new VirtualBackend { IsLive = true };
        var time = new StreamTime();
        using var stream = new AudioStreamV2(0, 7, pool, FaultRig.SampleRate, FaultRig.BufferSize, backend, null, time);
        var isFaulty = false;
        stream.SetProcessor((input, output) => output.Fill(isFaulty ? float.NaN : input[0] / 2));
        Assert.True(stream.Start());
        var random = new Random(1);
        var input = backend.Block(0);
        var blocks = (long)Rounds * BlocksOfARound;
        var sinceFade = 0; // it begins with one
        for (var block = 0L; block < blocks; block++)
        {
            isFaulty = block % faultPeriod == faultPeriod - 1;
            sinceFade = isFaulty ? 0 : sinceFade + 1;
            if (block % 20_011 == 0)
                GC.Collect();
            time.Advance((block % 5003) switch
            {
                0 => 8 * FaultRig.BlockTime, // a gap, then eight at once
                < 8 => TimeSpan.Zero,
                _ => FaultRig.BlockTime * (0.6 + 0.8 * random.NextDouble()),
            });
            Array.Fill(input, block % 1000 / 1000f);

            var played = backend.Play(input, block % 17 == 0 ? AudioCallbackFlags.OutputUnderrun : AudioCallbackFlags.None);

            var expected = isFaulty ? 0 : block % 1000 / 2000f;
            if (played[^1] != expected || (sinceFade > 1 && played.ContainsAnyExcept(expected)))
                Assert.Fail($"Block {block} is not {expected}.");
        }

        var stats = stream.GetStats();
        Assert.Equal((blocks, blocks / faultPeriod, (blocks + 16) / 17, 0, 0), (stats.Callbacks, stats.RejectedBlocks, stats.Xruns, stats.DeadlineMisses, stats.FailsafeEntries));
        Assert.Equal(StreamState.Running, stream.State);
    }
}
