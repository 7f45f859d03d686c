using System.Runtime.InteropServices;

namespace VoiceForge.Audio;

/// <summary>
/// The words of a <see cref="TripleBuffer"/>, 128 bytes apart: processors fetch cache lines in pairs, so 64 would still let the writer's
/// counters slow the reader down. The first and last line stay empty for what lies around the struct.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
internal struct TripleBufferIndices
{
    /// <summary>
    /// Slot between the two sides, the dirty bit and the length of its block. Shared; only exchanged. The length travels in this word
    /// because a line of its own would have to change hands with every block.
    /// </summary>
    [FieldOffset(128)]
    public long Shared;

    /// <summary>Slot being written. The writer's own, as the two below.</summary>
    [FieldOffset(256)]
    public long Write;

    [FieldOffset(264)]
    public long Published;

    [FieldOffset(272)]
    public long DroppedByWriter;

    /// <summary>Slot being read. The reader's own, as all below.</summary>
    [FieldOffset(384)]
    public long Read;

    /// <summary>Samples in the slot being read, while it was taken but not delivered; otherwise 0.</summary>
    [FieldOffset(392)]
    public long Kept;

    [FieldOffset(400)]
    public long Delivered;

    [FieldOffset(408)]
    public long DroppedByReader;

    [FieldOffset(416)]
    public long EmptyReads;
}
