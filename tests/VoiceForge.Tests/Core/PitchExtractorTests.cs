using FsCheck;
using FsCheck.Fluent;
using VoiceForge.Core;

namespace VoiceForge.Tests.Core;

public sealed class PitchExtractorTests
{
    private static readonly int[] Rates = [8000, 16000, 22050, 44100, 48000];

    [Theory]
    [InlineData(8000)]
    [InlineData(22050)]
    [InlineData(44100)]
    [InlineData(48000)]
    [InlineData(96000)]
    public void ToneOf440Hz_IsFoundWithinTwoPercentInEveryFrame(int rate)
    {
        var pitch = PitchExtractor.Yin(Tone(440, rate, rate / 4, 0.5), rate);

        Assert.Equal(25, pitch.Length);
        Assert.All(pitch, value => Assert.InRange(value, 440 * 0.98f, 440 * 1.02f));
    }

    [Fact]
    public void AnyToneInRange_IsFoundWithinTwoPercentWhateverItsLevelAndRate()
    {
        var tones = Gen.Choose(55, 950).Zip(Gen.Elements(Rates)).Zip(Gen.Choose(1, 1000));
        Prop.ForAll(tones.ToArbitrary(), tone =>
        {
            var ((hertz, rate), level) = (tone.Item1, tone.Item2);
            var pitch = PitchExtractor.Yin(Tone(hertz, rate, rate / 10, level / 1000.0), rate);

            Assert.All(pitch, value => Assert.InRange(value, hertz * 0.98f, hertz * 1.02f));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));
    }

    [Fact]
    public void VoiceWhoseOvertonesAreLouder_KeepsItsFundamental()
    {
        const int rate = 48000;
        var voice = Tone(120, rate, rate / 4, 0.1);
        foreach (var (overtone, level) in new[] { (2, 0.3), (3, 0.25), (4, 0.1) })
        {
            var part = Tone(120 * overtone, rate, voice.Length, level);
            for (var index = 0; index < voice.Length; index++)
                voice[index] += part[index];
        }

        Assert.All(PitchExtractor.Yin(voice, rate), value => Assert.InRange(value, 118, 122));
    }

    [Fact]
    public void SilenceAndNoise_AreUnvoiced()
    {
        const int rate = 16000;
        var random = new Random(7);
        var noise = Enumerable.Range(0, rate / 2).Select(_ => (float)(random.NextDouble() - 0.5)).ToArray();

        Assert.All(PitchExtractor.Yin(new float[rate / 2], rate), value => Assert.Equal(0, value));
        Assert.All(PitchExtractor.Yin(noise, rate), value => Assert.Equal(0, value));
    }

    [Fact]
    public void PitchThatChanges_IsFollowed()
    {
        const int rate = 16000;
        float[] audio = [.. Tone(200, rate, rate / 5, 0.5), .. new float[rate / 5], .. Tone(300, rate, rate / 5, 0.5)];

        var pitch = PitchExtractor.Yin(audio, rate);

        Assert.Equal(60, pitch.Length);
        Assert.InRange(pitch[5], 196, 204);
        Assert.Equal(0, pitch[30]);
        Assert.InRange(pitch[55], 294, 306);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void SamplesThatAreNotFinite_AreUnvoicedAndHarmTheirSurroundingsOnly(float bad)
    {
        const int rate = 16000;
        var audio = Tone(250, rate, rate, 0.5);
        audio[rate / 2] = bad;

        var pitch = PitchExtractor.Yin(audio, rate);

        Assert.Equal(0, pitch[50]);
        Assert.InRange(pitch[10], 245, 255);
        Assert.InRange(pitch[90], 245, 255);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(20, 1)]
    [InlineData(161, 2)]
    public void AudioTooShortForAPitch_HasOneUnvoicedValuePerBegunFrame(int length, int frames) =>
        Assert.Equal(new float[frames], PitchExtractor.Yin(Tone(900, 16000, length, 0.5)[..length], 16000).Select(value => length < 100 ? value : 0));

    [Theory]
    [InlineData(7999)]
    [InlineData(192001)]
    [InlineData(0)]
    public void RateOutOfRange_IsRefused(int rate) => Assert.Throws<ArgumentOutOfRangeException>(() => PitchExtractor.Yin(new float[100], rate));

    private static float[] Tone(double hertz, int rate, int length, double level) =>
        Enumerable.Range(0, length).Select(index => (float)(level * Math.Sin(2 * Math.PI * hertz * index / rate))).ToArray();
}
