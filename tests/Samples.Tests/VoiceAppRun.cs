using VoiceForge.Audio;

namespace MigrationKit.Samples.Tests;

/// <summary>The files that one run of the sample made. Mono samples.</summary>
internal sealed record VoiceAppRun(float[] Input, float[] Output, float[] Gated, float[] Speech, int SpeechSampleRate)
{
    public static VoiceAppRun Read(string folder)
    {
        var speech = WavFile.Read(Path.Combine(folder, "speech.wav"), out var sampleRate, out _);
        return new VoiceAppRun(Samples("input.wav"), Samples("output.wav"), Samples("gated.wav"), speech, sampleRate);

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
}
