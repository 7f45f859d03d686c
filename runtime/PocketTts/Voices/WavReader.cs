using System.Buffers.Binary;
using System.Text;

namespace PocketTts.Voices;

/// <summary>Reads WAV files: PCM of 8, 16, 24 and 32 bits, floating point of 32 and 64 bits, plain or WAVE_FORMAT_EXTENSIBLE.</summary>
internal static class WavReader
{
    private const int PcmFormat = 1, FloatFormat = 3, ExtensibleFormat = 0xFFFE;
    private const int ChunkHeader = 8;

    /// <returns>The channels averaged to one, range [-1, 1], and the sample rate in Hz.</returns>
    /// <exception cref="InvalidDataException">The file is damaged or holds another format.</exception>
    public static (float[] Samples, int SampleRate) Read(ReadOnlySpan<byte> file, string location)
    {
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
            throw new InvalidDataException($"'{location}' is not a WAV file: it does not start with RIFF and WAVE.");

        ReadOnlySpan<byte> format = default, data = default;
        var hasData = false;
        for (var at = 12; at + ChunkHeader <= file.Length && !hasData;)
        {
            var name = file.Slice(at, 4);
            var size = BinaryPrimitives.ReadUInt32LittleEndian(file[(at + 4)..]);
            at += ChunkHeader;
            if (size > file.Length - at)
                throw new InvalidDataException($"'{location}' is cut off: chunk '{Encoding.ASCII.GetString(name)}' claims {size} bytes, {file.Length - at} are left.");
            var chunk = file.Slice(at, (int)size);
            if (name.SequenceEqual("fmt "u8))
            {
                format = chunk;
            }
            else if (name.SequenceEqual("data"u8))
            {
                data = chunk;
                hasData = true;
            }

            at += (int)size + ((int)size & 1); // chunks start at even places
        }

        if (format.Length < 16 || !hasData)
            throw new InvalidDataException($"'{location}' lacks its {(hasData ? "'fmt '" : "'data'")} chunk.");
        return Decode(format, data, location);
    }

    private static (float[] Samples, int SampleRate) Decode(ReadOnlySpan<byte> format, ReadOnlySpan<byte> data, string location)
    {
        int kind = BinaryPrimitives.ReadUInt16LittleEndian(format);
        int channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rate = BinaryPrimitives.ReadInt32LittleEndian(format[4..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        if (kind == ExtensibleFormat && format.Length >= 26)
            kind = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]);
        if (channels == 0 || rate <= 0 || (kind, bits) is not ((PcmFormat, 8 or 16 or 24 or 32) or (FloatFormat, 32 or 64)))
        {
            throw new InvalidDataException(
                $"'{location}' has format {kind} with {bits} bits, {channels} channels and {rate} Hz; expected PCM of 8, 16, 24 or 32 bits, or floating point of 32 or 64.");
        }

        var width = bits / 8;
        var samples = new float[data.Length / (width * channels)];
        for (var frame = 0; frame < samples.Length; frame++)
        {
            var sum = 0.0;
            for (var channel = 0; channel < channels; channel++)
                sum += Sample(data.Slice(((frame * channels) + channel) * width, width), kind);
            samples[frame] = (float)(sum / channels);
        }

        return (samples, rate);
    }

    private static double Sample(ReadOnlySpan<byte> bytes, int kind) => (kind, bytes.Length) switch
    {
        (PcmFormat, 1) => (bytes[0] - 128) / 128.0,
        (PcmFormat, 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes) / 32768.0,
        (PcmFormat, 3) => ((bytes[0] << 8) | (bytes[1] << 16) | (bytes[2] << 24)) / 2147483648.0,
        (PcmFormat, _) => BinaryPrimitives.ReadInt32LittleEndian(bytes) / 2147483648.0,
        (_, 4) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };
}
