using System.Runtime.CompilerServices;

namespace VoiceForge.Audio;

/// <summary>The addresses of the three blocks of a <see cref="TripleBuffer"/>.</summary>
[InlineArray(3)]
internal struct TripleBufferSlots
{
    private nint _first;
}
