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

    /// <exception cref="ArgumentException">The variant is empty or no folder name.</exception>
    /// <exception cref="FileNotFoundException">No place has the variant.</exception>
    /// <exception cref="InvalidDataException">A place has it in a layout that this version does not run.</exception>
    public static (BundleFiles Files, ModelLayout Layout) Find(TtsModelOptions options)
    {
        var variant = options.Variant;
        ArgumentException.ThrowIfNullOrWhiteSpace(variant, "variant");
        if (variant.AsSpan().ContainsAny('/', '\\') || variant is "." or "..")
            throw new ArgumentException($"The variant '{variant}' must be a name; give a path as ModelDirectory.", nameof(variant));
        if (variant == ToneFiles.Variant)
        {
            var tone = new ToneFiles();
            return (tone, ModelLayout.Detect(tone)!);
        }

        string[] names = [.. ModelVariants.NamesOf(variant)];
        var others = new List<string>();
        foreach (var root in Roots(options.ModelDirectory).Select(r => r.Path).OfType<string>())
        {
            foreach (var name in names)
            {
                foreach (var folder in new[] { Path.Combine(root, name), Path.Combine(root, "onnx", name) }.Where(Directory.Exists))
                {
                    if (Detect(folder) is { } model)
                        return model;
                }
            }

            if (Directory.Exists(root) && Detect(root) is { } whole)
            {
                string[] stated = [whole.Layout.Manifest.Name, whole.Files.Name];
                if (stated.Intersect(names, StringComparer.OrdinalIgnoreCase).Any())
                    return whole;
                others.Add($"'{root}' holds variant '{whole.Layout.Manifest.Name}'");
            }
        }

        return Resolve(options) ?? throw NotFound(variant, options.ModelDirectory, others);
    }

    private static (BundleFiles Files, ModelLayout Layout)? Resolve(TtsModelOptions options)
    {
        if (options.Resolver?.Invoke(options.Variant) is not { } folder)
            return null;
        if (!Directory.Exists(folder))
            throw new FileNotFoundException($"The resolver says that variant '{options.Variant}' is in '{folder}', but there is no such folder.");
        return Detect(folder) ?? throw new FileNotFoundException(
            $"The resolver says that variant '{options.Variant}' is in '{folder}', but that folder holds no model. {Published}");
    }

    private static (BundleFiles Files, ModelLayout Layout)? Detect(string folder)
    {
        var files = new DirectoryFiles(folder);
        return ModelLayout.Detect(files) is { } layout ? (files, layout) : null;
    }

    private static FileNotFoundException NotFound(string variant, string? modelDirectory, List<string> others)
    {
        var places = Roots(modelDirectory).Select(r => $"{r.Name} ({State(r.Path)})");
        var found = others.Count == 0 ? "" : $" {string.Join("; ", others)}.";
        return new FileNotFoundException($"The model variant '{variant}' is in none of: {string.Join("; ", places)}.{found} {Published}");
    }

    private static string State(string? root) =>
        root is null ? "not set" : Directory.Exists(root) ? $"{root}: no folder of that name in it holds a model" : $"{root}: no such folder";

    private static IEnumerable<(string Name, string? Path)> Roots(string? modelDirectory)
    {
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        var variable = Environment.GetEnvironmentVariable(EnvironmentVariable);
        yield return ("ModelDirectory", string.IsNullOrWhiteSpace(modelDirectory) ? null : Path.GetFullPath(modelDirectory));
        yield return ("environment variable " + EnvironmentVariable, string.IsNullOrWhiteSpace(variable) ? null : Path.GetFullPath(variable));
        yield return ("the user's data folder", data.Length == 0 ? null : Path.Combine(data, DataFolder));
    }
}
