using PocketTts;
using VoiceApp.Core;

namespace VoiceApp.Tests;

public class AnnouncerTests
{
    [Fact]
    public void PiecesOfAnAnnouncement_AreWhatIsSaidAtOnce()
    {
        using var announcer = new Announcer("tone", "alba", "marius");
        var pieces = new List<float[]>();

        var length = announcer.Announce("marius", "platform 3", pieces.Add);

        var whole = announcer.Say("marius", "platform 3");
        Assert.Equal(whole, pieces.SelectMany(piece => piece));
        Assert.Equal((double)whole.Length / announcer.SampleRate, length.TotalSeconds, 6);
    }

    [Fact]
    public void Voices_SoundDifferent()
    {
        using var announcer = new Announcer("tone", "alba", "marius");

        Assert.NotEqual(announcer.Say("alba", "hello"), announcer.Say("marius", "hello"));
    }

    [Fact]
    public void Record_WritesWhatTheModelSays()
    {
        var path = Path.GetTempFileName();
        try
        {
            Announcer.Record(path, "good morning");

            using TtsModel model = TtsModel.LoadModel(variant: "tone", lsdDecodeSteps: 1);
            using var alba = model.GetStateForAudioPrompt("alba");
            Assert.Equal(model.GenerateAudio(alba, "good morning"), WaveFile.Read(path, out var sampleRate));
            Assert.Equal(model.SampleRate, sampleRate);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
