using VoiceForge.Audio;

namespace VoiceForge.Tests.Faults;

/// <summary>What the rest of the process does to a stream. Alone in the process: a starved thread pool is everybody's. Numbers are those of docs/faults.md.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class MachineFaultTests
{
    [Fact]
    public void F69_HandlerThatBlocks_StopsNeitherTheSoundNorStop()
    {
        var rig = new FaultRig();
        using var release = new ManualResetEventSlim();
        using var blocked = new ManualResetEventSlim();
        rig.Stream.StateChanged += (_, _) =>
        {
            blocked.Set();
            release.Wait();
        };
        rig.Start();
        Assert.True(blocked.Wait(FaultRig.Limit));

        Assert.Equal(0.5f, rig.PlayMany(50)[^1]);
        rig.Stream.Stop();

        Assert.Equal((StreamState.Stopped, 0), (rig.Stream.State, rig.Stream.GetStats().RejectedBlocks));
        release.Set();
        rig.End();
    }

    [Fact]
    public async Task F70_ForcedCompactingCollections_ChangeNoSample()
    {
        var rig = new FaultRig(new AudioStreamOptions { FailsafeMode = FailsafeMode.Hold }).Start();
        rig.Stream.SetProcessor((input, output) => input.CopyTo(output));
        rig.PlayMany(2);
        using var end = new CancellationTokenSource();
        var collections = GC.CollectionCount(2);
        var storm = Task.Factory.StartNew(() =>
        {
            var garbage = new Queue<byte[]>();
            for (var made = 1; !end.IsCancellationRequested; made++)
            {
                garbage.Enqueue(new byte[100_000]);
                if (garbage.Count > 100)
                    garbage.Dequeue();
                if (made % 50 == 0)
                    GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
            }
        }, TaskCreationOptions.LongRunning);

        for (var block = 0; block < 500 || GC.CollectionCount(2) < collections + 5; block++)
            Assert.Equal(0.5f, rig.Play()[^1]);

        await end.CancelAsync();
        await storm.WaitAsync(FaultRig.Limit);
        Assert.Equal((StreamState.Running, 0, 0), (rig.Stream.State, rig.Stream.GetStats().RejectedBlocks, rig.Stream.GetStats().FailsafeEntries));
        rig.End();
    }

    [Theory]
    [InlineData(40, 0)] // within what the watchdog allows: the device has buffered it
    [InlineData(100, 1)]
    public void F70_PauseOfEveryThread_IsFadedOverWithinOneBlock(int milliseconds, int failsafeEntries)
    {
        var rig = new FaultRig().Start();
        rig.PlayMany(5);
        rig.LetMonitorLook();

        rig.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        rig.LetMonitorLook();
        var heard = rig.PlayMany(2);

        Assert.Equal(0.5f, heard[FaultRig.BufferSize - 1]);
        Assert.InRange(FaultRig.LargestStep(heard), 0, 0.008f);
        Assert.Equal((StreamState.Running, failsafeEntries), (rig.Stream.State, rig.Stream.GetStats().FailsafeEntries));
        rig.End();
    }

    [Fact]
    public void F71_StarvedThreadPool_DelaysNeitherProcessingNorWatchdogNorEvents()
    {
        var release = new ManualResetEventSlim(); // not disposed: items still in the queue look at it after this test
        ThreadPool.GetMinThreads(out var workers, out _);
        var busy = 0;
        for (var item = 0; item < 50 * workers; item++) // more than the pool adds threads for meanwhile
        {
            ThreadPool.UnsafeQueueUserWorkItem(_ =>
            {
                Interlocked.Increment(ref busy);
                release.Wait();
            }, null);
        }

        try
        {
            Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref busy) >= workers, FaultRig.Limit));
            var rig = new FaultRig(new AudioStreamOptions { ProcessingMode = ProcessingMode.Offloaded }).Start();
            using var failsafeSeen = new ManualResetEventSlim();
            rig.Stream.StateChanged += (_, change) =>
            {
                if (change.To == StreamState.Failsafe)
                    failsafeSeen.Set();
            };
            using var processed = new ManualResetEventSlim();
            rig.Stream.SetProcessor((input, output) =>
            {
                input.CopyTo(output);
                processed.Set();
            });
            rig.Play();
            Assert.True(processed.Wait(FaultRig.Limit));
            rig.LetMonitorLook();
            rig.Time.Advance(TimeSpan.FromMilliseconds(60));
            Assert.True(failsafeSeen.Wait(FaultRig.Limit));
            rig.Stream.Stop();
            rig.End();
        }
        finally
        {
            release.Set();
        }
    }
}
