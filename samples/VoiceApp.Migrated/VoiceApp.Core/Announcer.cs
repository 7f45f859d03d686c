using PocketTts;

namespace VoiceApp.Core;

/// <summary>Speaks announcements in a set of voices.</summary>
public sealed class Announcer : IDisposable
{
    private readonly TtsModel _model;
    private readonly Dictionary<string, VoiceState> _voices;

    /// <param name="variant">The speech model; <c>"tone"</c> needs no files.</param>
    /// <param name="voices">The voices to have ready.</param>
    public Announcer(string variant, params string[] voices)
    {
        _model = TtsModel.LoadModel(variant, temp: 0.7, lsdDecodeSteps: 2, eosThreshold: -4.0);
        _voices = voices.ToDictionary(name => name, _model.GetStateForAudioPrompt);
    }

    /// <summary>Hz.</summary>
    public int SampleRate => _model.SampleRate;

    /// <summary>Speaks a text.</summary>
    /// <returns>Mono samples.</returns>
    public float[] Say(string voice, string text) => _model.GenerateAudio(_voices[voice], text);

    /// <summary>Speaks a text and hands out each piece as soon as it is there: see <see cref="TtsModel.GenerateAudioStream(VoiceState, string)"/>.</summary>
    /// <returns>How long the announcement is.</returns>
    public TimeSpan Announce(string voice, string text, Action<float[]> play)
    {
        var samples = 0L;
        foreach (var piece in _model.GenerateAudioStream(_voices[voice], text))
        {
            play(piece);
            samples += piece.Length;
        }

        return TimeSpan.FromSeconds((double)samples / SampleRate);
    }

    /// <summary>Speaks one text into a file, with a model of its own.</summary>
    public static void Record(string path, string text, string voice = "alba", string variant = "tone")
    {
        using var model = TtsModel.LoadModel(variant, 0.7, 1, eosThreshold: -4.0);
        WaveFile.Write(path, model.GenerateAudio(model.GetStateForAudioPrompt(voice), text), model.SampleRate);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var voice in _voices.Values)
            voice.Dispose();
        _model.Dispose();
    }
}
