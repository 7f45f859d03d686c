namespace PocketTts;

/// <summary>How many frames of a chunk are decoded together: one at first, so that speech starts at once, then more and more, which is quicker.</summary>
/// <remarks>
/// It follows from the place in the chunk alone, never from how fast anything was; so the samples are the same on every run, in a stream and in
/// one piece. A block is at most a quarter of what stands before it: a listener who started with the first frame does not run dry as long as a
/// frame is made in four fifths of the time that it lasts.
/// </remarks>
internal static class DecodeBlocks
{
    /// <summary>0.64 s. Beyond it nothing is gained.</summary>
    public const int Most = 8;

    private const int Share = 4;

    /// <param name="frames">Of the chunk that stand before the block.</param>
    /// <param name="most">That the decoder takes.</param>
    public static int SizeAfter(int frames, int most) => Math.Clamp(frames / Share, 1, most);
}
