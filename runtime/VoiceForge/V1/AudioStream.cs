using System.ComponentModel;
using System.Diagnostics;

namespace VoiceForge.Audio;

/// <summary>A mono audio stream that hands blocks of 4096 frames to a worker thread, through two locked rings.</summary>
/// <remarks>
/// Any thread may call any member. Adds 4096 frames of latency, plus what the worker needs; at the end of an input file those frames are not played. The callback's output is not checked. When the
/// callback throws or returns <see langword="null"/>, the worker ends, silence is played and <see cref="IsRunning"/> is <see langword="false"/>.
/// Devices are chosen as for <see cref="T:VoiceForge.Audio.AudioStreamV2"/> without a backend.
/// </remarks>
#if !LEGACY_SDK
[Obsolete(
    "AudioStream is V1. Use AudioStreamV2 with a BufferPool and check what Start returns.",
    DiagnosticId = "MKOBSOLETE", UrlFormat = "https://github.com/migrationkit/migrationkit/blob/main/docs/rules/MK0103.md")]
[EditorBrowsable(EditorBrowsableState.Never)]
#endif
public class AudioStream : IDisposable
{
    private const int PullFrames = 4096;
    private const int RingFrames = 16 * PullFrames;

    private readonly Lock _lock = new();
    private readonly AudioStreamFormat _format;
    private readonly IAudioBackend? _givenBackend;
    private readonly RingBuffer _recorded = new(RingFrames);
    private readonly RingBuffer _played = new(RingFrames);
    private readonly AutoResetEvent _arrived = new(false);
    private IAudioBackend? _ownBackend;
    private IAudioDeviceStream? _device;
    private Thread? _worker;
    private volatile Func<float[], float[]>? _callback;
    private volatile bool _isRunning;

    /// <param name="inputDeviceIndex">Index of an input, or -1 for the default.</param>
    /// <param name="outputDeviceIndex">Index of an output, or -1 for the default.</param>
    /// <param name="sampleRate">In Hz; more than 0.</param>
    /// <param name="bufferSize">Frames per device block; 1 to 4096.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public AudioStream(int inputDeviceIndex, int outputDeviceIndex, int sampleRate = 48000, int bufferSize = 256)
        : this(inputDeviceIndex, outputDeviceIndex, sampleRate, bufferSize, backend: null)
    {
    }

    internal AudioStream(int inputDeviceIndex, int outputDeviceIndex, int sampleRate, int bufferSize, IAudioBackend? backend)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bufferSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bufferSize, PullFrames);
        _format = new AudioStreamFormat(inputDeviceIndex, outputDeviceIndex, sampleRate, bufferSize, Channels: 1);
        _givenBackend = backend;
    }

    /// <summary>Whether audio flows. Becomes <see langword="false"/> by itself at the end of an input file.</summary>
    public bool IsRunning => _isRunning;

    /// <summary>Frames that wait to be played.</summary>
    internal int FramesToPlay => _played.Available;

    /// <summary>Sets what turns 4096 frames into 4096 frames, on the worker thread; <see langword="null"/> passes audio through.</summary>
    /// <param name="callback">Gets an array that it may keep.</param>
    public virtual void SetProcessingCallback(Func<float[], float[]>? callback) => _callback = callback;

    /// <summary>Opens the device and starts audio. Does nothing while it flows.</summary>
    /// <exception cref="IOException">The device cannot be opened; the message says why.</exception>
    public virtual void Start()
    {
        lock (_lock)
        {
            if (_isRunning)
                return;

            Close();
            _recorded.Clear();
            _played.Clear();
            try
            {
                var format = _format;
                if (_givenBackend is null)
                {
                    var config = AudioBackendSelection.FindConfig();
                    _ownBackend = AudioBackendSelection.Create(config);
                    format = AudioBackendSelection.ChooseDevices(_ownBackend, format, config);
                }

                _device = (_givenBackend ?? _ownBackend!).Open(format, OnBlock);
                _isRunning = true;
                _worker = new Thread(Work) { IsBackground = true, Name = "VoiceForge V1 worker" };
                _worker.Start();
                _device.Start();
            }
            catch
            {
                Close();
                throw;
            }
        }
    }

    /// <summary>Stops audio and closes the device. Does nothing on a stopped stream. From the callback it only requests the stop.</summary>
    public virtual void Stop()
    {
        if (Thread.CurrentThread == _worker)
        {
            _isRunning = false;
            return;
        }

        lock (_lock)
        {
            Close();
        }
    }

    /// <summary>Stops the stream.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the stream.</summary>
    /// <param name="disposing">Always <see langword="true"/>: there is no finalizer.</param>
    protected virtual void Dispose(bool disposing) => Stop();

    private void Close()
    {
        _isRunning = false;
        _arrived.Set();
        _worker?.Join();
        _worker = null;
        CloseDevice();
    }

    private void CloseDevice()
    {
        Interlocked.Exchange(ref _device, null)?.Dispose(); // the worker and a caller of Stop may meet here
        Interlocked.Exchange(ref _ownBackend, null)?.Dispose();
    }

    private void OnBlock(ReadOnlySpan<float> input, Span<float> output, AudioCallbackFlags flags)
    {
        _recorded.Write(input.ToArray());
        _played.Read(output.Length).CopyTo(output);
        if ((flags & AudioCallbackFlags.EndOfInput) != 0)
            _isRunning = false;
        _arrived.Set();
    }

    private void Work()
    {
        try
        {
            while (_isRunning)
            {
                _arrived.WaitOne();
                while (_isRunning && _recorded.Available >= PullFrames)
                {
                    var block = _recorded.Read(PullFrames);
                    _played.Write(_callback is { } callback ? callback(block) : block);
                }
            }
        }
        catch (Exception exception) // on a thread of our own it would end the process
        {
            Trace.TraceError($"The processing callback of an AudioStream failed: {exception}");
            _isRunning = false;
        }

        CloseDevice(); // completes the output file at the end of the input
    }
}
