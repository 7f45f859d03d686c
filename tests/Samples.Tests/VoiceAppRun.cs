using PocketTts.Tests;
using VoiceForge.Audio;

namespace MigrationKit.Samples.Tests;

/// <summary>The files that one run of the sample made. Mono samples.</summary>
internal sealed record VoiceAppRun(float[] Input, float[] Output, float[] Gated, float[] Speech, float[] Converted, int SpeechSampleRate)
{
    /// <summary>Name and factor of the voice model that the speech is converted by.</summary>
    public const string Model = "half";

    public const float Gain = 0.5f;

    public static VoiceAppRun Read(string folder)
    {
        var speech = WavFile.Read(Path.Combine(folder, "speech.wav"), out var sampleRate, out _);
        return new VoiceAppRun(Samples("input.wav"), Samples("output.wav"), Samples("gated.wav"), speech, Samples($"speech.{Model}.wav"), sampleRate);

        float[] Samples(string file) => WavFile.Read(Path.Combine(folder, file), out _, out _);
    }

    /// <summary>Fails the test unless the output is the input, so many samples later.</summary>
    public void AssertGoldenPath(int latency)
    {
        Assert.Equal(Input.Length, Output.Length);
        Assert.True(Input.Max() > 0.49f, "The input is silent, so that nothing could be told from the output.");
        Assert.Equal(Input[..^latency], Output[latency..]);
        Assert.All(Output[..latency], sample => Assert.Equal(0f, sample));
    }

    /// <summary>Fails the test unless the gate made the tone of -6 dB 3 dB louder and the pause at the end silent.</summary>
    public void AssertGated()
    {
        Assert.Equal(0.706f, Gated.Max(), tolerance: 0.01f);
        Assert.All(Gated[^1024..], sample => Assert.Equal(0f, sample));
    }

    /// <summary>Fails the test unless the pitches of the speech spell the text.</summary>
    /// <param name="text">Lower case and without a full stop, which the model adds.</param>
    public void AssertSpeech(string text)
    {
        Assert.Equal(ToneReader.SampleRate, SpeechSampleRate);
        Assert.Equal(text + ".", ToneReader.Read(Speech, voice: "alba"));
    }

    /// <summary>Fails the test unless the voice model was run on the speech.</summary>
    public void AssertConverted() => Assert.Equal(Speech.Select(sample => Gain * sample), Converted);
}
