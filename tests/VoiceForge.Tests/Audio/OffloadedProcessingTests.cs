using System.Diagnostics;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class OffloadedProcessingTests : IDisposable
{
    private const int BufferSize = 64;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly BufferPool _pool = new(slotSizeSamples: BufferSize, numSlots: 2);

    public void Dispose() => _pool.Dispose();

    [Fact]
    public void Blocks_ComeBackProcessedInOrderOneLater()
    {
        var backend = new VirtualBackend();
        using var stream = Start(backend);
        stream.SetProcessingCallback(block => Array.ConvertAll(block, sample => -sample));
        backend.Play(0.001f);
        for (var number = 2; number <= 500; number++)
        {
            var heard = backend.Play(number / 1000f)[^1];
            if (number > 10) // the fade from the golden path is over
                Assert.Equal(-(number - 1) / 1000f, heard);
        }

        Assert.Equal(0, stream.GetStats().RejectedBlocks);
    }

    [Fact]
    public void F26_ProcessingThatHangs_CostsNeitherTheAudioThreadNorStop()
    {
        var backend = new VirtualBackend { IsLive = true };
        using var stream = Start(backend);
        using var release = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        using var returned = new ManualResetEventSlim();
        stream.SetProcessor((_, output) =>
        {
            begun.Set();
            release.Wait();
            output.Fill(0.9f);
            returned.Set();
        });

        backend.Play(0.5f);
        Assert.True(begun.Wait(Limit));
        var heard = Enumerable.Range(0, 40).SelectMany(_ => backend.Play(0.5f).ToArray()).ToArray();

        Assert.Equal(StreamState.Failsafe, stream.State);
        Assert.True(stream.GetStats().DeadlineMisses >= 5);
        Assert.All(heard, sample => Assert.Equal(0, sample)); // never the raw voice
        var start = Stopwatch.GetTimestamp();
        stream.Stop();
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, Limit);
        Assert.Equal(StreamState.Stopped, stream.State);
        Assert.Contains("thread is left behind", stream.LastError);
        Assert.Equal(0, _pool.GetUsageStats().InUse);

        Assert.True(stream.Start());
        Assert.Equal(0, backend.Play(0.5f)[^1]);
        release.Set(); // what was left behind ends without being heard
        Assert.True(returned.Wait(Limit));
    }

    [Fact]
    public void LateResult_IsDroppedAndTheNextOneIsTheRightOne()
    {
        using var step = new SemaphoreSlim(0);
        using var done = new SemaphoreSlim(0);
        var worker = new ProcessingWorker(samples: 1);
        var processing = new BlockProcessing((input, output) =>
        {
            step.Wait();
            output[0] = -input[0];
            done.Release();
        });
        var result = new float[1];
        Assert.True(worker.TrySubmit(1, processing, [0.1f]));
        Assert.False(worker.TryTake(1, result, out _, out _));
        Assert.False(worker.TrySubmit(2, processing, [0.2f])); // still busy

        step.Release();
        Assert.True(SpinWait.SpinUntil(() => !worker.IsBusy, Limit));
        Assert.False(worker.TryTake(2, result, out _, out _)); // that of 1, too late
        Assert.True(worker.TrySubmit(3, processing, [0.3f]));
        step.Release();
        Assert.True(SpinWait.SpinUntil(() => !worker.IsBusy, Limit));

        Assert.True(worker.TryTake(3, result, out var fault, out _));
        Assert.Equal((BlockFault.None, -0.3f), (fault, result[0]));
        Assert.True(worker.Retire());
    }

    [Fact]
    public void Bypass_IsAsLateAsTheProcessedSound()
    {
        var backend = new VirtualBackend();
        using var stream = Start(backend, FailsafeMode.Bypass);
        stream.SetProcessor((_, _) => throw new InvalidOperationException("broken"));
        var heard = new List<float>();
        for (var number = 1; number <= 12; number++)
            heard.Add(backend.Play(number / 100f)[^1]);

        Assert.Equal(Enumerable.Range(0, 12).Select(number => number / 100f), heard);
        Assert.Equal(StreamState.Failsafe, stream.State);
        Assert.Contains("broken", stream.LastError);
    }

    [Fact]
    public void StopInsideTheProcessing_OnlyRequests()
    {
        var backend = new VirtualBackend();
        using var stream = Start(backend);
        using var isInside = new ManualResetEventSlim();
        var restarted = true;
        stream.SetProcessor((_, output) =>
        {
            output.Clear();
            stream.Stop();
            restarted = stream.Start();
            isInside.Set();
        });

        backend.Play(0.5f);

        Assert.True(isInside.Wait(Limit));
        Assert.False(restarted);
        Assert.True(SpinWait.SpinUntil(() => stream.State == StreamState.Stopped, Limit));
        Assert.Equal(1, backend.Closed);
    }

    private AudioStreamV2 Start(VirtualBackend backend, FailsafeMode mode = FailsafeMode.Auto)
    {
        var options = new AudioStreamOptions { ProcessingMode = ProcessingMode.Offloaded, FailsafeMode = mode };
        var stream = new AudioStreamV2(0, 7, _pool, 48000, BufferSize, backend, options);
        Assert.True(stream.Start());
        return stream;
    }
}
