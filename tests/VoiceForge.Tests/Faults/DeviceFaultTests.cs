using VoiceForge.Audio;

namespace VoiceForge.Tests.Faults;

/// <summary>Devices that vanish, stall, race, deliver the wrong thing, or are used at the wrong time. Numbers are those of docs/faults.md.</summary>
public sealed class DeviceFaultTests
{
    private const float NoClick = 0.008f; // of a full-scale step, from one sample to the next

    [Fact]
    public void F01_OutputUnplugged_IsOpenedAgainWithGrowingPausesAndWithoutSpinning()
    {
        var rig = new FaultRig().Start();
        rig.PlayMany(10);
        rig.LetMonitorLook();
        rig.Stopping = () => throw new AudioBackendException("unplugged");
        rig.Opening = () => throw new AudioBackendException("still unplugged");

        rig.Time.Advance(TimeSpan.FromMilliseconds(60));
        rig.Await(StreamState.Failsafe);
        foreach (var (attempt, pause) in new[] { 0.1, 0.2, 0.4, 0.8 }.Index())
        {
            rig.LetMonitorLook();
            Assert.Equal(1 + attempt, rig.Opened); // as long as time stands still nothing is tried
            rig.Time.Advance(TimeSpan.FromSeconds(pause + 0.06));
            Assert.True(SpinWait.SpinUntil(() => rig.Opened == 2 + attempt, FaultRig.Limit));
        }

        (rig.Stopping, rig.Opening) = (null, null);
        rig.LetMonitorLook();
        Assert.Contains("still unplugged", rig.Stream.LastError);
        rig.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.True(SpinWait.SpinUntil(() => rig.Opened == 6, FaultRig.Limit));
        Assert.True(SpinWait.SpinUntil(() => rig.Stream.IsRunning, FaultRig.Limit));
        rig.LetMonitorLook(); // the opening is over
        var heard = rig.PlayMany(2);
        rig.Await(StreamState.Running);
        Assert.Equal(0.5f, heard[^1]);
        Assert.InRange(FaultRig.LargestStep(heard), 0, NoClick);
        Assert.Equal(1, rig.Stream.GetStats().FailsafeEntries);
        rig.End();
    }

    [Fact]
    public void F02_InputUnplugged_IsFadedToSilenceWhileTheOutputKeepsItsClock()
    {
        var rig = new FaultRig().Start();
        rig.Stream.SetProcessor((input, output) => input.CopyTo(output));
        rig.PlayMany(3);

        float[] heard = [.. rig.PlayMany(1), .. rig.Play([]), .. rig.Play([]), .. rig.Play([])];

        Assert.InRange(FaultRig.LargestStep(heard), 0, NoClick);
        Assert.All(heard[(2 * FaultRig.BufferSize)..], sample => Assert.Equal(0, sample));
        Assert.Equal((StreamState.Running, 0, 3), (rig.Stream.State, rig.Stream.GetStats().RejectedBlocks, rig.Stream.GetStats().Xruns));
        Assert.Contains("no input", rig.Stream.LastError);
        heard = rig.PlayMany(2);
        Assert.InRange(FaultRig.LargestStep(heard), 0, NoClick);
        Assert.Equal(0.5f, heard[^1]);
        rig.End();
    }

    [Fact]
    public void F03_Xrun_IsCountedAndTheDeviceStaysOpen()
    {
        var rig = new FaultRig().Start();
        rig.PlayMany(2);

        for (var block = 0; block < 100; block++)
            Assert.Equal(0.25f, rig.Play(Filled(0.25f), AudioCallbackFlags.InputOverrun | AudioCallbackFlags.OutputUnderrun)[^1]);

        Assert.Equal((100, 0), (rig.Stream.GetStats().Xruns, rig.Stream.GetStats().RejectedBlocks));
        Assert.Equal((1, StreamState.Running), (rig.Opened, rig.Stream.State));
        rig.End();
    }

    [Fact]
    public void F04_DeviceThatDiesSoonAfterEachStart_IsBackedOffFromAndGivenUp()
    {
        var rig = new FaultRig().Start();
        var reasons = new List<string?>();
        rig.Stream.StateChanged += (_, change) => reasons.Add(change.To == StreamState.Failed ? change.Reason : null);

        while (rig.Stream.State != StreamState.Failed)
        {
            rig.PlayMany(2); // lives for ten milliseconds
            LookedOrGivenUp();
            rig.Time.Advance(TimeSpan.FromMilliseconds(60));
            LookedOrGivenUp();
            rig.Time.Advance(TimeSpan.FromSeconds(5.1));
            LookedOrGivenUp();
        }

        void LookedOrGivenUp()
        {
            var reads = rig.Time.Reads;
            Assert.True(SpinWait.SpinUntil(() => rig.Time.Reads > reads + 3 || rig.Stream.State == StreamState.Failed, FaultRig.Limit));
        }

        rig.Await(StreamState.Failed);
        Assert.Equal(11, rig.Opened);
        Assert.True(SpinWait.SpinUntil(() => reasons.Any(reason => reason is not null && reason.Contains("ten times in vain")), FaultRig.Limit));
        rig.Stream.Stop();
        Assert.Equal(StreamState.Stopped, rig.Stream.State);
        rig.End();
    }

    [Fact]
    public void F05_DeviceThatRunsHotWithoutBlocking_IsSilencedAndHeldBack()
    {
        var rig = new FaultRig().Start();
        var processed = 0;
        rig.Stream.SetProcessor((input, output) =>
        {
            processed++;
            input.CopyTo(output);
        });
        for (var block = 0; block < 1100; block++)
            rig.Play(Filled(0.5f), new float[FaultRig.BufferSize], AudioCallbackFlags.None, TimeSpan.FromMilliseconds(1)); // five times too fast

        rig.Await(StreamState.Failsafe);
        Assert.True(SpinWait.SpinUntil(() => rig.Play(Filled(0.5f), new float[FaultRig.BufferSize], AudioCallbackFlags.None, TimeSpan.Zero)[^1] == 0, FaultRig.Limit));

        var before = processed;
        rig.Play(Filled(0.5f), new float[FaultRig.BufferSize], AudioCallbackFlags.None, TimeSpan.Zero);
        Assert.Equal(before, processed); // the processing is left alone
        Assert.Contains("four times as fast", rig.Stream.LastError);
        rig.End();
    }

    [Fact]
    public void F06_UnplugThatNobodyReports_IsFoundByTheHeartbeatAlone()
    {
        var rig = new FaultRig().Start();
        rig.PlayMany(10);
        rig.LetMonitorLook();

        rig.Time.Advance(TimeSpan.FromMilliseconds(49));
        rig.LetMonitorLook();
        Assert.Equal(StreamState.Running, rig.Stream.State);
        rig.Time.Advance(TimeSpan.FromMilliseconds(2));
        rig.Await(StreamState.Failsafe);
        Assert.Contains("no block within 50 ms", rig.Stream.LastError);

        rig.Play(); // it was only late
        Assert.Equal((StreamState.Running, 1), (rig.Stream.State, rig.Opened));
        rig.End();
    }

    [Theory]
    [InlineData(128)]
    [InlineData(512)]
    [InlineData(333)]
    [InlineData(0)]
    public void F07_BlockOfAnotherSize_IsSilencedNeverOverrunAndLeftAfterTwoGoodSeconds(int frames)
    {
        var rig = new FaultRig().Start();
        rig.PlayMany(2);
        for (var block = 0; block < 5; block++)
            Assert.All(rig.Play(new float[frames], new float[frames], AudioCallbackFlags.None, FaultRig.BlockTime), sample => Assert.Equal(0, sample));

        Assert.Equal((StreamState.Failsafe, 5), (rig.Stream.State, rig.Stream.GetStats().RejectedBlocks));
        Assert.Contains("another length", rig.Stream.LastError);
        rig.PlayMany(FaultRig.RecoveryBlocks + 2);
        Assert.Equal((StreamState.Running, 0.5f), (rig.Stream.State, rig.Play()[^1]));
        rig.End();
    }

    [Fact]
    public void F08_RateThatTheDeviceDoesNotHave_MakesStartFalseWithBothRates()
    {
        using var folder = new TemporaryFolder();
        WavFile.Write(folder.PathOf("in.wav"), new float[100], 44100);
        using var pool = new BufferPool(256, 1);
        using var stream = new AudioStreamV2(-1, -1, pool, 48000, 256, new WavBackend(folder.PathOf("in.wav"), folder.PathOf("out.wav")));

        Assert.False(stream.Start());

        Assert.Contains("44100 Hz", stream.LastError);
        Assert.Contains("48000 Hz", stream.LastError);
        Assert.Equal((StreamState.Stopped, 0), (stream.State, pool.GetUsageStats().InUse));
    }

    [Theory]
    [InlineData(999, -1, "'999'")]
    [InlineData(-2, -1, "'-2'")]
    [InlineData(7, -1, "7 'speaker' is no input")]
    [InlineData(-1, 0, "0 'microphone' is no output")]
    public void F09_DeviceThatIsNotThereOrOfTheOtherKind_MakesStartFalseAndLeaksNothing(int input, int output, string reason)
    {
        var rig = new FaultRig(input: input, output: output);

        for (var attempt = 0; attempt < 10; attempt++)
            Assert.False(rig.Stream.Start());

        Assert.Contains(reason, rig.Stream.LastError);
        Assert.Equal((StreamState.Stopped, 0), (rig.Stream.State, rig.Pool.GetUsageStats().InUse));
        rig.End();
    }

    [Fact]
    public void F09_MinusOne_IsTheDefaultDevice() => new FaultRig(input: -1, output: -1).Start().End();

    [Fact]
    public void F10_MonoDeviceForAStereoStream_MakesStartFalseWithBothCounts()
    {
        var rig = new FaultRig(channels: 2);

        Assert.False(rig.Stream.Start());

        Assert.Contains("has 1 channel(s), the stream needs 2", rig.Stream.LastError);
        rig.End();
    }

    [Fact]
    public async Task F11_StartFromEightThreads_SucceedsOnceAndTwiceNever()
    {
        for (var round = 0; round < 20; round++)
        {
            var rig = new FaultRig();
            using var gate = new Barrier(8);
            var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(() =>
            {
                gate.SignalAndWait();
                return rig.Stream.Start();
            }, TaskCreationOptions.LongRunning))).WaitAsync(FaultRig.Limit);

            Assert.Single(results, result => result);
            Assert.False(rig.Stream.Start());
            Assert.Equal((1, StreamState.Running), (rig.Opened, rig.Stream.State));
            rig.End();
        }
    }

    [Fact]
    public async Task F12_StopWhileStarting_EndsStoppedWithoutDeadlock()
    {
        var rig = new FaultRig();
        Task? stopping = null;
        rig.Starting = () =>
        {
            using var begun = new ManualResetEventSlim();
            stopping = Task.Factory.StartNew(() =>
            {
                begun.Set();
                rig.Stream.Stop();
            }, TaskCreationOptions.LongRunning);
            begun.Wait();
        };

        Assert.True(rig.Stream.Start());
        await stopping!.WaitAsync(FaultRig.Limit);
        rig.Stream.Stop();

        Assert.Equal((StreamState.Stopped, 1), (rig.Stream.State, rig.Closed));
        rig.End();
    }

    [Fact]
    public void F12_StopInsideTheCallback_EndsStoppedWithoutDeadlock()
    {
        var rig = new FaultRig().Start();
        rig.Stream.SetProcessor((_, output) =>
        {
            output.Clear();
            rig.Stream.Stop();
            rig.Stream.Stop();
        });

        rig.PlayMany(3);

        rig.Await(StreamState.Stopped);
        Assert.Equal(1, rig.Closed);
        rig.End();
    }

    [Fact]
    public void F13_DisposeInsideTheCallbackAndAgain_ClosesOnceAndPlaysSilenceAfterwards()
    {
        var rig = new FaultRig().Start();
        rig.Stream.SetProcessor((input, output) =>
        {
            input.CopyTo(output);
            rig.Stream.Dispose();
        });
        rig.PlayMany(4);
        rig.Await(StreamState.Stopped);
        rig.Stream.Dispose();

        Assert.Equal(0, rig.Play()[^1]); // a device that calls once more finds nothing freed
        Assert.Equal(1, rig.Closed);
        Assert.False(rig.Stream.Start());
        rig.End();
    }

    [Theory]
    [InlineData(ProcessingMode.Inline)]
    [InlineData(ProcessingMode.Offloaded)]
    public async Task F13_DisposeWhileBlocksPass_NeverTouchesWhatIsGone(ProcessingMode mode)
    {
        for (var round = 0; round < 100; round++)
        {
            using var pool = new BufferPool(256, 2, 1, strict: true);
            using var stream = new AudioStreamV2(0, 0, pool, bufferSize: 64, backend: new LoopbackBackend(realTime: false), options: new AudioStreamOptions { ProcessingMode = mode });
            var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            stream.SetProcessor((input, output) =>
            {
                output.Fill(0.5f);
                begun.TrySetResult();
            });
            Assert.True(stream.Start());
            await begun.Task.WaitAsync(FaultRig.Limit);

            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(stream.Dispose))).WaitAsync(FaultRig.Limit);

            Assert.Equal((StreamState.Stopped, 0), (stream.State, stream.GetStats().RejectedBlocks));
            Assert.Equal(0, pool.GetUsageStats().InUse);
            Assert.Empty(pool.ValidateIntegrity().Problems); // poison included: nobody wrote to what was given back
        }
    }

    [Fact]
    public void F16_BlocksThatComeInBursts_AreAllPlayedAndNoneIsBad()
    {
        var rig = new FaultRig().Start();
        rig.Stream.SetProcessor((input, output) => input.CopyTo(output));
        rig.PlayMany(2, 0);
        for (var burst = 0; burst < 200; burst++)
        {
            var value = burst / 200f;
            for (var block = 0; block < 3; block++)
                Assert.Equal(Filled(value), rig.Play(Filled(value), new float[FaultRig.BufferSize], AudioCallbackFlags.None, block == 0 ? 3 * FaultRig.BlockTime : TimeSpan.Zero));
        }

        Assert.Equal((StreamState.Running, 0, 0), (rig.Stream.State, rig.Stream.GetStats().RejectedBlocks, rig.Stream.GetStats().DeadlineMisses));
        rig.End();
    }

    [Fact]
    public void F17_WallClockThatJumps_IsNeverLookedAt()
    {
        var rig = new FaultRig().Start(); // its wall clock throws
        rig.PlayMany(50);
        rig.LetMonitorLook();
        rig.Time.Advance(TimeSpan.FromMilliseconds(60));
        rig.Await(StreamState.Failsafe);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(SpinWait.SpinUntil(() => rig.Opened == 2, FaultRig.Limit));
        rig.LetMonitorLook();
        rig.PlayMany(2);
        rig.Await(StreamState.Running);
        rig.End();

        Assert.Equal(0, rig.Time.WallClockReads);
    }

    [Theory]
    [InlineData(ProcessingMode.Inline, 0)]
    [InlineData(ProcessingMode.Offloaded, 1)]
    public void F18_ResumeAfterTenSeconds_RecoversOnceAndPlaysNothingOfBefore(ProcessingMode mode, int blocksLate)
    {
        var rig = new FaultRig(new AudioStreamOptions { ProcessingMode = mode, FailsafeMode = FailsafeMode.Bypass }).Start();
        rig.PlayMany(5, 0.9f);

        rig.Time.Advance(TimeSpan.FromSeconds(10));
        var heard = rig.PlayMany(2 + blocksLate, 0.1f);

        Assert.All(heard, sample => Assert.InRange(sample, 0, 0.1f)); // 0.9 is stale
        Assert.Equal(0.1f, heard[(1 + blocksLate) * FaultRig.BufferSize - 1]); // as late as ever
        Assert.InRange(FaultRig.LargestStep(heard), 0, NoClick);
        Assert.Equal(StreamState.Running, rig.Stream.State);
        Assert.InRange(rig.Stream.GetStats().FailsafeEntries, 0, 1);
        rig.End();
    }

    [Theory]
    [InlineData(ProcessingMode.Inline)]
    [InlineData(ProcessingMode.Offloaded)]
    public void F19_Restart_PlaysNothingOfTheRunBeforeAndFadesIn(ProcessingMode mode)
    {
        var rig = new FaultRig(new AudioStreamOptions { ProcessingMode = mode, FailsafeMode = FailsafeMode.Hold }).Start();
        rig.PlayMany(5, 0.9f);
        rig.Stream.Stop();
        rig.Start();

        var heard = rig.PlayMany(3, 0.1f);

        Assert.All(heard, sample => Assert.InRange(sample, 0, 0.1f));
        Assert.InRange(FaultRig.LargestStep(heard.Prepend(0)), 0, NoClick);
        Assert.Equal(0.1f, heard[^1]);
        rig.End();
    }

    [Fact]
    public async Task F74_StopWhileItPlays_FadesOutWithinTwentyMilliseconds()
    {
        var rig = new FaultRig().Start();
        List<float> heard = [.. rig.PlayMany(4)];
        var stopping = Task.Factory.StartNew(rig.Stream.Stop, TaskCreationOptions.LongRunning);
        Assert.True(SpinWait.SpinUntil(() => rig.Stream.State != StreamState.Running, FaultRig.Limit));
        var before = heard.Count;
        while (!stopping.IsCompleted)
            heard.AddRange(rig.Play());
        await stopping;

        Assert.InRange(FaultRig.LargestStep(heard.Skip(FaultRig.BufferSize)), 0, NoClick);
        Assert.InRange(heard.FindIndex(before, sample => sample == 0) - before, 1, FaultRig.SampleRate / 50);
        rig.End();
    }

    private static float[] Filled(float value)
    {
        var block = new float[FaultRig.BufferSize];
        Array.Fill(block, value);
        return block;
    }
}
