using System.Runtime.InteropServices;

namespace VoiceApp.Core;

/// <summary>Mono WAV files of 32-bit float samples.</summary>
public static class WaveFile
{
    private const int FloatFormat = 3;

    /// <summary>Writes a file; an existing one is replaced.</summary>
    public static void Write(string path, float[] samples, int sampleRate)
    {
        using var writer = new BinaryWriter(File.Create(path));
        var dataBytes = samples.Length * sizeof(float);
        writer.Write("RIFF"u8);
        writer.Write(50 + dataBytes);
        writer.Write("WAVEfmt "u8);
        writer.Write(18);
        writer.Write((short)FloatFormat);
        writer.Write((short)1);
        writer.Write(sampleRate);
        writer.Write(sampleRate * sizeof(float));
        writer.Write((short)sizeof(float));
        writer.Write((short)(8 * sizeof(float)));
        writer.Write((short)0);
        writer.Write("fact"u8);
        writer.Write(4);
        writer.Write(samples.Length);
        writer.Write("data"u8);
        writer.Write(dataBytes);
        writer.Write(MemoryMarshal.AsBytes<float>(samples));
    }

    /// <summary>Reads a file.</summary>
    /// <exception cref="InvalidDataException">It is no mono WAV file of 32-bit float samples.</exception>
    public static float[] Read(string path, out int sampleRate)
    {
        using var reader = Open(path);
        var dataBytes = SkipToData(reader, path, out sampleRate);
        return MemoryMarshal.Cast<byte, float>(reader.ReadBytes(dataBytes)).ToArray();
    }

    /// <summary>Samples that the file says it has. That is 0 until whoever writes it has come to the end.</summary>
    public static int CountSamples(string path)
    {
        using var reader = Open(path);
        return reader.BaseStream.Length == 0 ? 0 : SkipToData(reader, path, out _) / sizeof(float);
    }

    private static BinaryReader Open(string path) => new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));

    private static int SkipToData(BinaryReader reader, string path, out int sampleRate)
    {
        sampleRate = 0;
        var riff = reader.ReadBytes(12);
        if (riff.Length < 12 || !riff.AsSpan(0, 4).SequenceEqual("RIFF"u8) || !riff.AsSpan(8).SequenceEqual("WAVE"u8))
            throw new InvalidDataException($"'{path}' is no WAV file.");

        while (reader.ReadBytes(8) is { Length: 8 } header)
        {
            var length = BitConverter.ToInt32(header, 4);
            if (header.AsSpan(0, 4).SequenceEqual("data"u8))
                return length;

            var chunk = reader.ReadBytes(length + length % 2);
            if (!header.AsSpan(0, 4).SequenceEqual("fmt "u8))
                continue;
            if (BitConverter.ToInt16(chunk, 0) != FloatFormat || BitConverter.ToInt16(chunk, 2) != 1)
                throw new InvalidDataException($"'{path}' does not hold mono 32-bit float samples.");
            sampleRate = BitConverter.ToInt32(chunk, 4);
        }

        throw new InvalidDataException($"'{path}' has no samples.");
    }
}
