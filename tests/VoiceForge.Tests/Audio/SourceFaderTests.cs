using FsCheck;
using FsCheck.Fluent;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class SourceFaderTests
{
    private const int SampleRate = 48000;

    private readonly object _one = new();
    private readonly object _other = new();

    [Fact]
    public void FirstSource_IsNotTouched()
    {
        var fader = new SourceFader(SampleRate, channels: 1);
        fader.Reset(source: null);
        float[] block = [0.9f, -0.9f, 1f];

        fader.Join(block, _one);

        Assert.Equal([0.9f, -0.9f, 1f], block);
    }

    [Fact]
    public void FailedSource_IsLeftFromItsLastSampleBackwards()
    {
        var fader = new SourceFader(SampleRate, channels: 2);
        fader.Reset(source: null);
        var played = Enumerable.Range(0, 2 * fader.Frames).Select(index => index % 2 == 0 ? index / 1000f : -index / 1000f).ToArray();
        fader.Join(played, _one);

        var silence = new float[2 * fader.Frames];
        fader.Join(silence, _other);

        Assert.InRange(silence[0], 0.99f * played[^2], played[^2]);
        Assert.InRange(silence[1], played[^1], 0.99f * played[^1]);
        Assert.InRange(silence[2], 0.99f * played[^4], played[^4]);
        Assert.InRange(silence[^2], 0, 0.0001f);
        Assert.Equal(0, JoinOne(fader, 0, _other)); // over
    }

    [Fact]
    public void AfterReset_NothingPlayedBeforeIsHeardAgain()
    {
        var fader = new SourceFader(SampleRate, channels: 1);
        fader.Reset(source: null);
        fader.Join(Enumerable.Repeat(1f, 1000).ToArray(), _one);

        fader.Reset(_other);
        var block = new float[1000];
        fader.Join(block, _one);

        Assert.All(block, sample => Assert.Equal(0, sample));
    }

    // Whatever changes when, and in blocks of whatever length: bounded, and no step larger than those of the sources and of the fade.
    [Fact]
    public void AnySequenceOfSources_StaysBoundedAndHasNoClick() => Prop.ForAll(
        ArbMap.Default.ArbFor<(byte Level, PositiveInt Length, bool IsOther)[]>(),
        blocks =>
        {
            var fader = new SourceFader(SampleRate, channels: 1);
            fader.Reset(_other);
            var last = 0f;
            foreach (var (level, length, isOther) in blocks)
            {
                var value = isOther ? 0 : 1f; // a source is constant, so that every step is the fader's
                var block = Enumerable.Repeat(value, 1 + (length.Get * 37 + level) % 600).ToArray();
                fader.Join(block, isOther ? _other : _one);
                foreach (var sample in block)
                {
                    if (sample is < 0 or > 1 || Math.Abs(sample - last) > 0.05f)
                        return false;
                    last = sample;
                }
            }

            return true;
        }).QuickCheckThrowOnFailure();

    private static float JoinOne(SourceFader fader, float value, object source)
    {
        float[] block = [value, value];
        fader.Join(block, source);
        return block[0];
    }
}
