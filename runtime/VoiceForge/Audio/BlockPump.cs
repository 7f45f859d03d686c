using System.Diagnostics;

namespace VoiceForge.Audio;

/// <summary>The thread that stands in for a sound card: calls a step once per block, in time with the clock or as fast as it goes.</summary>
internal sealed class BlockPump
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Thread _thread;
    private readonly Func<bool> _step;
    private readonly long _blockTicks; // of Stopwatch; 0 is as fast as possible
    private volatile bool _stopRequested;
    private bool _started;

    /// <param name="format">Gives the length of a block.</param>
    /// <param name="realTime">Whether blocks come in time with the clock.</param>
    /// <param name="step">One block; <see langword="false"/> ends the thread.</param>
    public BlockPump(AudioStreamFormat format, bool realTime, Func<bool> step)
    {
        _step = step;
        _blockTicks = realTime ? Stopwatch.Frequency * format.BufferSize / format.SampleRate : 0;
        _thread = new Thread(Run) { IsBackground = true, Name = "VoiceForge device", Priority = ThreadPriority.Highest };
    }

    /// <summary>What ended the thread early. To be read after <see cref="Stop"/>.</summary>
    public Exception? Failure { get; private set; }

    public void Start()
    {
        _started = true;
        _thread.Start();
    }

    /// <summary>Returns when the last step has returned, or at once the second time.</summary>
    /// <exception cref="AudioBackendException">The step has not come back in time; the thread ends when it does.</exception>
    public void Stop()
    {
        if (!_started)
            return;

        _started = false;
        _stopRequested = true;
        if (!_thread.Join(Patience))
            throw new AudioBackendException($"The block under way has not been processed within {Patience.TotalSeconds:0} s; what comes after it is lost.");
    }

    private void Run()
    {
        try
        {
            // Deadlines count from the start: a block that comes late does not delay those after it.
            var start = Stopwatch.GetTimestamp();
            for (var block = 1L; !_stopRequested && _step(); block++)
                WaitUntil(start + block * _blockTicks);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Failure = exception;
        }
    }

    private void WaitUntil(long deadline)
    {
        if (_blockTicks == 0)
            return;

        var left = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), deadline);
        if (left > TimeSpan.Zero)
            Thread.Sleep(left);
    }
}
