namespace PocketTts.Tests;

/// <summary>Turns the audio of the tone voice back into text: an ear that knows the table, and nothing of how the audio was made.</summary>
/// <remarks>
/// Self-contained, so that other tests can use this file as it is. The table: a frame is 1920 samples at 24000 Hz; a token of class k in voice v
/// is two frames of a sine of 400 + 20·k + 50·v Hz. Classes 0–25 are a–z, 26–35 are 0–9, 36 is the space, 37 anything else, read as '.'.
/// Voices 0–7: alba marius javert jean fantine cosette eponine azelma. Chunks are separated by silent frames. Pitch detection: Goertzel, 1958.
/// </remarks>
public static class ToneReader
{
    public const int SampleRate = 24000;
    public const int SamplesPerFrame = 1920;
    private const int FramesPerToken = 2;
    private const double SilentRms = 0.01;
    private const string Symbols = "abcdefghijklmnopqrstuvwxyz0123456789 .";
    private static readonly string[] Voices = ["alba", "marius", "javert", "jean", "fantine", "cosette", "eponine", "azelma"];

    /// <summary>The text that is heard, in lower case, with one space between chunks.</summary>
    /// <exception cref="InvalidDataException">The audio does not consist of tones of the table, two frames each.</exception>
    public static string Read(ReadOnlySpan<float> audio, string voice = "alba") => string.Join(' ', ReadChunks(audio, OffsetOf(voice)));

    /// <summary>What is heard between silences.</summary>
    /// <param name="audio">Mono, 24000 Hz, starting with the first frame.</param>
    /// <param name="offsetHz">How far the voice lies above alba.</param>
    public static IReadOnlyList<string> ReadChunks(ReadOnlySpan<float> audio, double offsetHz = 0)
    {
        if (audio.Length % SamplesPerFrame != 0)
            throw new InvalidDataException($"{audio.Length} samples are no whole number of frames of {SamplesPerFrame}.");

        var chunks = new List<string>();
        var run = "";
        for (var at = 0; at < audio.Length; at += SamplesPerFrame)
        {
            var frame = audio.Slice(at, SamplesPerFrame);
            if (Rms(frame) >= SilentRms)
                run += Symbol(frame, offsetHz, at / SamplesPerFrame);
            else if (run.Length > 0)
                (_, run) = (Add(chunks, run), "");
        }

        if (run.Length > 0)
            Add(chunks, run);
        return chunks;
    }

    /// <summary>The text that the voice should be heard to say when it speaks <paramref name="prepared"/> (a capital and a full stop were added).</summary>
    public static string Spell(string prepared) =>
        string.Concat(prepared.EnumerateRunes().Select(r => r.IsAscii && Symbols.Contains(char.ToLowerInvariant((char)r.Value)) ? char.ToLowerInvariant((char)r.Value) : '.'));

    /// <summary>Strength of one frequency in a frame: the amplitude of a sine of it.</summary>
    public static double Amplitude(ReadOnlySpan<float> frame, double hz)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * hz / SampleRate);
        var (last, beforeLast) = (0.0, 0.0);
        foreach (var sample in frame)
            (last, beforeLast) = (sample + (coefficient * last) - beforeLast, last);
        var power = (last * last) + (beforeLast * beforeLast) - (coefficient * last * beforeLast);
        return 2 * Math.Sqrt(Math.Max(0, power)) / frame.Length;
    }

    public static double OffsetOf(string voice)
    {
        var index = Array.IndexOf(Voices, voice);
        return index >= 0 ? 50.0 * index : throw new ArgumentException($"'{voice}' is none of {string.Join(", ", Voices)}.", nameof(voice));
    }

    private static char Symbol(ReadOnlySpan<float> frame, double offsetHz, int number)
    {
        var (best, strongest) = (-1, 0.0);
        for (var k = 0; k < Symbols.Length; k++)
        {
            var amplitude = Amplitude(frame, 400 + (20 * k) + offsetHz);
            if (amplitude > strongest)
                (best, strongest) = (k, amplitude);
        }

        // A pure tone of this pitch has all of the frame's energy; anything else is not in the table.
        var expected = Rms(frame) * Math.Sqrt(2);
        return strongest > 0.95 * expected
            ? Symbols[best]
            : throw new InvalidDataException($"Frame {number} is no tone of the table: the nearest, '{Symbols[best]}', has {strongest / expected:P0} of its strength.");
    }

    private static int Add(List<string> chunks, string run)
    {
        var text = "";
        for (var i = 0; i < run.Length; i += FramesPerToken)
        {
            if (i + 1 == run.Length || run[i] != run[i + 1])
                throw new InvalidDataException($"Tone '{run[i]}' is not two frames long in '{run}'.");
            text += run[i];
        }

        chunks.Add(text);
        return chunks.Count;
    }

    private static double Rms(ReadOnlySpan<float> frame)
    {
        var sum = 0.0;
        foreach (var sample in frame)
            sum += (double)sample * sample;
        return Math.Sqrt(sum / frame.Length);
    }
}
