using System.Runtime.InteropServices;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Faults;

/// <summary>Processing that returns the wrong thing, throws, hangs, or disturbs its thread. Numbers are those of docs/faults.md.</summary>
public sealed partial class CallbackFaultTests
{
    private const float NoClick = 0.008f;

    public static TheoryData<ProcessingMode, string> Exceptions()
    {
        var cases = new TheoryData<ProcessingMode, string>();
        foreach (var mode in Enum.GetValues<ProcessingMode>())
        {
            foreach (var type in new[] { typeof(OutOfMemoryException), typeof(NullReferenceException), typeof(AccessViolationException), typeof(OperationCanceledException), typeof(InsufficientExecutionStackException) })
                cases.Add(mode, type.FullName!);
        }

        return cases;
    }

    [Theory]
    [InlineData(true, "returned null")]
    [InlineData(false, "returned 0 for 256")]
    public void F20_NullOrEmptyResult_IsReplacedCountedAndNamed(bool isNull, string reason) =>
        AssertReplaced(_ => isNull ? null! : [], reason);

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(256)]
    public void F21_ResultOfAnotherLength_IsReplacedAsAWhole(int more) =>
        AssertReplaced(_ => [.. Enumerable.Repeat(0.9f, FaultRig.BufferSize + more)], $"returned {FaultRig.BufferSize + more} for 256");

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void F22_OneSampleOrAllNotFinite_IsReplacedAndPoisonsNothingAfterwards(float value)
    {
        for (var position = 0; position < FaultRig.BufferSize; position += 17)
        {
            var broken = position;
            AssertReplaced(block =>
            {
                block[broken] = value;
                return block;
            }, "not finite");
        }

        AssertReplaced(block => [.. Enumerable.Repeat(value, block.Length)], "not finite");
    }

    [Fact]
    public void F23_Denormals_AreZeroBeforeAndAfterTheProcessing()
    {
        var rig = new FaultRig().Start();
        var got = new List<float>();
        rig.Stream.SetProcessor((input, output) =>
        {
            got.AddRange(input);
            output.Fill(-1e-40f);
            output[7] = 1e-19f; // quiet, but no denormal
        });
        rig.PlayMany(3, 0);
        got.Clear();

        var heard = rig.Play(1e-40f);

        Assert.All(got, sample => Assert.Equal(0, sample));
        Assert.Equal(1e-19f, heard[7]);
        Assert.All(heard.Where((_, index) => index != 7), sample => Assert.Equal(0, sample));
        rig.End();
    }

    [Theory]
    [InlineData(1e6f, 0, 1)]
    [InlineData(-1e30f, 0, 1)]
    [InlineData(float.MaxValue, 0, 1)]
    [InlineData(7.9f, 1, 0)] // limited
    [InlineData(0.99f, 0.99f, 0)] // an offset is sound
    public void F24_HugeOrConstantOutput_NeverExceedsOne(float value, float expected, int rejected)
    {
        var rig = new FaultRig().Start();
        rig.Stream.SetProcessor((_, output) => output.Fill(0));
        rig.PlayMany(2);
        rig.Stream.SetProcessor((_, output) => output.Fill(value));

        var heard = rig.Play();

        Assert.Equal(expected, heard[^1]);
        Assert.Equal(rejected, rig.Stream.GetStats().RejectedBlocks);
        rig.End();
    }

    [Theory]
    [MemberData(nameof(Exceptions))]
    public void F25_AnyException_IsCaughtAtTheBoundaryAndLeadsToFailsafe(ProcessingMode mode, string type)
    {
        var rig = new FaultRig(new AudioStreamOptions { ProcessingMode = mode }, isLive: false).Start();
        var exception = (Exception)Activator.CreateInstance(typeof(object).Assembly.GetType(type)!)!;
        rig.Stream.SetProcessor((_, _) => throw exception);

        Assert.All(rig.PlayMany(4 + (mode == ProcessingMode.Offloaded ? 1 : 0)), sample => Assert.Equal(0, sample));
        Assert.Equal(StreamState.Running, rig.Stream.State);
        rig.Play();

        Assert.Equal(StreamState.Failsafe, rig.Stream.State);
        Assert.Contains($"threw {exception.GetType().Name}", rig.Stream.LastError);
        rig.End();
    }

    [Theory]
    [InlineData(6)]
    [InlineData(50)]
    public void F26_SlowProcessing_IsCountedThenTriedOnlyNowAndThen(int milliseconds)
    {
        var rig = new FaultRig().Start();
        var tries = 0;
        rig.Stream.SetProcessor((input, output) =>
        {
            tries++;
            input.CopyTo(output);
            rig.Time.Advance(TimeSpan.FromMilliseconds(milliseconds));
        });

        rig.PlayMany(5);
        Assert.Equal((StreamState.Failsafe, 5, 5), (rig.Stream.State, rig.Stream.GetStats().DeadlineMisses, tries));

        var heard = rig.PlayMany(FaultRig.RecoveryBlocks);
        Assert.Equal(5, tries); // left alone for two seconds
        rig.PlayMany(FaultRig.RecoveryBlocks);
        Assert.Equal(6, tries); // still slow, so again
        Assert.All(heard.Skip(FaultRig.BufferSize), sample => Assert.Equal(0, sample));
        rig.End();
    }

    [Fact]
    public async Task F26_InlineProcessingThatNeverReturns_BlocksNeitherStopNorLaterRuns()
    {
        using var pool = new BufferPool(256, 2);
        using var stream = new AudioStreamV2(0, 0, pool, backend: new LoopbackBackend(realTime: false));
        using var begun = new ManualResetEventSlim();
        using var release = new ManualResetEventSlim();
        stream.SetProcessor((_, output) =>
        {
            begun.Set();
            release.Wait();
            output.Clear();
        });
        Assert.True(stream.Start());
        Assert.True(begun.Wait(FaultRig.Limit));

        await Task.Run(stream.Stop).WaitAsync(FaultRig.Limit);
        Assert.Equal(StreamState.Stopped, stream.State);
        Assert.Contains("not returned within a second", stream.LastError);
        Assert.False(stream.Start()); // its buffers are still in use
        Assert.Equal(1, pool.GetUsageStats().InUse);

        release.Set();
        Assert.True(SpinWait.SpinUntil(() => pool.GetUsageStats().InUse == 0, FaultRig.Limit));
        Assert.True(SpinWait.SpinUntil(stream.Start, FaultRig.Limit), stream.LastError);
        stream.Stop();
        Assert.Equal(StreamState.Stopped, stream.State);
    }

    [Fact]
    public void F27_ProcessingThatAllocates_WorksAndIsReported()
    {
        var rig = new FaultRig().Start();
        rig.PlayMany(3);
        var before = rig.Stream.GetStats().AllocatedBytes;
        rig.PlayMany(10);
        Assert.Equal(before, rig.Stream.GetStats().AllocatedBytes); // nothing of our own

        byte[]? kept = null;
        rig.Stream.SetProcessor((input, output) =>
        {
            kept = new byte[1 << 20];
            input.CopyTo(output);
        });
        Assert.Equal(0.5f, rig.PlayMany(10)[^1]);

        Assert.Equal(1 << 20, kept!.Length);
        Assert.True(rig.Stream.GetStats().AllocatedBytes - before >= 10 << 20);
        Assert.Equal(StreamState.Running, rig.Stream.State);
        rig.End();
    }

    [Theory]
    [InlineData(ProcessingMode.Inline)]
    [InlineData(ProcessingMode.Offloaded)]
    public async Task F28_LockHeldByAnotherThread_CostsSoundButNeitherStateNorStop(ProcessingMode mode)
    {
        var rig = new FaultRig(new AudioStreamOptions { ProcessingMode = mode }).Start();
        var gate = new Lock();
        var begun = new ManualResetEventSlim();
        rig.Stream.SetProcessor((input, output) =>
        {
            begun.Set();
            lock (gate)
                input.CopyTo(output);
        });
        var audio = Task.CompletedTask;
        using (gate.EnterScope()) // what a user interface does
        {
            audio = Task.Factory.StartNew(() => rig.PlayMany(mode == ProcessingMode.Inline ? 1 : 8), TaskCreationOptions.LongRunning);
            Assert.True(begun.Wait(FaultRig.Limit));
            if (mode == ProcessingMode.Inline)
            {
                rig.LetMonitorLook();
                rig.Time.Advance(TimeSpan.FromMilliseconds(60));
            }

            Assert.True(SpinWait.SpinUntil(() => rig.Stream.State == StreamState.Failsafe, FaultRig.Limit)); // while it is still held
        }

        await audio.WaitAsync(FaultRig.Limit);
        Assert.Equal(1, rig.Opened); // a device that is held up by its callback is not taken for unplugged
        rig.Stream.Stop();
        Assert.Equal(StreamState.Stopped, rig.Stream.State);
        rig.End();
    }

    [Fact]
    public void F29_ArrayThatIsReturnedAndWrittenToLater_ChangesNothingThatIsPlayed()
    {
        var rig = new FaultRig().Start();
        var kept = new List<float[]>();
        rig.Stream.SetProcessingCallback(block =>
        {
            foreach (var earlier in kept)
                Array.Fill(earlier, float.NaN);
            kept.Add(block);
            return block;
        });
        rig.PlayMany(4, 0.1f);

        for (var number = 1; number <= 50; number++)
            Assert.Equal(number / 100f, rig.Play(number / 100f)[^1]);

        Assert.Equal(kept.Count, kept.Distinct().Count()); // never the same array twice
        Assert.Equal(0, rig.Stream.GetStats().RejectedBlocks);
        rig.End();
    }

    [LinuxTheory]
    [InlineData(0x400, 0x800000)] // down
    [InlineData(0x800, 0x400000)] // up
    [InlineData(0xC00, 0xC00000)] // towards zero
    public void F30_RoundingThatTheProcessingLeavesChanged_IsPutRightAndReported(int x86, int arm)
    {
        var mode = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86 ? x86 : arm;
        var rig = new FaultRig().Start();
        var isDisturbing = true;
        rig.Stream.SetProcessor((input, output) =>
        {
            input.CopyTo(output);
            if (isDisturbing)
                Assert.Equal(0, fesetround(mode));
        });

        rig.PlayMany(3);
        isDisturbing = false;
        Assert.Equal(0, fegetround()); // to nearest
        rig.PlayMany(3);

        Assert.Equal((3, 0), (rig.Stream.GetStats().FloatingPointRepairs, rig.Stream.GetStats().RejectedBlocks));
        Assert.Contains("rounds", rig.Stream.LastError);
        rig.End();
    }

    [Fact]
    public void F31_FiveBadBlocks_EnterFailsafeTwoGoodSecondsLeaveItAndNothingClicks()
    {
        var rig = new FaultRig().Start();
        var isBad = false;
        rig.Stream.SetProcessor((input, output) => output.Fill(isBad ? float.NaN : 0.8f));
        List<float> heard = [.. rig.PlayMany(3)];

        isBad = true;
        heard.AddRange(rig.PlayMany(4));
        Assert.Equal(StreamState.Running, rig.Stream.State);
        heard.AddRange(rig.Play());
        Assert.Equal(StreamState.Failsafe, rig.Stream.State);
        isBad = false;
        heard.AddRange(rig.PlayMany(FaultRig.RecoveryBlocks - 1));
        Assert.Equal(StreamState.Failsafe, rig.Stream.State);
        heard.AddRange(rig.PlayMany(3));
        Assert.Equal(StreamState.Running, rig.Stream.State);

        Assert.Equal(0.8f, heard[^1]);
        Assert.InRange(FaultRig.LargestStep(heard.Prepend(0)), 0, NoClick);
        rig.End();
    }

    [Theory]
    [InlineData(2, true)]
    [InlineData(4, true)]
    [InlineData(5, false)] // eight of forty
    public void F32_ErrorEveryFewBlocks_IsNotHiddenByTheGoodOnesBetween(int period, bool isFailsafe)
    {
        var rig = new FaultRig().Start();
        var number = 0;
        rig.Stream.SetProcessor((_, output) => output.Fill(number++ % period == 0 ? float.NaN : 0.5f));

        rig.PlayMany(400);

        Assert.Equal(isFailsafe ? StreamState.Failsafe : StreamState.Running, rig.Stream.State);
        rig.End();
    }

    [Theory]
    [InlineData(FailsafeMode.Auto, ProcessingMode.Inline)]
    [InlineData(FailsafeMode.Mute, ProcessingMode.Inline)]
    [InlineData(FailsafeMode.Hold, ProcessingMode.Inline)]
    [InlineData(FailsafeMode.Auto, ProcessingMode.Offloaded)]
    [InlineData(FailsafeMode.Hold, ProcessingMode.Offloaded)]
    public void F33_FailingVoiceConversion_NeverLetsTheSpeakersOwnVoiceThrough(FailsafeMode failsafe, ProcessingMode processing)
    {
        var rig = new FaultRig(new AudioStreamOptions { FailsafeMode = failsafe, ProcessingMode = processing }, isLive: false);
        var number = 0;
        rig.Stream.SetProcessor((_, output) => output.Fill((++number / 7) % 3 == 0 ? 0.125f : float.NaN)); // good and bad in turn
        rig.Start();

        var heard = rig.PlayMany(1000, 0.9f);

        Assert.All(heard, sample => Assert.InRange(sample, 0, 0.125f));
        Assert.True(rig.Stream.GetStats().FailsafeEntries > 0);
        rig.End();
    }

    private static void AssertReplaced(Func<float[], float[]> broken, string reason)
    {
        var rig = new FaultRig().Start();
        rig.Stream.SetProcessingCallback(block => Array.ConvertAll(block, _ => 0.25f));
        rig.PlayMany(3);
        rig.Stream.SetProcessingCallback(broken);

        var heard = rig.Play();
        Assert.Equal(0, heard[^1]); // silence, faded to
        Assert.InRange(FaultRig.LargestStep(heard.Prepend(0.25f)), 0, NoClick);
        Assert.Contains(reason, rig.Stream.LastError);
        Assert.Equal((1, StreamState.Running), (rig.Stream.GetStats().RejectedBlocks, rig.Stream.State));

        rig.Stream.SetProcessingCallback(block => Array.ConvertAll(block, _ => 0.25f));
        Assert.Equal(0.25f, rig.Play()[^1]);
        rig.End();
    }

    [LibraryImport("libm.so.6")]
    private static partial int fesetround(int mode);

    [LibraryImport("libm.so.6")]
    private static partial int fegetround();
}
