using VoiceForge.Audio;

namespace Speak;

/// <summary>Plays audio while it is made. One caller; the audio thread reads what the caller wrote.</summary>
internal sealed class Player : IDisposable
{
    private const int BlockSize = 480; // 20 ms at 24 kHz
    private static readonly TimeSpan Waiting = TimeSpan.FromMilliseconds(20);
    private readonly BufferPool _pool = new(BlockSize, numSlots: 2);
    private readonly SampleQueue _queue;
    private readonly AudioStreamV2 _stream;

    private Player(int sampleRate)
    {
        _queue = new SampleQueue(2 * sampleRate);
        _stream = new AudioStreamV2(-1, -1, _pool, sampleRate, BlockSize);
        _stream.SetProcessor(Play);
    }

    /// <param name="sampleRate">Of the audio, in Hz.</param>
    /// <param name="whyNot">If there is no device: the reason.</param>
    public static Player? TryStart(int sampleRate, out string? whyNot)
    {
        var player = new Player(sampleRate);
        if (player._stream.Start())
        {
            whyNot = null;
            return player;
        }

        whyNot = player._stream.LastError;
        player.Dispose();
        return null;
    }

    /// <summary>Waits until there is room; a device that stopped takes nothing more.</summary>
    public async Task PlayAsync(float[] audio, CancellationToken cancellationToken)
    {
        while (_stream.IsRunning && _queue.CapacitySamples - _queue.Available < audio.Length)
            await Task.Delay(Waiting, cancellationToken);
        if (_stream.IsRunning)
            _queue.Write(audio.AsSpan());
    }

    /// <summary>Waits until all is played.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        while (_stream.IsRunning && _queue.Available > 0)
            await Task.Delay(Waiting, cancellationToken);
        await Task.Delay(Waiting, cancellationToken); // the block that was read last
    }

    public void Dispose()
    {
        _stream.Dispose();
        _pool.Dispose();
    }

    private void Play(ReadOnlySpan<float> input, Span<float> output)
    {
        var played = _queue.Read(output);
        output[played..].Clear();
    }
}
