using System.Text.RegularExpressions;

namespace MigrationKit.Samples.Tests;

public sealed partial class VoiceAppTests(MigratedVoiceApp app) : IClassFixture<MigratedVoiceApp>
{
    private const int WorkerBlock = 4096; // V1 hands audio to its worker in blocks of so many frames
    private const string Text = "hello world";

    [Fact]
    public void Migration_FixesEveryFinding()
    {
        app.Migration.Succeeded();
        var summary = app.Report.GetProperty("summary");
        Assert.All(["manual", "unverified", "skipped"], name => Assert.Equal(0, summary.GetProperty(name).GetInt32()));
        Assert.Equal(summary.GetProperty("found").GetInt32(), summary.GetProperty("fixed").GetInt32());
        Assert.Equal(app.Report.GetProperty("findings").GetArrayLength(), summary.GetProperty("found").GetInt32());
    }

    // MK0002 is about calls of a factory that V1 does not have; 'steps' and 'eos' of the constructor go with MK0001.
    [Theory]
    [InlineData("MK0001")]
    [InlineData("MK0003")]
    [InlineData("MK0101")]
    [InlineData("MK0102")]
    [InlineData("MK0103")]
    [InlineData("MK0104")]
    [InlineData("MK0106")]
    [InlineData("MK0107")]
    [InlineData("MKP001")]
    public void Sample_HasAFindingOfEveryRuleWithAFix(string rule) =>
        Assert.Contains(app.Report.GetProperty("findings").EnumerateArray(), finding => finding.GetProperty("rule").GetString() == rule);

    [Fact]
    public void Migration_LeavesTheOriginalAlone() => Assert.Equal(app.OriginalBefore, FileTree.Hashes(Repository.VoiceApp));

    [Fact]
    public void MigratedCopy_IsTheOneInTheRepository() => Assert.Equal(FileTree.Hashes(Repository.MigratedVoiceApp), app.Migrated);

    [Fact]
    public async Task SecondRun_FindsAndChangesNothing()
    {
        var (result, report) = await MigratedVoiceApp.FixAsync(app.Folder);

        result.Succeeded();
        Assert.Empty(report.GetProperty("findings").EnumerateArray());
        Assert.Equal(app.Migrated, FileTree.Hashes(app.Folder));
    }

    [Fact]
    public void MigratedSources_HoldNoOldName()
    {
        var sources = app.Migrated.Keys.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).ToList();

        Assert.NotEmpty(sources);
        Assert.All(sources, path => Assert.Empty(OldName().Matches(File.ReadAllText(Path.Combine(app.Folder, path))).Select(match => match.Value)));
    }

    [Fact]
    public void OriginalSources_HoldEveryOldName()
    {
        var sources = app.OriginalBefore.Keys.Where(path => path.EndsWith(".cs", StringComparison.Ordinal))
            .SelectMany(path => OldName().Matches(File.ReadAllText(Path.Combine(Repository.VoiceApp, path))).Select(match => match.Value))
            .Distinct().Order(StringComparer.Ordinal);

        Assert.Equal([".Generate(", ".Stream(", "AudioStream", "LoadVoice", "RingBuffer", "VoiceForgeApp", "eos:", "new TtsModel", "steps:"], sources);
    }

    [Fact]
    public void MigratedSolution_BuildsWithoutWarnings() => Assert.Contains("0 Warning(s)", app.Build.Succeeded().Output);

    [Fact]
    public async Task MigratedTests_Pass()
    {
        app.Build.Succeeded();

        var result = await ChildProcess.DotnetAsync(app.Folder, "test", "VoiceApp.sln", "--no-build", "--configuration", Repository.Configuration);

        Assert.Contains("Passed!", result.Succeeded().Output);
    }

    [Fact]
    public async Task MigratedApplication_PassesInputThroughAndSpeaksTheText()
    {
        app.Build.Succeeded();

        var run = await MigratedVoiceApp.RunAsync(app.Folder, Text);

        run.AssertGoldenPath(latency: 0);
        run.AssertGated();
        run.AssertSpeech(Text);
        run.AssertConverted();
    }

    [Fact]
    public async Task OriginalApplication_PassesInputThroughAndSpeaksTheText()
    {
        Assert.Contains("0 Warning(s)", app.OriginalBuild.Succeeded().Output);

        var run = await MigratedVoiceApp.RunAsync(Repository.VoiceApp, Text);

        run.AssertGoldenPath(WorkerBlock);
        run.AssertGated();
        run.AssertSpeech(Text);
        run.AssertConverted();
    }

    [GeneratedRegex(@"\b(RingBuffer|AudioStream|VoiceForgeApp|LoadVoice|new TtsModel)\b|\.(Generate|Stream)\(|\b(steps|eos):", RegexOptions.CultureInvariant)]
    private static partial Regex OldName();
}
