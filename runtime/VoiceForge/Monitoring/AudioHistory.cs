namespace VoiceForge.Monitoring;

/// <summary>The last seconds of what went into a stream and came out of it. The audio thread records, any thread copies.</summary>
/// <remarks>Recording copies two blocks; it never waits, allocates or fails. A copy leaves out what was overwritten while it was made.</remarks>
internal sealed class AudioHistory
{
    private readonly float[] _input;
    private readonly float[] _output;
    private readonly int _blockSamples;
    private long _written; // samples since the beginning, of each of the two

    /// <param name="samples">How much to keep, frames times channels.</param>
    /// <param name="blockSamples">The length of a block, frames times channels; other blocks are not recorded.</param>
    public AudioHistory(int samples, int blockSamples)
    {
        // One block may be under way and, on processors that reorder stores, a second one already begun: both are left out of copies.
        var length = (samples + blockSamples - 1) / blockSamples * blockSamples + 2 * blockSamples;
        _input = new float[length];
        _output = new float[length];
        _blockSamples = blockSamples;
    }

    /// <summary>Audio thread only.</summary>
    public void Record(ReadOnlySpan<float> input, ReadOnlySpan<float> output)
    {
        if (input.Length != _blockSamples || output.Length != _blockSamples)
            return; // such a block was refused by the stream, too

        var start = (int)(_written % _input.Length); // the length is a whole number of blocks, so none wraps
        input.CopyTo(_input.AsSpan(start));
        output.CopyTo(_output.AsSpan(start));
        Volatile.Write(ref _written, _written + _blockSamples); // release: the samples are there before they count
    }

    /// <summary>Both sides, oldest sample first, of the same length.</summary>
    public (float[] Input, float[] Output) Copy()
    {
        var end = Volatile.Read(ref _written);
        var start = Math.Max(0, end - _input.Length);
        var input = CopyFrom(_input, start, end);
        var output = CopyFrom(_output, start, end);

        Interlocked.MemoryBarrier(); // the samples are read before the count that says which of them were overwritten meanwhile
        var intact = Volatile.Read(ref _written) + 2 * _blockSamples - _input.Length;
        var stale = (int)Math.Clamp(intact - start, 0, end - start);
        return (input[stale..], output[stale..]);
    }

    private static float[] CopyFrom(float[] ring, long start, long end)
    {
        var copy = new float[end - start];
        var from = (int)(start % ring.Length);
        var first = Math.Min(copy.Length, ring.Length - from);
        ring.AsSpan(from, first).CopyTo(copy);
        ring.AsSpan(0, copy.Length - first).CopyTo(copy.AsSpan(first));
        return copy;
    }
}
