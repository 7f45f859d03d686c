using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;
using PocketTts.Text;
using PocketTts.Voices;

namespace PocketTts;

/// <summary>What stands behind <c>TtsModel</c>, V1 and V2: a loaded model, its voices and its workspaces.</summary>
/// <remarks>Thread-safe. Sessions are freed when the model was disposed and the last generation has ended.</remarks>
internal sealed class SpeechEngine : IDisposable
{
    private const int LongestPromptSeconds = 30;
    private readonly Lock _gate = new();
    private readonly Stack<GenerationWorkspace> _idle = new();
    private readonly VoiceSource _voices;
    private readonly float[] _rowsBeforeVoice;
    private int _rented;
    private bool _isDisposed;

    private SpeechEngine(TtsModelOptions options, BundleFiles files, BundleManifest manifest, LoadReport report)
    {
        Options = options;
        Manifest = manifest;
        Tokenizer = new UnigramTokenizer(SentencePieceModel.Parse(Read(files, manifest.TokenizerFile), files.Describe(manifest.TokenizerFile)));
        Preparation = new TextPreparation(manifest.RemoveSemicolons, manifest.PadWithSpacesForShortInputs);
        Splitter = new TextSplitter(Tokenizer, Preparation);
        _voices = new VoiceSource(files, manifest);
        report.Loaded(manifest.TokenizerFile);
        Graphs = SpeechGraphs.Open(files, manifest, options.Precision, options.Threads, report);
        try
        {
            _rowsBeforeVoice = ReadRowsBeforeVoice(files);
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

    public int SampleRate => Manifest.SampleRate;

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
        var files = ModelLocator.Find(options.Variant, options.ModelDirectory);
        report.Total = 2 + SpeechGraphs.CountFiles(files, options.Precision); // the manifest and the tokenizer
        var manifest = BundleManifest.Parse(Read(files, BundleManifest.FileName), files.Describe(BundleManifest.FileName));
        report.Loaded(BundleManifest.FileName);
        return new SpeechEngine(options, files, manifest, report);
    }

    public VoiceState CreateVoice(string audioConditioning, bool truncate)
    {
        ThrowIfDisposed();
        var (content, isWav, location) = _voices.Open(audioConditioning);
        if (isWav)
        {
            var (samples, sampleRate) = WavReader.Read(content, location);
            return CreateVoice(samples, sampleRate, truncate);
        }

        var file = SafeTensorsFile.Read(content, location);
        if (file.Prompt is not { } prompt)
            return new VoiceState(this, FlowSnapshot.FromFile(file, this));
        if (prompt.Shape is not [.., var width] || width != Graphs.ModelSize || prompt.Values.Length == 0)
            throw file.Foreign($"'{prompt.Name}' has shape [{string.Join(", ", prompt.Shape)}], rows of {Graphs.ModelSize} are needed");

        var workspace = Rent();
        try
        {
            return CreateVoice(workspace, prompt.Values);
        }
        finally
        {
            Return(workspace);
        }
    }

    public VoiceState CreateVoice(ReadOnlySpan<float> audio, int sampleRate, bool truncate)
    {
        ThrowIfDisposed();
        if (sampleRate is < Resampler.LowestRate or > Resampler.HighestRate)
            throw new ArgumentOutOfRangeException(nameof(sampleRate), sampleRate, $"Expected {Resampler.LowestRate} to {Resampler.HighestRate} Hz.");
        if (Graphs.MimiEncoder is null)
            throw new InvalidOperationException($"The model '{Options.Variant}' has no encoder, so it cannot take audio; its voices: {string.Join(", ", _voices.Names)}.");
        var used = truncate ? audio[..(int)Math.Min(audio.Length, (long)LongestPromptSeconds * sampleRate)] : audio;
        if (!used.ContainsAnyExcept(0f))
            throw new ArgumentException("The audio of the voice is empty or silent; give a few seconds of speech.", nameof(audio));
        foreach (var sample in used)
        {
            if (!float.IsFinite(sample))
                throw new ArgumentException($"The audio of the voice holds {sample}; all samples must be finite.", nameof(audio));
        }

        var samples = Resampler.Resample(used, sampleRate, SampleRate);
        CheckRoom((samples.Length + Manifest.SamplesPerFrame - 1) / Manifest.SamplesPerFrame);
        using var input = new PinnedTensor(TensorElementType.Float, 1, 1, samples.Length);
        samples.CopyTo(input.Floats);
        var workspace = Rent();
        try
        {
            using var outputs = Graphs.MimiEncoder.Run(Graphs.RunOptions, ["audio"], [input.Value], [Graphs.MimiEncoder.OutputNames[0]]);
            return CreateVoice(workspace, outputs[0].GetTensorDataAsSpan<float>());
        }
        finally
        {
            Return(workspace);
        }
    }

    public float[] Generate(VoiceState voiceState, string text, GenerationOptions options) =>
        Generate(Request(voiceState, text, options), CancellationToken.None);

    public float[] Generate(GenerationRequest request, CancellationToken cancellationToken)
    {
        using var generation = new Generation(this, request, cancellationToken);
        var frame = new float[Manifest.SamplesPerFrame];
        var audio = new List<float>();
        while (generation.TryNext(frame))
            audio.AddRange(frame);
        return [.. audio];
    }

    public IEnumerable<float[]> Stream(VoiceState voiceState, string text, GenerationOptions options) =>
        Stream(Request(voiceState, text, options), CancellationToken.None);

    public IEnumerable<float[]> Stream(GenerationRequest request, CancellationToken cancellationToken)
    {
        using var generation = new Generation(this, request, cancellationToken);
        var frame = new float[Manifest.SamplesPerFrame];
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
        var mostTokens = Math.Max(maxTokens, (room - Generation.MostFrames(0)) * 6 / 31);
        return new GenerationRequest(voiceState, Splitter.Split(text, maxTokens, mostTokens), options);
    }

    /// <summary>The rows of the text table for these tokens, <c>[1, n, model size]</c>.</summary>
    public PinnedTensor Embed(List<Token> tokens)
    {
        using var ids = new PinnedTensor(TensorElementType.Int64, 1, tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
            ids.Integers[i] = tokens[i].Id;
        using var outputs = Graphs.TextConditioner.Run(Graphs.RunOptions, ["token_ids"], [ids.Value], ["embeddings"]);
        return Rows(outputs[0].GetTensorDataAsSpan<float>());
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
            return new GenerationWorkspace(Graphs, Manifest.SamplesPerFrame);
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
            if (_rented == 0)
                Graphs.Dispose();
        }
    }

    private VoiceState CreateVoice(GenerationWorkspace workspace, ReadOnlySpan<float> voiceRows)
    {
        CheckRoom(voiceRows.Length / Graphs.ModelSize);
        using var rows = Rows([.. _rowsBeforeVoice, .. voiceRows]);
        workspace.ResetFlow();
        workspace.Prefill(rows);
        return new VoiceState(this, FlowSnapshot.Capture((int)rows.Shape[1], Graphs.FlowSlots, workspace.FlowStates));
    }

    private void CheckRoom(int voiceRows)
    {
        // Beside the voice, a token and a frame must fit.
        var most = Graphs.Capacity - (_rowsBeforeVoice.Length / Graphs.ModelSize) - 2;
        if (voiceRows > most)
        {
            var perRow = (double)Manifest.SamplesPerFrame / SampleRate;
            throw new ArgumentException($"The voice is {voiceRows * perRow:0.0} s long, the model holds {most * perRow:0.0} s; pass truncate: true or less audio.");
        }
    }

    private PinnedTensor Rows(ReadOnlySpan<float> values)
    {
        var rows = new PinnedTensor(TensorElementType.Float, 1, values.Length / Graphs.ModelSize, Graphs.ModelSize);
        values.CopyTo(rows.Floats);
        return rows;
    }

    private float[] ReadRowsBeforeVoice(BundleFiles files)
    {
        if (!Manifest.InsertBosBeforeVoice)
            return [];
        var file = Manifest.BosBeforeVoiceFile ?? "bos_before_voice.npy";
        var values = NpyFile.ReadValues(Read(files, file), files.Describe(file));
        return values.Length == Graphs.ModelSize
            ? values
            : throw new InvalidDataException($"'{files.Describe(file)}' holds {values.Length} values, a row of {Graphs.ModelSize} is needed.");
    }

    private static byte[] Read(BundleFiles files, string file) =>
        files.Contains(file) ? files.Read(file) : throw new FileNotFoundException($"The model in {files.Location} lacks '{file}'.", file);

    private void ThrowIfDisposed()
    {
        lock (_gate)
            ObjectDisposedException.ThrowIf(_isDisposed, typeof(TtsModel));
    }
}
