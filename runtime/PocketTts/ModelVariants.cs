namespace PocketTts;

/// <summary>What is known of the published models by name: for folders that do not say it themselves.</summary>
internal static class ModelVariants
{
    /// <summary>The model of Pocket TTS 0.2 and of the layouts that name none: <c>b6369a24</c>.</summary>
    public const string First = "english_2026-01";

    private static readonly ModelVariant[] Published =
    [
        new(First, "b6369a24")
        {
            PadsShortTexts = true,
            OtherFolders = ["sherpa-onnx-pocket-tts-2026-01-26", "sherpa-onnx-pocket-tts-int8-2026-01-26", "pocket-tts-onnx"],
        },
        new("english_2026-04", "a0ac5076"),
        new("english_2026-09"),
        new("english_2026-09_24l"),
        new("french"),
        new("french_24l", "709d9f84") { RemovesSemicolons = true, FramesAfterEos = 8 },
        new("german", "ba9816ab") { RemovesSemicolons = true },
        new("german_24l", "085f1405") { RemovesSemicolons = true },
        new("italian", "78c8126d"),
        new("italian_24l", "6ec79d0f"),
        new("portuguese", "4a4b1e3a"),
        new("portuguese_24l", "56579f81"),
        new("spanish", "8bcc8b3b"),
        new("spanish_24l", "afd6403b"),
        new("dutch"),
        new("dutch_24l"),
    ];

    /// <summary>The voices that are published for all models, beside them.</summary>
    public static readonly IReadOnlyList<string> Voices =
    [
        "alba", "marius", "javert", "jean", "fantine", "cosette", "eponine", "azelma", "anna", "vera", "charles", "paul", "george", "mary", "jane", "michael",
        "eve", "bill_boerst", "peter_yearsley", "stuart_bell", "caro_davy", "giovanni", "lola", "juergen", "rafael", "estelle",
    ];

    // "english" is whichever is the newest that is there.
    private static readonly string[] English = ["english_2026-09", "english_2026-04", First];

    /// <summary>The folders that a variant may lie in, best first.</summary>
    public static IEnumerable<string> NamesOf(string variant)
    {
        if (variant == "english")
            return English.SelectMany(NamesOf).Prepend(variant);
        return Find(variant) is { } known ? known.Names.OrderByDescending(n => n == variant) : [variant];
    }

    public static ModelVariant? Find(string name) => Array.Find(Published, v => v.Names.Contains(name, StringComparer.OrdinalIgnoreCase));
}

/// <param name="Language">The folder it is published under.</param>
/// <param name="Signature">The name that version 0.2 asked for.</param>
internal sealed record ModelVariant(string Language, string? Signature = null)
{
    public bool PadsShortTexts { get; init; }

    public bool RemovesSemicolons { get; init; }

    public int? FramesAfterEos { get; init; }

    /// <summary>What the folder is called after an archive was unpacked or a repository cloned.</summary>
    public string[] OtherFolders { get; init; } = [];

    public IEnumerable<string> Names => [Language, .. Signature is null ? (string[])[] : [Signature], .. OtherFolders];
}
