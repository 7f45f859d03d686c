namespace VoiceForge.Audio;

/// <summary>Joins sources of sound without a click. The audio thread's own; allocates nothing after construction.</summary>
/// <remarks>
/// A source that has just failed has no next samples to fade out. What was played last is therefore played backwards: it starts with the
/// very sample that was heard last. The two gains always add up to 1, so that a mix of sources within ±1 stays within ±1.
/// </remarks>
internal sealed class SourceFader
{
    private static readonly TimeSpan FadeTime = TimeSpan.FromMilliseconds(5);

    private readonly int _channels;
    private readonly float[] _gains; // of the new source, one per frame
    private readonly float[] _tail; // what was played last
    private readonly float[] _from; // what the running fade leaves
    private int _position;
    private object? _source;

    public SourceFader(int sampleRate, int channels)
    {
        var frames = (int)(FadeTime.TotalSeconds * sampleRate);
        _channels = channels;
        _gains = new float[frames];
        for (var frame = 0; frame < frames; frame++)
            _gains[frame] = (float)(0.5 - 0.5 * Math.Cos(Math.PI * (frame + 1) / (frames + 1)));
        _tail = new float[frames * channels];
        _from = new float[frames * channels];
        _position = frames;
    }

    /// <summary>Length of a fade in frames.</summary>
    public int Frames => _gains.Length;

    /// <summary>Whether a fade has begun and is not over.</summary>
    public bool IsFading => _position < _gains.Length;

    /// <summary>Forgets what was played.</summary>
    /// <param name="source">What counts as played so far; with <see langword="null"/> the next block is not faded in.</param>
    public void Reset(object? source)
    {
        Array.Clear(_tail);
        _position = _gains.Length;
        _source = source;
    }

    /// <summary>Fades from what was played before, if the source is another one or the last fade is not over.</summary>
    /// <param name="block">The block of <paramref name="source"/>, within ±1; becomes what is to be played.</param>
    /// <param name="source">Compared by reference.</param>
    public void Join(Span<float> block, object source)
    {
        if (!ReferenceEquals(source, _source))
        {
            if (_source is not null)
                Begin();
            _source = source;
        }

        if (IsFading)
            Mix(block);
        Keep(block);
    }

    private void Begin()
    {
        for (var frame = 0; frame < _gains.Length; frame++)
        {
            var mirrored = (_gains.Length - 1 - frame) * _channels;
            _tail.AsSpan(mirrored, _channels).CopyTo(_from.AsSpan(frame * _channels));
        }

        _position = 0;
    }

    private void Mix(Span<float> block)
    {
        var frames = Math.Min(block.Length / _channels, _gains.Length - _position);
        for (var frame = 0; frame < frames; frame++)
        {
            var gain = _gains[_position + frame];
            for (var channel = 0; channel < _channels; channel++)
            {
                ref var sample = ref block[frame * _channels + channel];
                var mixed = sample * gain + _from[(_position + frame) * _channels + channel] * (1 - gain);
                sample = Math.Clamp(mixed, -1f, 1f); // rounding may lead out by the last bit
            }
        }

        _position += frames;
    }

    private void Keep(ReadOnlySpan<float> block)
    {
        if (block.Length >= _tail.Length)
        {
            block[^_tail.Length..].CopyTo(_tail);
            return;
        }

        _tail.AsSpan(block.Length).CopyTo(_tail);
        block.CopyTo(_tail.AsSpan(_tail.Length - block.Length));
    }
}
