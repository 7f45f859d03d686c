namespace PocketTts;

/// <summary>Turns text into speech: 24 kHz mono, from ONNX files or from the built-in tone voice.</summary>
/// <remarks>
/// One model serves any number of threads at once: everything that changes belongs to the call. Model and method: Kyutai, Pocket TTS
/// (github.com/kyutai-labs/pocket-tts, MIT).
/// </remarks>
public partial class TtsModel : IDisposable
{
    private readonly SpeechEngine _engine;

    private TtsModel(SpeechEngine engine) => _engine = engine;

    /// <summary>The sample rate of the audio in Hz: 24000.</summary>
    public int SampleRate => _engine.SampleRate;

    /// <summary>Releases the model. Any thread, more than once; a generation that runs goes on, and the memory is given back at its end.</summary>
    public void Dispose()
    {
        _engine.Dispose();
        GC.SuppressFinalize(this);
    }
}
