namespace PocketTts.Onnx;

/// <summary>How the files of a published model are named, and what they say of themselves.</summary>
/// <remarks>
/// Only the names come from here; types, shapes and the kind of the caches are read from the graphs. So one plain layout serves the exports of
/// January 2026 (packed 32-bit caches) and the later ones with split 16-bit caches.
/// </remarks>
internal sealed record ModelLayout
{
    private const string Sherpa = "sherpa-onnx", Vocabulary = "vocab.json", Scores = "token_scores.json", BosFile = "bos_before_voice.npy";
    private static readonly string[] QuantizedSuffixes = ["_int8", ".int8"];

    /// <summary>Published, but not by this engine's signature: what a file's name tells.</summary>
    private static readonly (string Part, string What)[] Foreign =
    [
        ("step_model", "the pack that has the whole model in one step graph"),
        (".mlmodelc", "a Core ML export"),
        (".mlpackage", "a Core ML export"),
        (".tflite", "a LiteRT export"),
        (".gguf", "a ggml export"),
    ];

    /// <summary>The graphs by the names that this engine calls them, with the name of their files without precision and extension.</summary>
    private static readonly (string Graph, string SherpaStem)[] Names =
    [
        (GraphNames.TextConditioner, "text_conditioner"),
        (GraphNames.MimiEncoder, "encoder"),
        (GraphNames.FlowLmMain, "lm_main"),
        (GraphNames.FlowLmFlow, "lm_flow"),
        (GraphNames.MimiDecoder, "decoder"),
    ];

    /// <summary>For messages.</summary>
    public required string Name { get; init; }

    /// <summary>The folder of the graphs inside the model's, empty or with a slash at its end.</summary>
    public required string Folder { get; init; }

    /// <summary>What <c>bundle.json</c> says, or what is known without one.</summary>
    public required BundleManifest Manifest { get; init; }

    /// <summary>Whether the meaning of the states is written down; else it follows from their order.</summary>
    public required bool HasManifest { get; init; }

    /// <summary>Other than <see langword="null"/>, the scores of the pieces that the tokenizer file lists.</summary>
    public string? ScoresFile { get; init; }

    public string StemOf(string graph) => Name == Sherpa ? Array.Find(Names, n => n.Graph == graph).SherpaStem : graph;

    /// <returns>The file of a graph in the wished precision; <see langword="null"/> if there is none.</returns>
    public string? FileOf(BundleFiles files, string graph, ModelPrecision precision)
    {
        var stem = Folder + StemOf(graph);
        var single = $"{stem}.onnx";
        var quantized = Array.ConvertAll(QuantizedSuffixes, s => $"{stem}{s}.onnx");
        string[] candidates = precision switch
        {
            ModelPrecision.Float32 => [single],
            ModelPrecision.Int8 => [.. quantized, single],
            _ => [single, .. quantized],
        };
        return Array.Find(candidates, files.Contains);
    }

    /// <summary>How many files a load reads before and beside the voices.</summary>
    public int CountFiles(BundleFiles files, ModelPrecision precision) =>
        Names.Count(n => FileOf(files, n.Graph, precision) is not null) + (HasManifest ? 1 : 0) + (ScoresFile is null ? 1 : 2);

    /// <returns><see langword="null"/> if the folder holds no model.</returns>
    /// <exception cref="InvalidDataException">It holds one that cannot be read, or a layout of another engine.</exception>
    public static ModelLayout? Detect(BundleFiles files)
    {
        if (files.Contains(BundleManifest.FileName))
        {
            var manifest = BundleManifest.Parse(files.Read(BundleManifest.FileName), files.Describe(BundleManifest.FileName));
            return new ModelLayout { Name = BundleManifest.FileName, Folder = "", Manifest = manifest, HasManifest = true };
        }

        var isSherpa = (files.Contains(Vocabulary) && files.Contains(Scores)) || Holds("", "lm_main");
        if (isSherpa)
        {
            // The releases of sherpa-onnx carry one model, whatever their folder is called.
            return new ModelLayout
            {
                Name = Sherpa, Folder = "", Manifest = Known(files, ModelVariants.First, "", Vocabulary), HasManifest = false, ScoresFile = Scores,
            };
        }

        if (Holds("", GraphNames.FlowLmMain))
            return Plain("", files.Name);
        if (Holds("onnx", GraphNames.FlowLmMain))
            return Plain("onnx/", ModelVariants.First); // a copy of the whole repository of January 2026

        var name = files.List("").FirstOrDefault(f => Array.Exists(Foreign, n => f.Contains(n.Part, StringComparison.OrdinalIgnoreCase)));
        return name is null
            ? null
            : throw new InvalidDataException(
                $"'{files.Describe(name)}' is {Array.Find(Foreign, n => name.Contains(n.Part, StringComparison.OrdinalIgnoreCase)).What}, which this version "
                + $"does not run; it runs the five ONNX graphs {string.Join(", ", Names.Select(n => n.Graph))}.");

        bool Holds(string folder, string stem) =>
            files.List(folder).Any(f => f.StartsWith(stem, StringComparison.Ordinal) && f.EndsWith(".onnx", StringComparison.Ordinal));

        ModelLayout Plain(string folder, string variant) =>
            new() { Name = "five graphs", Folder = folder, Manifest = Known(files, variant, folder, "tokenizer.model"), HasManifest = false };
    }

    private static BundleManifest Known(BundleFiles files, string variant, string folder, string tokenizer)
    {
        var known = ModelVariants.Find(variant);
        string[] bosFiles = [BosFile, folder + BosFile];
        var bos = Array.Find(bosFiles, files.Contains);
        return new BundleManifest
        {
            SchemaVersion = BundleManifest.SupportedSchema,
            BundleName = variant,
            Language = variant,
            SamplesPerFrame = 0, // the decoder tells
            PadWithSpacesForShortInputs = known?.PadsShortTexts ?? false,
            RemoveSemicolons = known?.RemovesSemicolons ?? false,
            ModelRecommendedFramesAfterEos = known?.FramesAfterEos,
            TokenizerFile = files.Contains(tokenizer) ? tokenizer : folder + tokenizer,
            InsertBosBeforeVoice = bos is not null,
            BosBeforeVoiceFile = bos,
            PredefinedVoices = ModelVariants.Voices,
        };
    }
}
