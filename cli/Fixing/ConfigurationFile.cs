using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Fixing;

/// <summary>Adds the <c>config.yaml</c> that V2's application class reads, where a program uses it and has none.</summary>
internal static class ConfigurationFile
{
    private const string FileName = "config.yaml";

    // Less than a gigabyte in all: fits every machine that the application ran on before.
    private const string Content = """
        # VoiceForge V2 reads this file from the folder of the executable. Memory sizes are in GiB.
        audio:
          sample_rate: 48000
          buffer_size: 256

        resources:
          allocation:
            audio_buffers_gb: 0.2
            model_cache_gb: 0.25
            feature_cache_gb: 0.25

        """;

    /// <param name="project">A project whose code changed.</param>
    /// <param name="usesApplication">Whether its new code names V2's application class.</param>
    public static bool IsMissing(EvaluatedProject project, bool usesApplication) =>
        usesApplication && project.IsExecutable && !File.Exists(PathOf(project)) && !File.Exists(Path.ChangeExtension(PathOf(project), ".yml"));

    public static string PathOf(EvaluatedProject project) => Path.Combine(Path.GetDirectoryName(project.File)!, FileName);

    /// <summary>The file, with the line ends of the project file.</summary>
    public static string Text(string projectText) => Content.ReplaceLineEndings(LineEnds.Usual(projectText));

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
}
