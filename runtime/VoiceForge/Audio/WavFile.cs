namespace VoiceForge.Audio;

/// <summary>Reads and writes whole WAV files. Any thread; blocks for the file.</summary>
/// <remarks>
/// Reads PCM with 8, 16, 24 and 32 bits and float with 32 and 64 bits, plain or extensible. Writes 32-bit float, so that what is written is
/// what is read.
/// </remarks>
public static class WavFile
{
    /// <summary>Reads all samples.</summary>
    /// <param name="path">A RIFF/WAVE file.</param>
    /// <param name="sampleRate">In Hz.</param>
    /// <param name="channels">Samples per frame.</param>
    /// <returns>Interleaved samples, <c>[frames × channels]</c>; integer formats are scaled so that full scale is 1.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no WAV file, is truncated, or has a format other than those above.</exception>
    public static float[] Read(string path, out int sampleRate, out int channels)
    {
        using var reader = new WavReader(path);
        sampleRate = reader.SampleRate;
        channels = reader.Channels;
        if (reader.FrameCount > Array.MaxLength / channels)
            throw new InvalidDataException($"'{path}' has {reader.FrameCount} frames of {channels} channels, more than an array holds; split the file.");

        var samples = new float[reader.FrameCount * channels];
        reader.Read(samples);
        return samples;
    }

    /// <summary>Writes a 32-bit float file, replacing an existing one.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="samples">Interleaved samples, <c>[frames × channels]</c>.</param>
    /// <param name="sampleRate">In Hz; more than 0.</param>
    /// <param name="channels">Samples per frame; 1 to 65535.</param>
    /// <exception cref="ArgumentException"><paramref name="samples"/> ends within a frame.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sampleRate"/> or <paramref name="channels"/> is out of range.</exception>
    public static void Write(string path, ReadOnlySpan<float> samples, int sampleRate, int channels = 1)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(sampleRate);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(channels, ushort.MaxValue);
        if (samples.Length % channels != 0)
            throw new ArgumentException($"{samples.Length} samples are no whole number of frames of {channels} channels.", nameof(samples));

        using var writer = new WavWriter(path, sampleRate, channels);
        writer.Write(samples);
        writer.Complete();
    }
}
