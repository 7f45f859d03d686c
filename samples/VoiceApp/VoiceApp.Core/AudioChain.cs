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

    // As long as one block, so that what is read is always the newest.
    private readonly RingBuffer _newest = new(capacitySamples: BlockSize);
    private readonly AudioStream _stream;
    private readonly AudioStream? _headphones;

    /// <param name="gate">Runs on the audio thread from <see cref="Start"/> to <see cref="Stop"/>.</param>
    /// <param name="inputDevice">Index of the microphone.</param>
    /// <param name="outputDevice">Index of the loudspeaker.</param>
    /// <param name="headphonesDevice">Index of the headphones on which the speaker hears the ungated microphone.</param>
    public AudioChain(NoiseGate gate, int inputDevice = 0, int outputDevice = 1, int? headphonesDevice = null)
    {
        _gate = gate;
        _stream = new AudioStream(inputDevice, outputDevice, SampleRate, BlockSize);
        _stream.SetProcessingCallback(Process);
        _headphones = headphonesDevice is { } device ? new AudioStream(inputDevice, device) : null;
    }

    /// <summary>The level after the gate, as of the last <see cref="UpdateMeter"/>.</summary>
    public LevelMeter Meter { get; } = new();

    /// <summary>Whether sound goes through the chain.</summary>
    public bool IsRunning => _stream.IsRunning;

    /// <summary>Opens the devices. Throws when one cannot be opened.</summary>
    public void Start()
    {
        StartHeadphones();
        _stream.Start();
    }

    /// <summary>Goes on after <see cref="Stop"/>; does nothing while sound goes through.</summary>
    public void Resume()
    {
        if (!IsRunning)
            _stream.Start();
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
        float[] block = _newest.Read(BlockSize);
        Meter.Update(block);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _headphones?.Dispose();
        _stream.Dispose();
    }

    private void StartHeadphones() => _headphones?.Start();

    private float[] Process(float[] block)
    {
        var gated = _gate.Process(block);
        _newest.Write(gated);
        return gated;
    }
}
