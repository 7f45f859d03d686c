namespace PocketTts;

// V2's members. Those that V1 shares with it are in TtsModel.Shared.cs, V1's own in V1/TtsModel.cs.
public
#if !INCLUDE_V1
sealed
#endif
partial class TtsModel
{
    /// <summary>Loads the model <c>b6369a24</c> with the default settings.</summary>
    /// <inheritdoc cref="LoadModel(TtsModelOptions)"/>
    public static TtsModel LoadModel() => LoadModel(new TtsModelOptions());

    /// <summary>Loads a model.</summary>
    /// <param name="variant"><inheritdoc cref="TtsModelOptions.Variant" path="/summary"/></param>
    /// <param name="temp"><inheritdoc cref="TtsModelOptions.Temp" path="/summary"/></param>
    /// <param name="lsdDecodeSteps"><inheritdoc cref="TtsModelOptions.LsdDecodeSteps" path="/summary"/></param>
    /// <param name="noiseClamp"><inheritdoc cref="TtsModelOptions.NoiseClamp" path="/summary"/></param>
    /// <param name="eosThreshold"><inheritdoc cref="TtsModelOptions.EosThreshold" path="/summary"/></param>
    /// <inheritdoc cref="LoadModel(TtsModelOptions)"/>
    public static TtsModel LoadModel(
        string variant = "b6369a24", double temp = 0.7, int lsdDecodeSteps = 1, double? noiseClamp = null, double eosThreshold = -4.0) =>
        LoadModel(new TtsModelOptions
        {
            Variant = variant, Temp = temp, LsdDecodeSteps = lsdDecodeSteps, NoiseClamp = noiseClamp, EosThreshold = eosThreshold,
        });

    /// <summary>Loads a model.</summary>
    /// <remarks>
    /// Blocks while the files are read (seconds for a real model, milliseconds for <c>"tone"</c>). Nothing is downloaded. A variant other than
    /// <c>"tone"</c> is looked for in <see cref="TtsModelOptions.ModelDirectory"/>, then in the folder that the environment variable
    /// <c>POCKET_TTS_MODELS</c> names, then in the folder <c>pocket-tts</c> of the user's data folder. Any thread.
    /// </remarks>
    /// <exception cref="ArgumentException"><see cref="TtsModelOptions.Variant"/> is empty or no folder name.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside the range that its property documents.</exception>
    /// <exception cref="FileNotFoundException">The variant, or one of its files, is in none of the places that were searched.</exception>
    /// <exception cref="InvalidDataException">The files are there, but do not form a model that this version runs.</exception>
    public static TtsModel LoadModel(TtsModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new TtsModel(SpeechEngine.Load(options));
    }

    /// <summary>Makes the state of a voice, from which any number of texts can be spoken.</summary>
    /// <param name="audioConditioning">
    /// A predefined voice name, or the path of a <c>.wav</c> (the voice to imitate) or <c>.safetensors</c> file (a published voice).
    /// </param>
    /// <remarks>
    /// Any thread; blocks: with a real model, making a voice from audio takes a while. The model remembers the last 16 voices
    /// (256 MiB at most) by their content, so asking for one of them again is quick.
    /// </remarks>
    /// <exception cref="ArgumentException">
    /// The name is empty or unknown (the message lists the known ones), or the audio is silent, not finite, shorter than 80 ms, or too long for the model.
    /// </exception>
    /// <exception cref="FileNotFoundException">The path does not exist.</exception>
    /// <exception cref="InvalidDataException">The file is damaged, in an unsupported format, or made for another model.</exception>
    /// <exception cref="InvalidOperationException">The model has no encoder, so it cannot take audio.</exception>
    /// <exception cref="ObjectDisposedException">The model was disposed.</exception>
    public VoiceState GetStateForAudioPrompt(string audioConditioning) => GetStateForAudioPrompt(audioConditioning, truncate: false);

    /// <param name="audioConditioning"><inheritdoc cref="GetStateForAudioPrompt(string)" path="/param[@name='audioConditioning']"/></param>
    /// <param name="truncate">Use only the first 30 seconds of a <c>.wav</c> file.</param>
    /// <inheritdoc cref="GetStateForAudioPrompt(string)"/>
    public VoiceState GetStateForAudioPrompt(string audioConditioning, bool truncate) => _engine.CreateVoice(audioConditioning, truncate);

    /// <summary>Makes the state of the voice that is heard in <paramref name="audio"/>.</summary>
    /// <param name="audio">Mono samples, nominal range [-1, 1]; copied.</param>
    /// <param name="sampleRate">In Hz, 1000 to 768000; resampled to <see cref="SampleRate"/>.</param>
    /// <param name="truncate">Use only the first 30 seconds.</param>
    /// <inheritdoc cref="GetStateForAudioPrompt(string)"/>
    /// <exception cref="ArgumentException"><paramref name="audio"/> is silent, not finite, shorter than 80 ms, or too long for the model.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sampleRate"/> is out of range.</exception>
    public VoiceState GetStateForAudioPrompt(ReadOnlySpan<float> audio, int sampleRate, bool truncate = false) =>
        _engine.CreateVoice(audio, sampleRate, truncate);

    /// <summary>Speaks a text.</summary>
    /// <param name="voiceState">A state made by this model.</param>
    /// <param name="text">The text, of any length.</param>
    /// <returns>A new array: mono samples at <see cref="SampleRate"/>, nominal range [-1, 1] (may exceed it), a multiple of 1920 long.</returns>
    /// <remarks>
    /// Blocks until all is spoken; where there is more than one processor, a second thread works ahead of the caller's. Any number of threads may
    /// call it at once, also with one <paramref name="voiceState"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">The text is empty, or the state was made by another model.</exception>
    /// <exception cref="InvalidOperationException">The model failed or gave values that are no numbers, or has no room left for the text.</exception>
    /// <exception cref="ObjectDisposedException">The model or the state was disposed.</exception>
    public float[] GenerateAudio(VoiceState voiceState, string text) => _engine.Generate(voiceState, text, new GenerationOptions());

    /// <param name="voiceState"><inheritdoc cref="GenerateAudio(VoiceState, string)" path="/param[@name='voiceState']"/></param>
    /// <param name="text"><inheritdoc cref="GenerateAudio(VoiceState, string)" path="/param[@name='text']"/></param>
    /// <param name="options">Settings of this generation.</param>
    /// <inheritdoc cref="GenerateAudio(VoiceState, string)"/>
    /// <exception cref="ArgumentOutOfRangeException">A value of <paramref name="options"/> is outside the range that its property documents.</exception>
    public float[] GenerateAudio(VoiceState voiceState, string text, GenerationOptions options) => _engine.Generate(voiceState, text, options);

    /// <summary>Speaks a text and gives the audio while it is made: the same samples as <see cref="GenerateAudio(VoiceState, string)"/>.</summary>
    /// <returns>
    /// New arrays of one frame each: 1920 mono samples (80 ms) at <see cref="SampleRate"/>, computed when they are asked for, on the asking
    /// thread; each enumeration is a generation of its own. Disposing the enumerator early ends it.
    /// </returns>
    /// <remarks>
    /// Arguments are checked at once, not at the first frame. The first eight frames of a chunk are made one by one, later ones in blocks that grow
    /// to eight frames (0.64 s), where the model's decoder takes several: the first frame of a block then takes the time of all, the others none.
    /// A listener who starts with the first frame does not run dry as long as a frame is made in four fifths of its 80 ms.
    /// </remarks>
    /// <inheritdoc cref="GenerateAudio(VoiceState, string)"/>
    public IEnumerable<float[]> GenerateAudioStream(VoiceState voiceState, string text) => _engine.Stream(voiceState, text, new GenerationOptions());

    /// <inheritdoc cref="GenerateAudioStream(VoiceState, string)"/>
    /// <param name="voiceState"><inheritdoc cref="GenerateAudio(VoiceState, string)" path="/param[@name='voiceState']"/></param>
    /// <param name="text"><inheritdoc cref="GenerateAudio(VoiceState, string)" path="/param[@name='text']"/></param>
    /// <param name="options">Settings of this generation.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value of <paramref name="options"/> is outside the range that its property documents.</exception>
    public IEnumerable<float[]> GenerateAudioStream(VoiceState voiceState, string text, GenerationOptions options) => _engine.Stream(voiceState, text, options);
}
