namespace PocketTts;

internal sealed class SpeechEngine : IDisposable
{
    private const string NotYet = "The engine is not part of this build yet.";

    public int SampleRate => 24000;

    public static SpeechEngine Load(TtsModelOptions options) => throw new PlatformNotSupportedException(NotYet);

    public VoiceState CreateVoice(string audioConditioning, bool truncate) => throw new PlatformNotSupportedException(NotYet);

    public VoiceState CreateVoice(ReadOnlySpan<float> audio, int sampleRate, bool truncate) => throw new PlatformNotSupportedException(NotYet);

    public float[] Generate(VoiceState voiceState, string text, GenerationOptions options) => throw new PlatformNotSupportedException(NotYet);

    public IEnumerable<float[]> Stream(VoiceState voiceState, string text, GenerationOptions options) => throw new PlatformNotSupportedException(NotYet);

    public void Dispose()
    {
    }
}
