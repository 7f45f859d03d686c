using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace PocketTts;

// The names of Pocket TTS 0.2. LegacySdk links this file and leaves the attributes out: there these names are current.
public partial class TtsModel
{
#if !LEGACY_SDK
    private const string Marker = "MKOBSOLETE";
    private const string Page = "https://github.com/migrationkit/migrationkit/blob/main/docs/rules/";
#endif

    /// <summary>Loads a model.</summary>
    /// <param name="variant">The model: <c>"tone"</c> is the built-in tone voice, any other name a folder of ONNX files.</param>
    /// <param name="temp">Variance of the noise each frame starts from, 0 or more.</param>
    /// <param name="steps">Decoding steps from noise to a frame, 1 or more.</param>
    /// <param name="eos">Speech ends when the model's end-of-speech logit is above this.</param>
    /// <exception cref="ArgumentException"><paramref name="variant"/> is empty or no folder name.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="temp"/>, <paramref name="steps"/> or <paramref name="eos"/> is out of range.</exception>
    /// <exception cref="FileNotFoundException">The variant is in none of the places that were searched; the message names them.</exception>
    /// <exception cref="InvalidDataException">The files are there, but do not form a model that this version runs.</exception>
#if !LEGACY_SDK
    [Obsolete("Use TtsModel.LoadModel; steps is called lsdDecodeSteps there, eos eosThreshold.", DiagnosticId = Marker, UrlFormat = Page + "MK0001.md")]
    [EditorBrowsable(EditorBrowsableState.Never)]
#endif
    public TtsModel(string variant = "b6369a24", double temp = 0.7, int steps = 1, double eos = -4.0)
        : this(SpeechEngine.Load(V1Options(variant, temp, steps, eos)))
    {
    }

#if !LEGACY_SDK
    /// <summary>Loads a model, with the parameter names of Pocket TTS 0.2: chosen only when one of them is written.</summary>
    /// <inheritdoc cref="TtsModel(string, double, int, double)"/>
    [Obsolete("Use lsdDecodeSteps instead of steps and eosThreshold instead of eos.", DiagnosticId = Marker, UrlFormat = Page + "MK0002.md")]
    [EditorBrowsable(EditorBrowsableState.Never)]
    [OverloadResolutionPriority(-1)]
    public static TtsModel LoadModel(string variant = "b6369a24", double temp = 0.7, int steps = 1, double eos = -4.0) =>
        new(SpeechEngine.Load(V1Options(variant, temp, steps, eos)));
#endif

    /// <summary>Makes the state of a voice, from which any number of texts can be spoken.</summary>
    /// <param name="voice">A predefined voice name, or the path of a <c>.wav</c> or <c>.safetensors</c> file.</param>
    /// <remarks>Any thread.</remarks>
    /// <exception cref="ArgumentException">The name is empty or unknown (the message lists the known ones), or the audio is empty or silent.</exception>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, in an unsupported format, or made for another model.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
#if !LEGACY_SDK
    [Obsolete("Use GetStateForAudioPrompt.", DiagnosticId = Marker, UrlFormat = Page + "MK0003.md")]
    [EditorBrowsable(EditorBrowsableState.Never)]
#endif
    public VoiceState LoadVoice(string voice) => _engine.CreateVoice(voice, truncate: false);

    /// <summary>Speaks a text.</summary>
    /// <param name="voiceState">A state made by this model.</param>
    /// <param name="text">The text, of any length.</param>
    /// <returns>A new array: mono samples at <see cref="SampleRate"/>, a multiple of 1920 long.</returns>
    /// <remarks>Blocks until all is spoken. Any number of threads may call it at once, also with one <paramref name="voiceState"/>.</remarks>
    /// <exception cref="ArgumentException">The text is empty, or the state was made by another model.</exception>
    /// <exception cref="ObjectDisposedException">The model or the state was disposed.</exception>
#if !LEGACY_SDK
    [Obsolete("Use GenerateAudio.", DiagnosticId = Marker, UrlFormat = Page + "MK0003.md")]
    [EditorBrowsable(EditorBrowsableState.Never)]
#endif
    public float[] Generate(VoiceState voiceState, string text) => _engine.Generate(voiceState, text, new GenerationOptions());

    /// <summary>Speaks a text and gives the audio while it is made: the same samples as <see cref="Generate"/>.</summary>
    /// <returns>New arrays of one frame each: 1920 mono samples (80 ms), computed when asked for, on the asking thread.</returns>
    /// <inheritdoc cref="Generate"/>
#if !LEGACY_SDK
    [Obsolete("Use GenerateAudioStream.", DiagnosticId = Marker, UrlFormat = Page + "MK0003.md")]
    [EditorBrowsable(EditorBrowsableState.Never)]
#endif
    public IEnumerable<float[]> Stream(VoiceState voiceState, string text) => _engine.Stream(voiceState, text, new GenerationOptions());

    private static TtsModelOptions V1Options(string variant, double temp, int steps, double eos) =>
        new() { Variant = variant, Temp = temp, LsdDecodeSteps = steps, EosThreshold = eos };
}
