using System.Runtime.InteropServices;

namespace VoiceForge.Audio;

/// <summary>
/// The words of a <see cref="TripleBuffer"/>, 128 bytes apart: processors fetch cache lines in pairs, so 64 would still let the writer's
/// counters slow the reader down. The first and last line stay empty for what lies around the struct.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 512)]
internal struct TripleBufferIndices
{
    /// <summary>Slot between the two sides, plus the dirty bit. Shared; only exchanged.</summary>
    [FieldOffset(128)]
    public int Shared;

    /// <summary>Slot being written. The writer's own, as the two below.</summary>
    [FieldOffset(256)]
    public int Write;

    [FieldOffset(264)]
    public long Published;

    [FieldOffset(272)]
    public long DroppedByWriter;

    /// <summary>Slot being read. The reader's own, as all below.</summary>
    [FieldOffset(384)]
    public int Read;

    /// <summary>Whether the slot being read was taken but not delivered, because the destination was too short.</summary>
    [FieldOffset(388)]
    public bool IsKept;

    [FieldOffset(392)]
    public long Delivered;

    [FieldOffset(400)]
    public long DroppedByReader;

    [FieldOffset(408)]
    public long EmptyReads;
}
