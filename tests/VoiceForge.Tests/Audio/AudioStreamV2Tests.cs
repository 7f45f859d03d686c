using System.Collections.Concurrent;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class AudioStreamV2Tests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly BufferPool _pool = new(slotSizeSamples: 256, numSlots: 4, channels: 2);
    private readonly VirtualBackend _backend = new();
    private readonly AudioStreamV2 _stream;

    public AudioStreamV2Tests() => _stream = new AudioStreamV2(0, 7, _pool, sampleRate: 48000, bufferSize: 64, _backend);

    public void Dispose()
    {
        _stream.Dispose();
        _pool.Dispose();
    }

    [Fact]
    public void Start_OpensWhatWasAskedForAndTakesChannelsFromThePool()
    {
        Assert.Equal(StreamState.Stopped, _stream.State);

        Assert.True(_stream.Start());

        Assert.Equal(StreamState.Running, _stream.State);
        Assert.True(_stream.IsRunning);
        Assert.Null(_stream.LastError);
        Assert.Equal(new AudioStreamFormat(0, 7, 48000, 64, Channels: 2), _backend.Format);
        Assert.Equal(1, _pool.GetUsageStats().InUse);
    }

    [Fact]
    public void StopAndRestart_GiveEverythingBackEachTime()
    {
        for (var run = 1; run <= 3; run++)
        {
            Assert.True(_stream.Start());
            _stream.Stop();
            _stream.Stop();

            Assert.Equal(StreamState.Stopped, _stream.State);
            Assert.Equal((run, run), (_backend.Opened, _backend.Closed));
            Assert.Equal(0, _pool.GetUsageStats().InUse);
        }
    }

    [Fact]
    public void SecondStart_IsFalseAndLeavesTheStreamRunning()
    {
        Assert.True(_stream.Start());

        Assert.False(_stream.Start());

        Assert.Contains("Running", _stream.LastError);
        Assert.Equal(StreamState.Running, _stream.State);
        Assert.Equal(1, _backend.Opened);
    }

    [Fact]
    public async Task StartFromManyThreads_SucceedsOnce()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(_stream.Start))).WaitAsync(Limit);

        Assert.Single(results, result => result);
        Assert.Equal(1, _backend.Opened);
    }

    [Fact]
    public void StartAfterDispose_IsFalse()
    {
        _stream.Dispose();
        _stream.Dispose();

        Assert.False(_stream.Start());
        Assert.Contains("disposed", _stream.LastError);
    }

    [Fact]
    public void FailingDevice_MakesStartFalseAndLeavesNothingBehind()
    {
        foreach (var backend in new[]
        {
            new VirtualBackend { FailOnOpen = new AudioBackendException("unplugged") },
            new VirtualBackend { FailOnStart = new InvalidOperationException("unplugged") },
        })
        {
            using var stream = new AudioStreamV2(0, 1, _pool, backend: backend);

            Assert.False(stream.Start());

            Assert.Equal("unplugged", stream.LastError);
            Assert.Equal(StreamState.Stopped, stream.State);
            Assert.Equal(backend.Opened, backend.Closed);
            Assert.Equal(0, _pool.GetUsageStats().InUse);
        }
    }

    [Fact]
    public void F34_ExhaustedPool_MakesStartFalseWithTheKeyAndRecovers()
    {
        var leases = Enumerable.Range(0, 4).Select(_ => _pool.Acquire()).ToList();

        Assert.False(_stream.Start());
        Assert.Contains("buffer_pool.num_slots", _stream.LastError);

        leases.ForEach(lease => lease.Dispose());
        Assert.True(_stream.Start());
        Assert.Null(_stream.LastError);
    }

    [Fact]
    public async Task DeviceThatFailedWhileItRan_LeadsToFailedAndStopToStopped()
    {
        var backend = new VirtualBackend { FailOnStop = new AudioBackendException("disk full") };
        using var stream = new AudioStreamV2(0, 1, _pool, bufferSize: 64, backend: backend);
        var failed = Observe(stream, change => change.To == StreamState.Failed);
        Assert.True(stream.Start());

        backend.Play(backend.Block(0), AudioCallbackFlags.EndOfInput);

        Assert.Equal("disk full", (await failed.WaitAsync(Limit)).Reason);
        Assert.Equal(StreamState.Failed, stream.State);
        Assert.Equal("disk full", stream.LastError);
        Assert.False(stream.Start());
        stream.Stop();
        Assert.Equal(StreamState.Stopped, stream.State);
    }

    [Fact]
    public async Task EndOfInput_StopsTheStreamByItself()
    {
        var stopped = Observe(_stream, change => change.To == StreamState.Stopped);
        _stream.Start();

        _backend.Play(_backend.Block(0), AudioCallbackFlags.EndOfInput);

        await stopped.WaitAsync(Limit);
        Assert.Equal(StreamState.Stopped, _stream.State);
        Assert.Equal(1, _backend.Closed);
    }

    [Fact]
    public async Task StopAndStartInsideTheCallback_OnlyRequestAndReturn()
    {
        var stopped = Observe(_stream, change => change.To == StreamState.Stopped);
        var started = true;
        _stream.SetProcessor((_, output) =>
        {
            output.Clear();
            _stream.Stop();
            started = _stream.Start();
            _stream.Dispose();
        });
        _stream.Start();

        _backend.Play(0.5f);
        Assert.Equal(0, _backend.Play(0.5f)[0]); // stopping: silence

        await stopped.WaitAsync(Limit);
        Assert.False(started);
        Assert.Equal(StreamState.Stopped, _stream.State);
        Assert.Equal(1, _backend.Closed);
    }

    [Fact]
    public async Task StopFromManyThreadsAndTheCallback_EndsStopped()
    {
        for (var run = 0; run < 50; run++)
        {
            using var stream = new AudioStreamV2(0, 1, _pool, bufferSize: 64, backend: new LoopbackBackend(realTime: false));
            var isInside = new TaskCompletionSource();
            stream.SetProcessor((_, output) =>
            {
                output.Clear();
                isInside.TrySetResult();
                stream.Stop();
            });
            Assert.True(stream.Start());
            await isInside.Task.WaitAsync(Limit);

            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(stream.Stop))).WaitAsync(Limit);

            Assert.Equal(StreamState.Stopped, stream.State);
        }
    }

    [Fact]
    public async Task StateChanges_ComeInOrderOffTheCallersAndTheAudioThread()
    {
        var changes = new ConcurrentQueue<(StreamStateChange Change, int Thread)>();
        var done = new TaskCompletionSource();
        _stream.StateChanged += (_, change) =>
        {
            changes.Enqueue((change, Environment.CurrentManagedThreadId));
            if (change.To == StreamState.Stopped)
                done.SetResult();
            throw new InvalidOperationException("a handler's own fault");
        };
        _stream.SetProcessingCallback(_ => null!);

        _stream.Start();
        for (var block = 0; block < 5; block++)
            _backend.Play(0.5f);
        _stream.Stop();
        var caller = Environment.CurrentManagedThreadId;
        await done.Task.WaitAsync(Limit);

        Assert.Equal(
            [
                new(StreamState.Stopped, StreamState.Starting, null),
                new(StreamState.Starting, StreamState.Running, null),
                new(StreamState.Running, StreamState.Failsafe, "The processing callback returned null; it must return as many samples as it gets."),
                new(StreamState.Failsafe, StreamState.Stopping, null),
                new(StreamState.Stopping, StreamState.Stopped, null),
            ],
            changes.Select(entry => entry.Change));
        Assert.DoesNotContain(changes, entry => entry.Thread == caller);
    }

    [Fact]
    public void DisposedPool_DoesNotTakeTheBuffersFromARunningStream()
    {
        _stream.SetProcessor((input, output) => input.CopyTo(output));
        _stream.Start();

        _pool.Dispose();

        Assert.Equal(0.5f, _backend.Play(0.5f)[^1]);
        _stream.Stop();
        Assert.False(_stream.Start());
    }

    [Theory]
    [InlineData(7999, 64)]
    [InlineData(192001, 64)]
    [InlineData(48000, 31)]
    [InlineData(48000, 257)] // more than a slot of the pool
    public void NumberOutOfRange_IsRefused(int sampleRate, int bufferSize) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AudioStreamV2(0, 1, _pool, sampleRate, bufferSize, _backend));

    private static Task<StreamStateChange> Observe(AudioStreamV2 stream, Func<StreamStateChange, bool> wanted)
    {
        var seen = new TaskCompletionSource<StreamStateChange>(TaskCreationOptions.RunContinuationsAsynchronously);
        stream.StateChanged += (_, change) =>
        {
            if (wanted(change))
                seen.TrySetResult(change);
        };
        return seen.Task;
    }
}
