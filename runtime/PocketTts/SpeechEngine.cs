using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;
using PocketTts.Text;
using PocketTts.Voices;

namespace PocketTts;

/// <summary>What stands behind <c>TtsModel</c>, V1 and V2: a loaded model, its voices and its workspaces.</summary>
/// <remarks>Thread-safe. Sessions are freed when the model was disposed and the last generation has ended.</remarks>
internal sealed class SpeechEngine : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Stack<GenerationWorkspace> _idle = new();
    private int _rented;
    private bool _isDisposed;

    private SpeechEngine(TtsModelOptions options, BundleFiles files, ModelLayout layout, LoadReport report)
    {
        Options = options;
        Manifest = layout.Manifest;
        Tokenizer = new UnigramTokenizer(ReadVocabulary(files, layout, report));
        Preparation = new TextPreparation(Manifest.RemoveSemicolons, Manifest.PadWithSpacesForShortInputs)
        {
            Characters = CharacterRules.For(Manifest.Language),
        };
        Splitter = new TextSplitter(Tokenizer, Preparation);
        Graphs = SpeechGraphs.Open(files, layout, options, report);
        try
        {
            Voices = new VoiceMaker(this, files, layout);
        }
        catch
        {
            Graphs.Dispose();
            throw;
        }
    }

    public TtsModelOptions Options { get; }

    public BundleManifest Manifest { get; }

    public SpeechGraphs Graphs { get; }

    public UnigramTokenizer Tokenizer { get; }

    public TextPreparation Preparation { get; }

    public TextSplitter Splitter { get; }

    public VoiceMaker Voices { get; }

    public int SampleRate => Manifest.SampleRate;

    /// <summary>With one processor a second thread would only take turns with the first.</summary>
    private static bool HasSparedProcessor => Environment.ProcessorCount > 1;

    /// <summary>Workspaces in use now.</summary>
    public int ActiveGenerations
    {
        get
        {
            lock (_gate)
                return _rented;
        }
    }

    public static SpeechEngine Load(TtsModelOptions options) => Load(options, new LoadReport(null, CancellationToken.None));

    public static SpeechEngine Load(TtsModelOptions options, LoadReport report)
    {
        OptionChecks.Check(options);
        var (files, layout) = ModelLocator.Find(options);
        report.Total = layout.CountFiles(files, options.Precision);
        if (layout.HasManifest)
            report.Loaded(BundleManifest.FileName);
        return new SpeechEngine(options, files, layout, report);
    }

    public VoiceState CreateVoice(string audioConditioning, bool truncate)
    {
        ThrowIfDisposed();
        return new VoiceState(this, Voices.Make(audioConditioning, truncate));
    }

    public VoiceState CreateVoice(ReadOnlySpan<float> audio, int sampleRate, bool truncate)
    {
        ThrowIfDisposed();
        return new VoiceState(this, Voices.Make(audio, sampleRate, truncate));
    }

    /// <exception cref="InvalidDataException">The file was made for another model.</exception>
    public FlowSnapshot ReadState(VoiceFile file) => StateFile.Read(file, Manifest.Name, Graphs);

    public VoiceFile WriteState(FlowSnapshot snapshot) => StateFile.Write(snapshot, Manifest.Name, Graphs);

    public float[] Generate(VoiceState voiceState, string text, GenerationOptions options) =>
        Generate(Request(voiceState, text, options), CancellationToken.None);

    public float[] Generate(GenerationRequest request, CancellationToken cancellationToken)
    {
        using var generation = new Generation(this, request, cancellationToken, isOverlapped: HasSparedProcessor);
        var frame = new float[Graphs.SamplesPerFrame];
        var audio = new List<float>();
        while (generation.TryNext(frame))
            audio.AddRange(frame);
        return [.. audio];
    }

    public IEnumerable<float[]> Stream(VoiceState voiceState, string text, GenerationOptions options) =>
        Stream(Request(voiceState, text, options), CancellationToken.None);

    /// <param name="request">What to speak.</param>
    /// <param name="cancellationToken">Ends it in the middle of a frame.</param>
    /// <param name="isAhead">Latents are made before they are asked for, on a thread that ends with the enumeration: it must be disposed.</param>
    public IEnumerable<float[]> Stream(GenerationRequest request, CancellationToken cancellationToken, bool isAhead = false)
    {
        using var generation = new Generation(this, request, cancellationToken, isAhead && HasSparedProcessor);
        var frame = new float[Graphs.SamplesPerFrame];
        while (generation.TryNext(frame))
        {
            yield return frame;
            frame = new float[frame.Length];
        }
    }

    public GenerationRequest Request(VoiceState voiceState, string text, GenerationOptions options)
    {
        ArgumentNullException.ThrowIfNull(voiceState);
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(options);
        OptionChecks.Check(options);
        ThrowIfDisposed();
        voiceState.BindTo(this);

        // A text without marks is cut only if the frames that it may take would not fit: each token costs itself and its share of frames.
        var room = Graphs.Capacity - voiceState.Share().Position;
        var maxTokens = Math.Min(options.MaxTokens, Manifest.MaxTokenPerChunk > 0 ? Manifest.MaxTokenPerChunk : int.MaxValue);
        var mostTokens = Math.Max(maxTokens, (room - LatentGeneration.MostFrames(0)) * 6 / 31);
        return new GenerationRequest(voiceState, Splitter.Split(Normalize(text), maxTokens, mostTokens), options);
    }

    /// <summary>The rows of the text table for these tokens, <c>[1, n, model size]</c>.</summary>
    public NativeTensor Embed(List<Token> tokens)
    {
        using var ids = new NativeTensor(TensorElementType.Int64, 1, tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
            ids.Integers[i] = tokens[i].Id;
        using var outputs = Graphs.TextConditioner.Run(Graphs.RunOptions, ["token_ids"], [ids.Value], ["embeddings"]);
        var rows = outputs[0].GetTensorDataAsSpan<float>();
        return rows.Length == tokens.Count * Graphs.ModelSize
            ? Rows(rows)
            : throw new InvalidOperationException(
                $"text_conditioner gives {rows.Length} values for {tokens.Count} tokens; expected {Graphs.ModelSize} for each.");
    }

    /// <summary>Rows as the model reads them, <c>[1, n, model size]</c>.</summary>
    public NativeTensor Rows(ReadOnlySpan<float> values)
    {
        var rows = new NativeTensor(TensorElementType.Float, 1, values.Length / Graphs.ModelSize, Graphs.ModelSize);
        values.CopyTo(rows.Floats);
        return rows;
    }

    public GenerationWorkspace Rent()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(TtsModel));
            _rented++;
            if (_idle.TryPop(out var workspace))
                return workspace;
        }

        try
        {
            return new GenerationWorkspace(Graphs);
        }
        catch
        {
            Return(null);
            throw;
        }
    }

    public void Return(GenerationWorkspace? workspace)
    {
        workspace?.Revive();
        lock (_gate)
        {
            _rented--;
            if (workspace is not null && !_isDisposed && _idle.Count < Environment.ProcessorCount)
                _idle.Push(workspace);
            else
                workspace?.Dispose();
            if (_isDisposed && _rented == 0)
                Graphs.Dispose();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;
            _isDisposed = true;
            while (_idle.TryPop(out var workspace))
                workspace.Dispose();
            Voices.Cache.Clear();
            if (_rented == 0)
                Graphs.Dispose();
        }
    }

    private string Normalize(string text)
    {
        var isEnglish = Manifest.Language.StartsWith("english", StringComparison.OrdinalIgnoreCase);
        var normalizer = Options.TextNormalizer ?? (isEnglish ? TextNormalizer.English : TextNormalizer.None);
        return normalizer.Normalize(text) ?? throw new InvalidOperationException($"The text normalizer {normalizer.GetType()} gave null for '{text}'.");
    }

    private static SentencePieceModel ReadVocabulary(BundleFiles files, ModelLayout layout, LoadReport report)
    {
        var file = layout.Manifest.TokenizerFile;
        var content = Read(files, file);
        report.Loaded(file);
        if (layout.ScoresFile is not { } scoresFile)
            return SentencePieceModel.Parse(content, files.Describe(file));
        var scores = Read(files, scoresFile);
        report.Loaded(scoresFile);
        return VocabularyJson.Parse(content, scores, files.Describe(file), files.Describe(scoresFile));
    }

    private static byte[] Read(BundleFiles files, string file) =>
        files.Contains(file) ? files.Read(file) : throw new FileNotFoundException($"The model in {files.Location} lacks '{file}'.", file);

    private void ThrowIfDisposed()
    {
        lock (_gate)
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(TtsModel));
    }
}
