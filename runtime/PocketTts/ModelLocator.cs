using PocketTts.Onnx;
using PocketTts.Tone;

namespace PocketTts;

/// <summary>Finds the files of a variant. Nothing is downloaded, and one variant never stands in for another.</summary>
internal static class ModelLocator
{
    public const string EnvironmentVariable = "POCKET_TTS_MODELS";
    private const string DataFolder = "pocket-tts";
    private const string Published = "Published ONNX files: https://huggingface.co/KevinAHM/pocket-tts-onnx (folder onnx/<language>). "
        + "Without any files, variant: \"tone\" is the built-in tone voice.";

    // One model, two names: the signature that version 0.2 asked for, and the language it is published under.
    private static readonly string[][] SameModels =
    [
        ["b6369a24", "english_2026-01"],
        ["a0ac5076", "english_2026-04"],
        ["709d9f84", "french_24l"],
        ["ba9816ab", "german"],
        ["085f1405", "german_24l"],
        ["78c8126d", "italian"],
        ["6ec79d0f", "italian_24l"],
        ["4a4b1e3a", "portuguese"],
        ["56579f81", "portuguese_24l"],
        ["8bcc8b3b", "spanish"],
        ["afd6403b", "spanish_24l"],
    ];

    /// <exception cref="ArgumentException">The variant is empty or no folder name.</exception>
    /// <exception cref="FileNotFoundException">No place has the variant.</exception>
    /// <exception cref="InvalidDataException">A place has it in a layout that this version does not run.</exception>
    public static BundleFiles Find(string variant, string? modelDirectory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(variant, "variant");
        if (variant.AsSpan().ContainsAny('/', '\\') || variant is "." or "..")
            throw new ArgumentException($"The variant '{variant}' must be a name; give a path as ModelDirectory.", nameof(variant));
        if (variant == ToneFiles.Variant)
            return new ToneFiles();

        string[] names = Array.Find(SameModels, m => m.Contains(variant)) ?? [variant];
        var others = new List<string>();
        foreach (var root in Roots(modelDirectory).Select(r => r.Path).OfType<string>())
        {
            foreach (var folder in Candidates(root, names))
            {
                if (!File.Exists(Path.Combine(folder, BundleManifest.FileName)))
                    RefuseOtherLayouts(folder);
                else if (folder != root || IsNamed(folder, names))
                    return new DirectoryFiles(folder);
                else
                    others.Add(folder);
            }
        }

        var places = Roots(modelDirectory).Select(r => $"{r.Name} ({r.Path ?? "not set"})");
        var found = others.Count == 0 ? "" : $" '{others[0]}' holds variant '{NameOf(others[0])}'.";
        throw new FileNotFoundException($"The model variant '{variant}' is in none of: {string.Join("; ", places)}.{found} {Published}");
    }

    private static IEnumerable<(string Name, string? Path)> Roots(string? modelDirectory)
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var variable = Environment.GetEnvironmentVariable(EnvironmentVariable);
        yield return ("ModelDirectory", string.IsNullOrWhiteSpace(modelDirectory) ? null : Path.GetFullPath(modelDirectory));
        yield return ("environment variable " + EnvironmentVariable, string.IsNullOrWhiteSpace(variable) ? null : Path.GetFullPath(variable));
        yield return ("the user's data folder", data.Length == 0 ? null : Path.Combine(data, DataFolder));
    }

    private static IEnumerable<string> Candidates(string root, string[] names) =>
        names.SelectMany(n => new[] { Path.Combine(root, n), Path.Combine(root, "onnx", n) }).Prepend(root).Where(Directory.Exists);

    private static bool IsNamed(string folder, string[] names) =>
        names.Contains(NameOf(folder), StringComparer.OrdinalIgnoreCase) || names.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase);

    private static string NameOf(string folder)
    {
        var path = Path.Combine(folder, BundleManifest.FileName);
        var manifest = BundleManifest.Parse(File.ReadAllBytes(path), path);
        return manifest.BundleName.Length > 0 ? manifest.BundleName : manifest.Language;
    }

    private static void RefuseOtherLayouts(string folder)
    {
        var graphs = Directory.EnumerateFiles(folder, "*.onnx").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal).ToArray();
        if (!Array.Exists(graphs, g => g.StartsWith("flow_lm_main", StringComparison.Ordinal) || g.StartsWith("lm_main", StringComparison.Ordinal)))
            return;
        var layout = graphs.Any(g => g.StartsWith("lm_main", StringComparison.Ordinal)) ? "the layout of sherpa-onnx" : "a layout without bundle.json";
        throw new InvalidDataException(
            $"'{folder}' holds {layout} ({string.Join(", ", graphs)}); this version runs folders with a {BundleManifest.FileName}. {Published}");
    }
}
