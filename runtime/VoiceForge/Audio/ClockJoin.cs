namespace VoiceForge.Audio;

/// <summary>Makes one stream of blocks out of an input and an output that each have a clock, a thread and block sizes of their own.</summary>
/// <remarks>
/// <para>The output's clock rules. What the input delivers waits in a queue; twice a second the least that waited decides whether a
/// few frames (64, or a quarter of a smaller block) are left out or played twice, joined by a cross-fade of the same length, which keeps
/// up with clocks that differ by up to 0.25 %. An input that stalls is missing (<see cref="AudioCallback"/> gets an empty input), one that
/// delivers far too much is cut down to what should wait.</para>
/// <para><see cref="Capture"/> is the input's thread, <see cref="Render"/> the output's. Neither allocates, locks or waits.</para>
/// <para>Source of the idea (cutting and repeating where two pieces are alike): WSOLA, Verhelst and Roelands 1993, here without the search.</para>
/// </remarks>
internal sealed class ClockJoin
{
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Room = TimeSpan.FromMilliseconds(100);

    private readonly AudioCallback _callback;
    private readonly SampleQueue _waiting;
    private readonly int _channels;
    private readonly int _frames; // per block
    private readonly int _step; // frames left out or repeated at once
    private readonly int _spare; // frames that should wait beyond a block, at the least
    private readonly int _windowBlocks;
    private readonly float[] _taken;
    private readonly float[] _input;
    private readonly float[] _output;
    private int _outputLeft; // samples of _output that are not played yet
    private bool _hasBegun;
    private bool _isStarved = true;
    private int _windowLeft;
    private int _leastSpare;
    private long _overrunsSeen;

    public ClockJoin(AudioStreamFormat format, AudioCallback callback)
    {
        _callback = callback;
        _channels = format.Channels;
        _frames = format.BufferSize;
        _step = Math.Min(64, _frames / 4);
        _spare = _step;
        _windowBlocks = (int)Math.Ceiling(Window.TotalSeconds * format.SampleRate / _frames);
        _waiting = new SampleQueue(Math.Max(8 * _frames, (int)(Room.TotalSeconds * format.SampleRate)), _channels);
        _taken = new float[(_frames + _step) * _channels];
        _input = new float[_frames * _channels];
        _output = new float[_frames * _channels];
        BeginWindow();
    }

    /// <summary>Frames recorded and not yet processed.</summary>
    public int Waiting => _waiting.Available;

    /// <summary>Input thread. Any number of whole frames; what there is no room for is dropped and reported with the next block.</summary>
    public void Capture(ReadOnlySpan<float> recorded) => _waiting.Write(recorded);

    /// <summary>Output thread. Fills any number of whole frames, in blocks of the stream's size.</summary>
    public void Render(Span<float> played)
    {
        while (!played.IsEmpty)
        {
            if (_outputLeft == 0)
                RunBlock();
            var count = Math.Min(_outputLeft, played.Length);
            _output.AsSpan(_output.Length - _outputLeft, count).CopyTo(played);
            _outputLeft -= count;
            played = played[count..];
        }
    }

    private void RunBlock()
    {
        var flags = AudioCallbackFlags.None;
        var overruns = _waiting.Overruns;
        if (overruns != _overrunsSeen)
            flags |= AudioCallbackFlags.InputOverrun;
        _overrunsSeen = overruns;

        var input = TryTake(ref flags) ? _input.AsSpan() : [];
        if (!_hasBegun)
            input = _input; // not delivered yet is not missing: it is silent
        _callback(input, _output, flags);
        _outputLeft = _output.Length;
    }

    private bool TryTake(ref AudioCallbackFlags flags)
    {
        var waiting = _waiting.Available;
        var isShort = !_isStarved && waiting < _frames;
        if (waiting < _frames + (_isStarved ? _spare : isShort ? -_step : 0))
        {
            _isStarved = true; // until there is more than the next block, so that it does not happen every other block
            return false;
        }

        if (_isStarved)
            BeginWindow();
        _isStarved = false;
        _hasBegun = true;
        _leastSpare = Math.Min(_leastSpare, waiting - _frames);
        _windowLeft--;
        var excess = _leastSpare - _spare;
        var isDue = _windowLeft <= 0;
        if (isDue || isShort)
            BeginWindow();
        if (isDue && excess > 2 * _frames)
        {
            flags |= AudioCallbackFlags.InputOverrun;
            TakeAfter(excess);
        }
        else if (isShort || (isDue && (excess < 0 || excess > 2 * _step)))
        {
            flags |= AudioCallbackFlags.ClockCorrected;
            TakeSpliced(isShort || excess < 0 ? -_step : _step);
        }
        else
        {
            _waiting.Read(_input.AsSpan());
        }

        return true;
    }

    private void BeginWindow() => (_windowLeft, _leastSpare) = (_windowBlocks, int.MaxValue);

    // Leaves frames out, and fades from those that would have been next.
    private void TakeAfter(int frames)
    {
        var next = _taken.AsSpan(0, _step * _channels);
        _waiting.Read(next);
        for (var left = (frames - _step) * _channels; left > 0;)
        {
            var some = _input.AsSpan(0, Math.Min(left, _input.Length));
            _waiting.Read(some);
            left -= some.Length;
        }

        _waiting.Read(_input.AsSpan());
        for (var index = 0; index < next.Length; index++)
            _input[index] = next[index] + (_input[index] - next[index]) * GainAt(index);
    }

    // From the second step on, what is further on in the input (or back) by `shift` frames, faded to within one step.
    private void TakeSpliced(int shift)
    {
        var taken = _taken.AsSpan(0, (_frames + shift) * _channels);
        _waiting.Read(taken);
        var fade = _step * _channels;
        shift *= _channels;
        taken[..fade].CopyTo(_input);
        for (var index = fade; index < 2 * fade; index++)
            _input[index] = taken[index] + (taken[index + shift] - taken[index]) * GainAt(index - fade);
        taken[(2 * fade + shift)..].CopyTo(_input.AsSpan(2 * fade));
    }

    private float GainAt(int sample) => (float)(sample / _channels + 1) / (_step + 1);
}
