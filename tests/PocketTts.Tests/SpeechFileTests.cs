using FsCheck;
using FsCheck.Fluent;
using PocketTts.Voices;

namespace PocketTts.Tests;

public sealed class SpeechFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pocket-tts-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void AnySamples_ReadBackWithinAStep() => Prop.ForAll(
        Gen.Choose(-1500, 1500).Select(v => v / 1000f).ArrayOf().Zip(Gen.Elements(8000, 24000, 48000)).ToArbitrary(),
        speech =>
        {
            var (samples, sampleRate) = speech;
            var path = Path.Combine(_folder.FullName, "speech.wav");

            SpeechFile.WriteWav(path, samples, sampleRate);

            var (read, readRate) = WavReader.Read(File.ReadAllBytes(path), path);
            Assert.Equal(sampleRate, readRate);
            Assert.Equal(samples.Length, read.Length);
            Assert.All(samples.Zip(read), p => Assert.Equal(Math.Clamp(p.First, -1, 1), p.Second, 1f / 16384));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void BadArguments_AreRefused_AndNothingIsWritten()
    {
        var path = Path.Combine(_folder.FullName, "speech.wav");

        Assert.Throws<ArgumentException>(() => SpeechFile.WriteWav(" ", [0], 24000));
        Assert.Throws<ArgumentOutOfRangeException>(() => SpeechFile.WriteWav(path, [0], 0));
        Assert.Contains("Sample 1", Assert.Throws<ArgumentException>(() => SpeechFile.WriteWav(path, [0, float.NaN], 24000)).Message);
        Assert.Empty(_folder.GetFiles());
    }
}
