using System.Buffers.Binary;

namespace PocketTts;

/// <summary>Writes speech to files that any player opens.</summary>
#if LEGACY_SDK
internal
#else
public
#endif
static class SpeechFile
{
    private const int HeaderSize = 44, BytesPerSample = sizeof(short);

    /// <summary>Writes a WAV file: PCM of 16 bits, mono.</summary>
    /// <param name="path">An existing file is replaced.</param>
    /// <param name="samples">Mono, nominal range [-1, 1]; speech may exceed it, and is then cut off there.</param>
    /// <param name="sampleRate">In Hz: <c>TtsModel.SampleRate</c>.</param>
    /// <remarks>Any thread; blocks while the file is written.</remarks>
    /// <exception cref="ArgumentException"><paramref name="path"/> is empty, or a sample is no number.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sampleRate"/> is not positive.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WriteWav(string path, ReadOnlySpan<float> samples, int sampleRate)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        var file = new byte[checked(HeaderSize + (samples.Length * BytesPerSample))];
        WriteHeader(file, sampleRate);
        for (var i = 0; i < samples.Length; i++)
        {
            if (float.IsNaN(samples[i]))
                throw new ArgumentException($"Sample {i} is no number; nothing was written.", nameof(samples));
            var sample = (short)MathF.Round(Math.Clamp(samples[i], -1, 1) * short.MaxValue);
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(HeaderSize + (i * BytesPerSample)), sample);
        }

        File.WriteAllBytes(path, file);
    }

    private static void WriteHeader(Span<byte> file, int sampleRate)
    {
        const short pcm = 1, mono = 1;
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], file.Length - 8);
        "WAVEfmt "u8.CopyTo(file[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(file[20..], pcm);
        BinaryPrimitives.WriteInt16LittleEndian(file[22..], mono);
        BinaryPrimitives.WriteInt32LittleEndian(file[24..], sampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(file[28..], sampleRate * BytesPerSample);
        BinaryPrimitives.WriteInt16LittleEndian(file[32..], BytesPerSample);
        BinaryPrimitives.WriteInt16LittleEndian(file[34..], 8 * BytesPerSample);
        "data"u8.CopyTo(file[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(file[40..], file.Length - HeaderSize);
    }
}
