using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace VoiceForge.Core;

/// <summary>What a cached feature is found by: the caller's key, and length and SHA-256 of all samples. Equal means equal audio, not merely the same bucket.</summary>
internal readonly record struct FeatureIdentity(FeatureKey Key, int Length, UInt128 HashHigh, UInt128 HashLow)
{
    public static FeatureIdentity Of(FeatureKey key, ReadOnlySpan<float> audio)
    {
        Span<UInt128> hash = stackalloc UInt128[2];
        SHA256.HashData(MemoryMarshal.AsBytes(audio), MemoryMarshal.AsBytes(hash));
        return new(key, audio.Length, hash[0], hash[1]);
    }
}
