namespace VoiceForge.Audio;

/// <summary>A device whose input is its own output, some blocks later. Needs no hardware; the same on every machine.</summary>
/// <remarks>The first <c>latencyBlocks + 1</c> blocks of input are silence. Runs until the stream is stopped. Device indices are not looked at.</remarks>
public sealed class LoopbackBackend : IAudioBackend
{
    private readonly int _latencyBlocks;
    private readonly bool _realTime;

    /// <param name="latencyBlocks">Blocks by which what is played comes back later than with the very next block; 0 to 1000.</param>
    /// <param name="realTime">Whether blocks come at the pace of a sound card, or as fast as they are processed.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="latencyBlocks"/> is out of range.</exception>
    public LoopbackBackend(int latencyBlocks = 0, bool realTime = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(latencyBlocks);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(latencyBlocks, 1000);
        _latencyBlocks = latencyBlocks;
        _realTime = realTime;
    }

    /// <summary>One device, both ways.</summary>
    public IReadOnlyList<AudioDevice> Devices { get; } =
        [new AudioDevice(0, "Loopback", InputChannels: ushort.MaxValue, OutputChannels: ushort.MaxValue, IsDefaultInput: true, IsDefaultOutput: true)];

    /// <inheritdoc/>
    public IAudioDeviceStream Open(AudioStreamFormat format, AudioCallback callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return new LoopbackDeviceStream(format, callback, _latencyBlocks, _realTime);
    }

    /// <summary>Does nothing: there is no device to give back.</summary>
    public void Dispose()
    {
    }
}
