namespace PocketTts;

// The asynchronous members that version 2.0 of the guide announces.
public partial class TtsModel
{
    /// <summary>Loads a model without blocking the caller.</summary>
    /// <param name="variant"><inheritdoc cref="TtsModelOptions.Variant" path="/summary"/></param>
    /// <param name="temp"><inheritdoc cref="TtsModelOptions.Temp" path="/summary"/></param>
    /// <param name="lsdDecodeSteps"><inheritdoc cref="TtsModelOptions.LsdDecodeSteps" path="/summary"/></param>
    /// <param name="noiseClamp"><inheritdoc cref="TtsModelOptions.NoiseClamp" path="/summary"/></param>
    /// <param name="eosThreshold"><inheritdoc cref="TtsModelOptions.EosThreshold" path="/summary"/></param>
    /// <param name="progress">Told of every file that was loaded, on the loading thread.</param>
    /// <param name="cancellationToken">Ends the load after the file that is being read; what was loaded is freed.</param>
    /// <inheritdoc cref="LoadModelAsync(TtsModelOptions, IProgress{LoadProgress}?, CancellationToken)"/>
    public static Task<TtsModel> LoadModelAsync(
        string variant = "b6369a24",
        double temp = 0.7,
        int lsdDecodeSteps = 1,
        double? noiseClamp = null,
        double eosThreshold = -4.0,
        IProgress<LoadProgress>? progress = null,
        CancellationToken cancellationToken = default) =>
        LoadModelAsync(
            new TtsModelOptions { Variant = variant, Temp = temp, LsdDecodeSteps = lsdDecodeSteps, NoiseClamp = noiseClamp, EosThreshold = eosThreshold },
            progress,
            cancellationToken);

    /// <summary>Loads a model without blocking the caller.</summary>
    /// <param name="options">Which model, and how it speaks.</param>
    /// <param name="progress">Told of every file that was loaded, on the loading thread.</param>
    /// <param name="cancellationToken">Ends the load after the file that is being read; what was loaded is freed.</param>
    /// <remarks>Any thread; the work is done on a thread of its own. Where models are looked for: <see cref="LoadModel(TtsModelOptions)"/>.</remarks>
    /// <exception cref="ArgumentException">In the task: <see cref="TtsModelOptions.Variant"/> is empty or no folder name.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is <see langword="null"/>; thrown at once.</exception>
    /// <exception cref="ArgumentOutOfRangeException">In the task: a value is outside the range that its property documents.</exception>
    /// <exception cref="FileNotFoundException">In the task: the variant, or one of its files, is in none of the places that were searched.</exception>
    /// <exception cref="InvalidDataException">In the task: the files are there, but do not form a model that this version runs.</exception>
    /// <exception cref="OperationCanceledException">In the task: the load was cancelled.</exception>
    public static Task<TtsModel> LoadModelAsync(
        TtsModelOptions options, IProgress<LoadProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return SpeechThread.Run(() => new TtsModel(SpeechEngine.Load(options, new LoadReport(progress, cancellationToken))), cancellationToken);
    }

    /// <summary>Speaks a text without blocking the caller: the same samples as <see cref="GenerateAudio(VoiceState, string)"/>.</summary>
    /// <param name="voiceState"><inheritdoc cref="GenerateAudio(VoiceState, string)" path="/param[@name='voiceState']"/></param>
    /// <param name="text"><inheritdoc cref="GenerateAudio(VoiceState, string)" path="/param[@name='text']"/></param>
    /// <param name="options">Settings of this generation; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">
    /// Ends the generation in the middle of the frame (80 ms) that is being made. A state that it was to continue (<c>CopyState = false</c>)
    /// is then as it was before.
    /// </param>
    /// <returns><inheritdoc cref="GenerateAudio(VoiceState, string)" path="/returns"/></returns>
    /// <remarks>
    /// Arguments are checked at once; what goes wrong later is in the task. Any number of generations may run at once, also with one
    /// <paramref name="voiceState"/>; each has two threads of its own (one where there is one processor), and all share the graphs. Disposing the model or the state does not end one that runs.
    /// </remarks>
    /// <exception cref="ArgumentException">The text is empty, or the state was made by another model.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A value of <paramref name="options"/> is outside the range that its property documents.</exception>
    /// <exception cref="InvalidOperationException">In the task: the model gave values that are no numbers, or has no room left for the text.</exception>
    /// <exception cref="ObjectDisposedException">The model or the state was disposed.</exception>
    /// <exception cref="OperationCanceledException">In the task: the generation was cancelled.</exception>
    public Task<float[]> GenerateAudioAsync(
        VoiceState voiceState, string text, GenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        SpeechThread.Generate(_engine, _engine.Request(voiceState, text, options ?? new GenerationOptions()), cancellationToken);

    /// <summary>Speaks a text and gives the audio while it is made, without blocking the caller.</summary>
    /// <param name="voiceState"><inheritdoc cref="GenerateAudio(VoiceState, string)" path="/param[@name='voiceState']"/></param>
    /// <param name="text"><inheritdoc cref="GenerateAudio(VoiceState, string)" path="/param[@name='text']"/></param>
    /// <param name="options">Settings of this generation; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">
    /// Ends the generation in the middle of the frame that is being made; frames that were made ahead are not given any more.
    /// </param>
    /// <returns>
    /// New arrays of one frame each: 1920 mono samples (80 ms) at <see cref="SampleRate"/>; together the samples of
    /// <see cref="GenerateAudio(VoiceState, string)"/>. Up to 64 of them (5 s) are made ahead. Each enumeration is a generation of its own.
    /// Leaving it early ends the generation before <c>await foreach</c> goes on; a state that it was to continue is then as it was before.
    /// </returns>
    /// <inheritdoc cref="GenerateAudioAsync(VoiceState, string, GenerationOptions?, CancellationToken)"/>
    public IAsyncEnumerable<float[]> GenerateAudioStreamAsync(
        VoiceState voiceState, string text, GenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        SpeechThread.Stream(_engine, _engine.Request(voiceState, text, options ?? new GenerationOptions()), cancellationToken);

    /// <summary>Speaks a text and hands the audio over while it is made, without blocking the caller.</summary>
    /// <param name="voiceState"><inheritdoc cref="GenerateAudio(VoiceState, string)" path="/param[@name='voiceState']"/></param>
    /// <param name="text"><inheritdoc cref="GenerateAudio(VoiceState, string)" path="/param[@name='text']"/></param>
    /// <param name="onChunk">
    /// Called for one frame after the other, never twice at once, on the thread that decodes them: the next frame waits for its return, while
    /// another thread makes the next ones ready to be decoded, at most four blocks of 8 frames (2.6 s). The memory is the callee's to keep. What
    /// it throws ends the generation, and is the error of the task.
    /// </param>
    /// <param name="options">Settings of this generation; <see langword="null"/> for the defaults.</param>
    /// <param name="cancellationToken">Ends the generation in the middle of the frame that is being made.</param>
    /// <returns>A task that ends when the last frame was handed over.</returns>
    /// <inheritdoc cref="GenerateAudioAsync(VoiceState, string, GenerationOptions?, CancellationToken)"/>
    public Task GenerateAudioStreamAsync(
        VoiceState voiceState,
        string text,
        Action<ReadOnlyMemory<float>> onChunk,
        GenerationOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(onChunk);
        return SpeechThread.Generate(_engine, _engine.Request(voiceState, text, options ?? new GenerationOptions()), onChunk, cancellationToken);
    }
}
