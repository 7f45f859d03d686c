namespace MigrationKit.Packaging.Tests;

/// <summary><c>dotnet format</c> with the analyzers and fixes of the packages, against the command line of the packages.</summary>
[Collection(FeedTests.Name)]
public sealed class DotnetFormatTests(Feed feed)
{
    private const int MostRuns = 6;

    [Fact]
    public async Task RepeatedUntilNothingChanges_GivesTheTextOfTheCommandLine()
    {
        var byFormat = SampleOn("ByFormat");
        var byTool = SampleOn("ByTool");
        var original = Texts(byFormat);
        Assert.NotEmpty(original);
        (await byFormat.DotnetAsync("restore", "-nologo")).ShouldSucceed();

        var runs = 0;
        for (var before = Array.Empty<string>(); !before.SequenceEqual(Texts(byFormat)); runs++)
        {
            Assert.True(runs < MostRuns, $"'dotnet format' still changes files in run {runs}.");
            before = Texts(byFormat);
            (await byFormat.DotnetAsync(["format", "analyzers", "--no-restore", "--severity", "info", "--diagnostics", .. Rules()])).ShouldSucceed();
        }

        (await byTool.DotnetAsync("tool", "install", "MigrationKit.Cli", "--version", "1.0.0", "--tool-path", feed.PathOf("tools"))).ShouldSucceed();
        var fix = await ChildProcess.RunAsync(feed.PathOf("tools/migrationkit"), byTool.Folder, feed.Environment, "fix", byTool.Project);

        Assert.True(fix.ExitCode is 0 or 1, fix.Output);
        Assert.NotEqual(original, Texts(byTool));
        foreach (var (tool, format) in Texts(byTool).Zip(Texts(byFormat)))
            Assert.Equal(tool, format);
    }

    private Consumer SampleOn(string name)
    {
        var consumer = feed.NewConsumer(name, "VoiceForge 2.0.0", "PocketTts 1.0.0");
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "samples", "VoiceApp", "VoiceApp.Core"), "*.cs"))
            consumer.Write(Path.GetFileName(file), File.ReadAllText(file));
        return consumer;
    }

    private static string[] Texts(Consumer consumer) => [.. Directory.GetFiles(consumer.Folder, "*.cs").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    /// <returns>The rules of this repository, so that no other analyzer changes anything.</returns>
    private static IEnumerable<string> Rules() =>
        Directory.GetFiles(Path.Combine(Repository.Root, "docs", "rules"), "MK*.md").Select(page => Path.GetFileNameWithoutExtension(page)!).Order(StringComparer.Ordinal);
}
