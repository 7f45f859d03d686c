namespace VoiceForge;

/// <summary>Section <c>buffer_pool</c>.</summary>
/// <param name="NumSlots"><c>buffer_pool.num_slots</c>: 1 to 65535, default 100.</param>
/// <param name="SlotSizeSamples"><c>buffer_pool.slot_size_samples</c> in frames: <c>audio.buffer_size</c> to 100000000, default 480000.</param>
public sealed record BufferPoolConfig(int NumSlots = 100, int SlotSizeSamples = 480000);
