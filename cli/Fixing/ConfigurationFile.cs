using System.Globalization;
using MigrationKit.Cli.Loading;
using VoiceForge;
using YamlDotNet.Core;

namespace MigrationKit.Cli.Fixing;

/// <summary>The <c>config.yaml</c> of one program: what V2 reads its sizes from.</summary>
internal static class ConfigurationFile
{
    private const string FileName = "config.yaml";

    private const string AudioBuffers = "resources.allocation.audio_buffers_gb";

    // Less than a gigabyte in all: fits every machine that the application ran on before.
    private const string Content = """
        # VoiceForge V2 reads this file from the folder of the executable. Memory sizes are in GiB.
        audio:
          sample_rate: 48000 # Hz, 8000 to 192000
          buffer_size: 256 # frames, 32 to 4096

        resources:
          allocation:
            audio_buffers_gb: 0.2 # buffer_pool must fit
            model_cache_gb: 0.25 # what loaded models may take
            feature_cache_gb: 0.25

        """;

    public static string PathOf(EvaluatedProject project) => Path.Combine(Path.GetDirectoryName(project.File)!, FileName);

    /// <summary>Whether there is neither the file nor one that its user may take for it.</summary>
    public static bool IsMissing(EvaluatedProject project, string projectText) =>
        !File.Exists(PathOf(project)) && !File.Exists(OtherName(project)) && !IsTakenFromElsewhere(projectText);

    /// <summary>The file as it must be for code that reads settings from it.</summary>
    /// <param name="settings">The values found in the code, by key.</param>
    /// <param name="projectText">The project file.</param>
    /// <returns>The text, or why there can be none, with the key that is at odds when it is one.</returns>
    public static (string? Text, string? Problem, string? Key) Compose(EvaluatedProject project, IReadOnlyDictionary<string, string> settings, string projectText)
    {
        if (IsTakenFromElsewhere(projectText))
            return (null, $"{Path.GetFileName(project.File)} takes {FileName} from elsewhere: add the values there first", null);
        if (!File.Exists(PathOf(project)) && File.Exists(OtherName(project)))
            return (null, $"V2 reads {FileName}: rename {Path.GetFileName(OtherName(project))} first", null);

        return File.Exists(PathOf(project)) ? Extend(SourceFile.Read(PathOf(project)).Text, settings) : Create(settings, LineEnds.Usual(projectText));
    }

    /// <summary>The project file with an item that copies the configuration beside the executable.</summary>
    public static string AddItem(string projectText)
    {
        if (projectText.Contains($"\"{FileName}\"", StringComparison.Ordinal))
            return projectText;
        var end = projectText.LastIndexOf("</Project>", StringComparison.Ordinal);
        if (end < 0)
            return projectText; // a project without content has no place to add to
        var newLine = LineEnds.Usual(projectText);
        return projectText.Insert(
            end,
            $"  <ItemGroup>{newLine}    <None Update=\"{FileName}\" CopyToOutputDirectory=\"PreserveNewest\" />{newLine}  </ItemGroup>{newLine}");
    }

    private static bool IsTakenFromElsewhere(string projectText) =>
        projectText.Contains($"/{FileName}\"", StringComparison.Ordinal) || projectText.Contains($"\\{FileName}\"", StringComparison.Ordinal);

    private static string OtherName(EvaluatedProject project) => Path.ChangeExtension(PathOf(project), ".yml");

    private static (string? Text, string? Problem, string? Key) Create(IReadOnlyDictionary<string, string> settings, string newLine)
    {
        var text = settings.Aggregate(Content.ReplaceLineEndings("\n"), (current, setting) => YamlText.With(current, setting.Key, setting.Value));
        text = YamlText.With(text, AudioBuffers, PoolGb(YamlText.Values(text)));
        return Problem(text) is { } problem ? (null, problem, null) : (text.ReplaceLineEndings(newLine), null, null);
    }

    private static (string? Text, string? Problem, string? Key) Extend(string before, IReadOnlyDictionary<string, string> settings)
    {
        if (settings.Count == 0)
            return (before, null, null);
        if (Problem(before) is { } invalid)
            return (null, $"the file there is not valid: {invalid}", null);

        var text = before.ReplaceLineEndings("\n");
        var there = YamlText.Values(text);
        foreach (var (key, value) in settings)
        {
            if (there.TryGetValue(key, out var other) && other.Length > 0)
            {
                if (!IsSame(value, other))
                    return (null, $"{FileName} has '{key}: {other}', the code {value}: decide which is right, and write it in both", key);
                continue;
            }

            try
            {
                text = YamlText.With(text, key, value);
            }
            catch (FormatException e)
            {
                return (null, $"'{key}: {value}' cannot be added to {FileName}, for {e.Message}: add it first", key);
            }
        }

        // What was there must still be there, whatever style the file is written in.
        var values = Problem(text) is null ? YamlText.Values(text) : [];
        if (there.Concat(settings).Any(pair => pair.Value.Length > 0 && !(values.TryGetValue(pair.Key, out var now) && IsSame(pair.Value, now))))
        {
            return (null, $"with the values of the code added, {FileName} would not be valid: {Problem(text) ?? "it is written in an unusual way"}; add them first", null);
        }

        return (LineEnds.Keep(before, text), null, null);
    }

    private static bool IsSame(string left, string right) =>
        left == right
        || double.TryParse(left, CultureInfo.InvariantCulture, out var a) && double.TryParse(right, CultureInfo.InvariantCulture, out var b) && a == b;

    /// <summary>What the pool of a new file needs, in steps of 0.05 GiB and with room for its guards.</summary>
    private static string PoolGb(Dictionary<string, string> values)
    {
        double Of(string key, double fallback) => values.TryGetValue(key, out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : fallback;
        var slotBytes = Of("buffer_pool.slot_size_samples", 480000) * sizeof(float) + 1024;
        var gb = Of("buffer_pool.num_slots", 100) * slotBytes / (1L << 30);
        return Math.Max(0.2, Math.Ceiling(gb * 20) / 20).ToString("0.##", CultureInfo.InvariantCulture);
    }

    /// <summary>What the runtime itself says against the file.</summary>
    private static string? Problem(string text)
    {
        var folder = Directory.CreateTempSubdirectory("migrationkit-");
        try
        {
            var path = Path.Combine(folder.FullName, FileName);
            File.WriteAllText(path, text);
            VoiceForgeConfig.Load(path);
            return null;
        }
        catch (VoiceForgeConfigException e)
        {
            return e.Errors[0];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
