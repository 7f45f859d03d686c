namespace PocketTts;

/// <summary>Everything that can be said about a model when it is loaded.</summary>
/// <remarks>Immutable, so one instance can be shared by all threads. Values are checked by <c>LoadModel</c>, not here.</remarks>
#if LEGACY_SDK
internal
#else
public
#endif
sealed record TtsModelOptions
{
    /// <summary>
    /// The model: <c>"tone"</c> is the built-in tone voice, any other name a folder of ONNX files. Default <c>"b6369a24"</c>.
    /// </summary>
    /// <remarks>
    /// The tone voice says every letter (a–z, k = 0–25), digit (26–35), space (36) and other character (37) as a sine of 400 + 20·k + 50·v Hz,
    /// 160 ms long, where v = 0–7 is alba, marius, javert, jean, fantine, cosette, eponine or azelma. Noise, steps and seed do not change it.
    /// </remarks>
    public string Variant { get; init; } = "b6369a24";

    /// <summary>Variance of the noise each frame starts from (its standard deviation is the square root). 0 is deterministic; default 0.7.</summary>
    public double Temp { get; init; } = 0.7;

    /// <summary>Decoding steps from noise to a frame, 1 or more. More is slower. Default 1.</summary>
    public int LsdDecodeSteps { get; init; } = 1;

    /// <summary>Bound of the noise in absolute units, greater than 0; values beyond it are drawn again. Default <see langword="null"/>: no bound.</summary>
    public double? NoiseClamp { get; init; }

    /// <summary>Speech ends when the model's end-of-speech logit is above this. Higher stops later. Default -4.0.</summary>
    public double EosThreshold { get; init; } = -4.0;

    /// <summary>
    /// A folder of model files, or a folder that holds one folder per variant. Default <see langword="null"/>: only the environment variable
    /// <c>POCKET_TTS_MODELS</c> and the user's data folder are searched. Ignored by variant <c>"tone"</c>.
    /// </summary>
    /// <remarks>
    /// Every published set of the five ONNX graphs runs: with <c>bundle.json</c>, without it, or with the names and the vocabulary of sherpa-onnx;
    /// caches packed or split, in 32 or 16 bits. If the folder has a file <c>SHA256SUMS</c> (as <c>sha256sum</c> writes it), every file is compared
    /// with it before it is used.
    /// </remarks>
    public string? ModelDirectory { get; init; }

    /// <summary>
    /// Asked for what lies in none of the usual places: with the name of a variant, for a folder; with the name of a voice or an address
    /// (<c>https://…</c>, <c>hf://…</c>), for a <c>.wav</c> or <c>.safetensors</c> file. The answer is a local path, or <see langword="null"/> for
    /// not known. Default <see langword="null"/>: nobody is asked, and nothing is ever downloaded.
    /// </summary>
    /// <remarks>Called on the thread that loads the model or the voice, maybe on several at once; what it throws comes out there.</remarks>
    public Func<string, string?>? Resolver { get; init; }

    /// <summary>Which of the published precisions to run. Default <see cref="ModelPrecision.Auto"/>.</summary>
    public ModelPrecision Precision { get; init; } = ModelPrecision.Auto;

    /// <summary>Threads inside one run of a graph, 1 or more. Default 1: audio is then the same bit for bit on every run.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Seed of the noise of every generation that brings none of its own. Default <see langword="null"/>: different each time.</summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// Writes out numbers and the like before anything else happens to a text. Default <see langword="null"/>: the one for the model's language,
    /// that is <see cref="PocketTts.TextNormalizer.English"/> for English models and none for others. <see cref="PocketTts.TextNormalizer.None"/> turns it off.
    /// </summary>
    public ITextNormalizer? TextNormalizer { get; init; }

    /// <summary>Frames (80 ms) that are spoken before the end of speech is looked for, 0 or more. Default 6.</summary>
    /// <remarks>Keeps a short text from being cut off. Source: kyutai-labs/pocket-tts, MIT.</remarks>
    public int MinFramesBeforeEos { get; init; } = 6;
}
