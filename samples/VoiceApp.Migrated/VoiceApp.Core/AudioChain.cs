using VoiceForge.Audio;

namespace VoiceApp.Core;

/// <summary>Microphone in, noise gate, loudspeaker out; with a level meter, and headphones for the speaker if wanted.</summary>
public sealed class AudioChain : IDisposable
{
    /// <summary>Hz.</summary>
    public const int SampleRate = 48000;

    /// <summary>Frames per block: 5.3 ms.</summary>
    public const int BlockSize = 256;

    private readonly NoiseGate _gate;

    private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 256, numSlots: 100);

    // As long as one block, so that what is read is always the newest.
    private readonly TripleBuffer _newest = new(bufferSize: BlockSize);
    private readonly AudioStreamV2 _stream;
    private readonly AudioStreamV2? _headphones;

    /// <param name="gate">Runs on the audio thread from <see cref="Start"/> to <see cref="Stop"/>.</param>
    /// <param name="inputDevice">Index of the microphone.</param>
    /// <param name="outputDevice">Index of the loudspeaker.</param>
    /// <param name="headphonesDevice">Index of the headphones on which the speaker hears the ungated microphone.</param>
    public AudioChain(NoiseGate gate, int inputDevice = 0, int outputDevice = 1, int? headphonesDevice = null)
    {
        _gate = gate;
        _stream = new AudioStreamV2(inputDevice, outputDevice, sampleRate: SampleRate, bufferSize: BlockSize, bufferPool: _bufferPool);
        _stream.SetProcessingCallback(Process);
        _headphones = headphonesDevice is { } device ? new AudioStreamV2(inputDevice, device, bufferPool: _bufferPool) : null;
    }

    /// <summary>The level after the gate, as of the last <see cref="UpdateMeter"/>.</summary>
    public LevelMeter Meter { get; } = new();

    /// <summary>Whether sound goes through the chain.</summary>
    public bool IsRunning => _stream.IsRunning;

    /// <summary>Opens the devices. Throws when one cannot be opened.</summary>
    public void Start()
    {
        StartHeadphones();
        if (!_stream.Start())
        {
            throw new InvalidOperationException("Audio stream failed to start.");
        }
    }

    /// <summary>Goes on after <see cref="Stop"/>; does nothing while sound goes through.</summary>
    public void Resume()
    {
        if (!IsRunning)
        {
            if (!_stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        }
    }

    /// <summary>Closes the devices.</summary>
    public void Stop()
    {
        _stream.Stop();
        _headphones?.Stop();
    }

    /// <summary>Shows the newest block on <see cref="Meter"/>. To be called by one thread, as often as the display is drawn.</summary>
    public void UpdateMeter()
    {
        float[]? block = _newest.Read();
        if (block is not null)
        {
            Meter.Update(block);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _headphones?.Dispose();
        _stream.Dispose();
        _bufferPool.Dispose();
    }

    private void StartHeadphones()
    {
        if (_headphones?.Start() == false)
        {
            throw new InvalidOperationException("Audio stream failed to start.");
        }
    }

    private float[] Process(float[] block)
    {
        var gated = _gate.Process(block);
        _newest.Write(gated);
        return gated;
    }
}
