using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;
using PocketTts.Voices;

namespace PocketTts;

/// <summary>Makes the state of a voice out of audio, encoder rows or an exported state. Thread-safe.</summary>
internal sealed class VoiceMaker
{
    private const int LongestPromptSeconds = 30;
    private const string BosFile = "bos_before_voice.npy";
    private readonly SpeechEngine _engine;
    private readonly VoiceSource _source;
    private readonly float[] _rowsBeforeVoice;

    /// <exception cref="FileNotFoundException">The row before the voice is missing.</exception>
    /// <exception cref="InvalidDataException">That row, or the file of voices, is damaged.</exception>
    public VoiceMaker(SpeechEngine engine, BundleFiles files, ModelLayout layout)
    {
        _engine = engine;
        _source = new VoiceSource(files, layout, engine.Options.Resolver);
        _rowsBeforeVoice = layout.Manifest.InsertBosBeforeVoice ? ReadRowsBeforeVoice(files, layout.Manifest.BosBeforeVoiceFile ?? BosFile) : [];
    }

    /// <summary>The voices that were made last.</summary>
    public VoiceCache Cache { get; } = new();

    private SpeechGraphs Graphs => _engine.Graphs;

    public FlowSnapshot Make(string audioConditioning, bool truncate)
    {
        var content = _source.Open(audioConditioning);
        if (content.Wav is not null)
        {
            var (samples, sampleRate) = WavReader.Read(content.Wav, content.Location);
            return Make(samples, sampleRate, truncate);
        }

        var file = content.File!;
        if (file.Prompt is not { } prompt)
            return StateFile.Read(file, _engine.Manifest.Name, Graphs);
        if (prompt.Shape is not [.., var width] || width != Graphs.ModelSize || prompt.Values.Length == 0)
            throw file.Foreign($"'{prompt.Name}' has shape [{string.Join(", ", prompt.Shape)}], rows of {Graphs.ModelSize} are needed");

        var key = VoiceCache.KeyOf<float>("rows", prompt.Values);
        if (Cache.Find(key) is { } known)
            return known;
        var workspace = _engine.Rent();
        try
        {
            return Cache.Add(key, Prefill(workspace, prompt.Values));
        }
        finally
        {
            _engine.Return(workspace);
        }
    }

    public FlowSnapshot Make(ReadOnlySpan<float> audio, int sampleRate, bool truncate)
    {
        if (sampleRate is < Resampler.LowestRate or > Resampler.HighestRate)
            throw new ArgumentOutOfRangeException(nameof(sampleRate), sampleRate, $"Expected {Resampler.LowestRate} to {Resampler.HighestRate} Hz.");
        if (Graphs.MimiEncoder is not { } encoder)
        {
            throw new InvalidOperationException(
                $"The model '{_engine.Options.Variant}' has no encoder, so it cannot take audio; its voices: {string.Join(", ", _source.Names)}.");
        }

        var used = truncate ? audio[..(int)Math.Min(audio.Length, (long)LongestPromptSeconds * sampleRate)] : audio;
        CheckSpeech(used, sampleRate);
        var key = VoiceCache.KeyOf($"audio at {sampleRate}", used);
        if (Cache.Find(key) is { } known)
            return known;

        var samples = Resampler.Resample(used, sampleRate, _engine.SampleRate);
        CheckRoom((samples.Length + Graphs.SamplesPerFrame - 1) / Graphs.SamplesPerFrame);
        using var input = new NativeTensor(TensorElementType.Float, 1, 1, samples.Length);
        samples.CopyTo(input.Floats);
        var workspace = _engine.Rent();
        try
        {
            using var outputs = encoder.Run(Graphs.RunOptions, ["audio"], [input.Value], [encoder.OutputNames[0]]);
            return Cache.Add(key, Prefill(workspace, outputs[0].GetTensorDataAsSpan<float>()));
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidOperationException($"The model's encoder failed on {samples.Length} samples of audio: {e.Message}", e);
        }
        finally
        {
            _engine.Return(workspace);
        }
    }

    private FlowSnapshot Prefill(GenerationWorkspace workspace, ReadOnlySpan<float> voiceRows)
    {
        foreach (var value in voiceRows)
        {
            if (!float.IsFinite(value))
                throw new InvalidDataException($"The rows of the voice hold {value}; the voice file or the model's encoder is damaged.");
        }

        CheckRoom(voiceRows.Length / Graphs.ModelSize);
        using var rows = _engine.Rows([.. _rowsBeforeVoice, .. voiceRows]);
        workspace.Latents.ResetFlow();
        workspace.Latents.Prefill(rows);
        return FlowSnapshot.Capture((int)rows.Shape[1], Graphs.FlowSlots, workspace.Latents.FlowStates);
    }

    private void CheckSpeech(ReadOnlySpan<float> audio, int sampleRate)
    {
        if (!audio.ContainsAnyExcept(0f))
            throw new ArgumentException("The audio of the voice is empty or silent; give 5 to 15 seconds of speech.", nameof(audio));
        var frame = (double)Graphs.SamplesPerFrame / _engine.SampleRate;
        if (audio.Length < frame * sampleRate)
        {
            throw new ArgumentException(
                $"The audio of the voice is {1000.0 * audio.Length / sampleRate:0.#} ms long, less than one frame ({1000 * frame:0.#} ms); "
                + "give 5 to 15 seconds of speech.",
                nameof(audio));
        }

        foreach (var sample in audio)
        {
            if (!float.IsFinite(sample))
                throw new ArgumentException($"The audio of the voice holds {sample}; all samples must be finite.", nameof(audio));
        }
    }

    private void CheckRoom(int voiceRows)
    {
        // Beside the voice, a token and a frame must fit.
        var most = Graphs.Capacity - (_rowsBeforeVoice.Length / Graphs.ModelSize) - 2;
        if (voiceRows > most)
        {
            var perRow = (double)Graphs.SamplesPerFrame / _engine.SampleRate;
            throw new ArgumentException(
                $"The voice is {voiceRows * perRow:0.0} s long, the model holds {most * perRow:0.0} s; pass truncate: true or less audio.");
        }
    }

    private float[] ReadRowsBeforeVoice(BundleFiles files, string file)
    {
        if (!files.Contains(file))
            throw new FileNotFoundException($"The model in {files.Location} lacks '{file}'.", file);
        var values = NpyFile.ReadValues(files.Read(file), files.Describe(file));
        return values.Length == Graphs.ModelSize
            ? values
            : throw new InvalidDataException($"'{files.Describe(file)}' holds {values.Length} values, a row of {Graphs.ModelSize} is needed.");
    }
}
