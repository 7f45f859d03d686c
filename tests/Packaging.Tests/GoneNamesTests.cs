using System.Text.RegularExpressions;

namespace MigrationKit.Packaging.Tests;

/// <summary>Builds on the packages without V1's names: the compiler runs no analyzer once a declaration does not compile, so the build says what helps.</summary>
[Collection(FeedTests.Name)]
public sealed class GoneNamesTests(Feed feed)
{
    private const string Hint = "migrationkit fix";

    [Fact]
    public async Task OldNamesInDeclarations_OneLineNamesTheTool()
    {
        var consumer = feed.NewConsumer("Gone", "VoiceForge 3.0.0", "PocketTts 2.0.0").Write("Speech.cs", ConsumerSources.V1InBodies).Write("Meter.cs", ConsumerSources.V1InDeclarations).Write("Other.cs", "class Other;");

        var build = await consumer.BuildAsync();

        Assert.Contains(build.ShouldFail(), error => error.Contains("CS0246", StringComparison.Ordinal) && error.Contains("RingBuffer", StringComparison.Ordinal));
        var whileBuilding = build.Output.Split("Build FAILED")[0]; // the summary says every warning again
        var line = Assert.Single(whileBuilding.Split('\n'), l => l.Contains(Hint, StringComparison.Ordinal));
        Assert.Contains("warning", line, StringComparison.Ordinal);
        Assert.Contains("Gone.csproj", line, StringComparison.Ordinal);
        Assert.Equal("Meter.cs, Speech.cs", string.Join(", ", Regex.Matches(line, @"\w+\.cs\b").Select(match => match.Value).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task HealthyBuildsAndOtherErrors_SayNothing()
    {
        var consumer = feed.NewConsumer("Healthy", "VoiceForge 3.0.0").Write("Meter.cs", ConsumerSources.V2);
        var healthy = (await consumer.BuildAsync()).ShouldSucceed();

        consumer.Write("Broken.cs", "class Broken { Missing _missing; }");
        var broken = await consumer.BuildAsync("--no-restore");

        Assert.DoesNotContain(Hint, healthy.Output, StringComparison.Ordinal);
        Assert.NotEmpty(broken.ShouldFail());
        Assert.DoesNotContain(Hint, broken.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OldNamesInThePackage_OtherErrorsSayNothing()
    {
        var consumer = feed.NewConsumer("StillThere", "VoiceForge 2.0.0").Write("Meter.cs", ConsumerSources.V1InDeclarations).Write("Broken.cs", "class Broken { Missing _missing; }");

        var build = await consumer.BuildAsync();

        Assert.NotEmpty(build.ShouldFail());
        Assert.DoesNotContain(Hint, build.Output, StringComparison.Ordinal);
    }
}
