namespace PocketTts.Tests.Items;

/// <summary>The tiny model without a row before the voice, with a voice of so many rows: every position can be counted.</summary>
internal sealed class TinyRun : IDisposable
{
    private readonly TinyModel _tiny;

    public TinyRun(int voiceRows = 3, TinyLayout layout = TinyLayout.V, Func<TtsModelOptions, TtsModelOptions>? change = null)
    {
        _tiny = new TinyModel(layout);
        Engine = SpeechEngine.Load(change?.Invoke(_tiny.Options) ?? _tiny.Options);
        Voice = Engine.CreateVoice(Samples(voiceRows * TinyGraphs.SamplesPerFrame), 24000, truncate: false);
    }

    public SpeechEngine Engine { get; }

    public VoiceState Voice { get; }

    /// <param name="tokens">Of a text that <see cref="Text"/> gives.</param>
    /// <param name="voiceRows">As in the constructor.</param>
    /// <param name="step">The frame at which the logit is to be above it for the first time.</param>
    public static double ThresholdPassedAt(int step, int tokens, int voiceRows) => voiceRows + tokens + step - new TinyGraphs(TinyLayout.V).EndPosition + 0.5;

    /// <summary>One token a character, two for the space in front and the full stop.</summary>
    public static string Text(int tokens) => "T" + new string('a', tokens - 3);

    public static float[] Samples(int count) => [.. Enumerable.Range(1, count).Select(i => i % 17 / 17f)];

    public float[] Speak(string text, GenerationOptions? options = null) => Engine.Generate(Voice, text, options ?? new GenerationOptions());

    public int Frames(string text, GenerationOptions options) => Speak(text, options).Length / TinyGraphs.SamplesPerFrame;

    public void Dispose()
    {
        Voice.Dispose();
        Engine.Dispose();
        _tiny.Dispose();
    }
}
