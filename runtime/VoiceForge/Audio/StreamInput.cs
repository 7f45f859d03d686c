namespace VoiceForge.Audio;

/// <summary>Makes of what a device delivers what processing gets: no denormals, and silence, faded to and from, where the input is missing.</summary>
/// <remarks>The audio thread's own; allocates nothing after construction.</remarks>
internal sealed class StreamInput(AudioStreamFormat format)
{
    private static readonly object Delivered = new();
    private static readonly object Missing = new();

    private readonly float[] _block = new float[format.BufferSize * format.Channels];
    private readonly SourceFader _fader = new(format.SampleRate, format.Channels);

    /// <summary>A new run: what came before is not faded from.</summary>
    public void Reset() => _fader.Reset(source: null);

    /// <param name="delivered">One block, or nothing from a device whose input is gone.</param>
    /// <param name="isFinite">Whether it can be used; otherwise silence is returned.</param>
    /// <returns>One block, valid until the next call.</returns>
    public ReadOnlySpan<float> Take(ReadOnlySpan<float> delivered, out bool isFinite)
    {
        isFinite = delivered.IsEmpty || BlockProcessing.IsFinite(delivered);
        if (delivered.IsEmpty || !isFinite)
            Array.Clear(_block);
        else
            Denormals.CopyWithout(delivered, _block);
        if (isFinite)
            _fader.Join(_block, delivered.IsEmpty ? Missing : Delivered);
        return _block;
    }
}
