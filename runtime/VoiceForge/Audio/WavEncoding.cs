using System.Buffers.Binary;

namespace VoiceForge.Audio;

/// <summary>How one sample lies in a WAV file.</summary>
/// <param name="IsFloat">IEEE float, or else integer PCM.</param>
/// <param name="Bytes">1, 2, 3 or 4 for PCM; 4 or 8 for float.</param>
internal readonly record struct WavEncoding(bool IsFloat, int Bytes)
{
    public bool IsSupported => IsFloat ? Bytes is 4 or 8 : Bytes is >= 1 and <= 4;

    public void Decode(ReadOnlySpan<byte> source, Span<float> destination)
    {
        for (var index = 0; index < destination.Length; index++)
            destination[index] = DecodeOne(source[(index * Bytes)..]);
    }

    private float DecodeOne(ReadOnlySpan<byte> source) => (IsFloat, Bytes) switch
    {
        (true, 4) => BinaryPrimitives.ReadSingleLittleEndian(source),
        (true, _) => (float)BinaryPrimitives.ReadDoubleLittleEndian(source),
        (_, 1) => (source[0] - 128) / 128f, // 8-bit PCM alone is unsigned
        (_, 2) => BinaryPrimitives.ReadInt16LittleEndian(source) / 32768f,
        (_, 3) => ((source[0] << 8 | source[1] << 16 | source[2] << 24) >> 8) / 8388608f,
        _ => BinaryPrimitives.ReadInt32LittleEndian(source) / 2147483648f,
    };
}
