using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VoiceForge.Core;

namespace VoiceForge.Diagnostics;

/// <summary>Inference, pitch, the model cache, and the model files of the program.</summary>
internal sealed class ModelChecks(VoiceForgeConfig config, string folder)
{
    private const string ModelLimit = "every .onnx file loads; no .pth";
    private const string PitchLimit = "440 Hz within 2 %";
    private const string PitchRemedy = "report it with this output: the processor or its vector library computes wrongly";
    private const string CacheLimit = "the model comes back once stored, and its bytes are counted exactly";

    public IEnumerable<DiagnosticCheck> Run() =>
    [
        CheckRunner.Run("inference", "a built-in model gives the exact result", "reinstall the native library of Microsoft.ML.OnnxRuntime: it loads, but does not compute", Inference),
        CheckRunner.Run("model cache", CacheLimit, "raise 'resources.allocation.model_cache_gb' in config.yaml", Cache),
        CheckRunner.Run("models", ModelLimit, "export the model again, as one ONNX file", Models),
        CheckRunner.Run("pitch", PitchLimit, PitchRemedy, Pitch),
    ];

    private static DiagnosticCheck Inference()
    {
        const string limit = "a built-in model gives the exact result";
        float[] input = [0.5f, -1, 2, 0];
        using var session = new InferenceSession(DiagnosticModel.Bytes);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(DiagnosticModel.Input, new DenseTensor<float>(input, [1, DiagnosticModel.Length]))]);
        var output = results[0].AsEnumerable<float>().ToArray();
        var isRight = output.AsSpan().SequenceEqual([1f, -2, 4, 0]);
        return new(
            "inference", isRight ? DiagnosticStatus.Pass : DiagnosticStatus.Fail,
            string.Create(CultureInfo.InvariantCulture, $"x + x of [{string.Join("; ", input)}] is [{string.Join("; ", output)}]"), limit,
            isRight ? null : "reinstall the native library of Microsoft.ML.OnnxRuntime: it loads, but computes wrongly");
    }

    private DiagnosticCheck Pitch()
    {
        const double hertz = 440;
        var rate = config.Audio.SampleRate;
        var tone = new float[rate / 4];
        for (var index = 0; index < tone.Length; index++)
            tone[index] = (float)(0.5 * Math.Sin(2 * Math.PI * hertz * index / rate));

        var pitch = PitchExtractor.Yin(tone, rate);
        var (lowest, highest) = (pitch.Min(), pitch.Max());
        var isRight = lowest >= 0.98 * hertz && highest <= 1.02 * hertz;
        return new(
            "pitch", isRight ? DiagnosticStatus.Pass : DiagnosticStatus.Fail,
            string.Create(CultureInfo.InvariantCulture, $"a tone of {hertz} Hz is {lowest:0.0} to {highest:0.0} Hz (YIN)"), PitchLimit, isRight ? null : PitchRemedy);
    }

    private DiagnosticCheck Cache()
    {
        const string name = "diagnostic";
        var path = Path.Combine(Path.GetTempPath(), $"voiceforge-{Guid.NewGuid():N}.onnx");
        File.WriteAllBytes(path, DiagnosticModel.Bytes);
        try
        {
            using var cache = new ModelCache(config.Resources.Allocation.ModelCacheGb, "cpu");
            using var model = new ModelLoader("cpu").LoadModel(path);
            var isKept = cache.Put(name, model);
            using var found = cache.Get(name);
            var full = cache.GetStats();
            var isRight = isKept && found is not null && full.Bytes == model.Bytes && full is { Entries: 1, Hits: 1, Misses: 0 } && full.Bytes <= full.BudgetBytes;
            return new(
                "model cache", isRight ? DiagnosticStatus.Pass : full.BudgetBytes < model.Bytes ? DiagnosticStatus.Warning : DiagnosticStatus.Fail,
                $"{full.Entries} entry counted as {full.Bytes} bytes (loading took {model.Bytes}), budget {full.BudgetBytes} bytes", CacheLimit,
                isRight ? null : "raise 'resources.allocation.model_cache_gb' in config.yaml: a cache without room loads from disk each time");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private DiagnosticCheck Models()
    {
        var models = Files("*.onnx");
        var checkpoints = Files("*.pth");
        if (models.Count == 0 && checkpoints.Count == 0)
        {
            return new(
                "models", DiagnosticStatus.NotMeasured, $"no model file in '{folder}' or its folder 'models'", ModelLimit,
                "run it in the folder of the program whose models are to be checked");
        }

        foreach (var path in models)
            new ModelLoader("cpu").LoadModel(path).Dispose(); // throws with the reason and the path
        return new(
            "models", checkpoints.Count == 0 ? DiagnosticStatus.Pass : DiagnosticStatus.Warning,
            $"{models.Count} .onnx loaded, {checkpoints.Count} .pth", ModelLimit,
            checkpoints.Count == 0 ? null : $"convert '{Path.GetFileName(checkpoints[0])}' to ONNX with torch.onnx.export: V2 never unpickles");
    }

    private List<string> Files(string pattern) =>
        new[] { folder, Path.Combine(folder, "models") }.Where(Directory.Exists).SelectMany(f => Directory.EnumerateFiles(f, pattern)).Order(StringComparer.Ordinal).ToList();
}
