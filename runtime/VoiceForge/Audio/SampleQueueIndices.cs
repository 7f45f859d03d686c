using System.Runtime.InteropServices;

namespace VoiceForge.Audio;

/// <summary>The words of a <see cref="SampleQueue"/>; each side's on a pair of cache lines of its own, see <see cref="TripleBufferIndices"/>.</summary>
[StructLayout(LayoutKind.Explicit, Size = 384)]
internal struct SampleQueueIndices
{
    /// <summary>Samples written since construction. Only the writer writes it.</summary>
    [FieldOffset(128)]
    public long Head;

    /// <summary>The reader's count as the writer saw it last; never ahead of the truth.</summary>
    [FieldOffset(136)]
    public long TailSeenByWriter;

    /// <summary>Frames refused. Only the writer writes it.</summary>
    [FieldOffset(144)]
    public long Overruns;

    /// <summary>Samples read since construction. Only the reader writes it.</summary>
    [FieldOffset(256)]
    public long Tail;

    /// <summary>The writer's count as the reader saw it last; never ahead of the truth.</summary>
    [FieldOffset(264)]
    public long HeadSeenByReader;
}
