namespace MigrationKit.Packaging.Tests;

/// <summary><c>dotnet build</c> of a V1 program on the V2 packages, which bring the analyzers along.</summary>
[Collection(FeedTests.Name)]
public sealed class ConsumerBuildTests(Feed feed)
{
    [Fact]
    public async Task V1Code_WarnsFirstAndFailsAtStage2()
    {
        var consumer = feed.NewConsumer("Stages", "VoiceForge 2.0.0", "PocketTts 1.0.0").Write("Speech.cs", ConsumerSources.V1InBodies).Write("Meter.cs", ConsumerSources.V1InDeclarations);

        var first = (await consumer.BuildAsync()).ShouldSucceed();
        var last = await consumer.BuildAsync("--no-restore", "-p:MigrationKitTarget=2.0");
        var unknown = await consumer.BuildAsync("--no-restore", "-p:MigrationKitTarget=3.0");

        foreach (var rule in new[] { "MK0001", "MK0003", "MK0101" })
        {
            Assert.Contains("warning " + rule, first.Output, StringComparison.Ordinal);
            Assert.Contains($"(https://github.com/migrationkit/migrationkit/blob/main/docs/rules/{rule}.md)", first.Output, StringComparison.Ordinal);
            Assert.Contains("error " + rule, last.Output, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("error", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("MKOBSOLETE", first.Output + last.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("CS8032", first.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("AD0001", first.Output, StringComparison.Ordinal);
        last.ShouldFail();
        Assert.Contains(unknown.ShouldFail(), error => error.Contains("MigrationKitTarget '3.0' is not a stage", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EditorConfig_WinsOverTheStageAndSuppressionsHold()
    {
        var consumer = feed.NewConsumer("Overrides", "PocketTts 1.0.0")
            .Write(".editorconfig", """
                root = true
                [*.cs]
                dotnet_diagnostic.MK0001.severity = none
                dotnet_diagnostic.MK0003.severity = warning
                """)
            .Write("Speech.cs", ConsumerSources.V1InBodies)
            .Write("Suppressed.cs", """
                using System.Diagnostics.CodeAnalysis;
                using PocketTts;

                public static class Suppressed
                {
                    [SuppressMessage("Migration", "MK0003", Justification = "Stays on the old name for now.")]
                    public static float[] ByAttribute(TtsModel model, VoiceState voice) => model.Generate(voice, "one");

                #pragma warning disable MK0003
                    public static float[] ByPragma(TtsModel model, VoiceState voice) => model.Generate(voice, "two");
                #pragma warning restore MK0003
                }
                """);

        var build = (await consumer.BuildAsync("-p:MigrationKitTarget=2.0")).ShouldSucceed();

        Assert.Equal(0, build.Count("MK0001"));
        Assert.Contains("Speech.cs(8,22): warning MK0003", build.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Suppressed.cs", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TargetInEditorConfig_GivesFilesAStageOfTheirOwn()
    {
        var consumer = feed.NewConsumer("FileStages", "PocketTts 1.0.0")
            .Write("Speech.cs", ConsumerSources.V1InBodies)
            .Write("New/Speech.cs", ConsumerSources.V1InBodies.Replace("class Speech", "class NewSpeech", StringComparison.Ordinal))
            .Write("Mild/Speech.cs", ConsumerSources.V1InBodies.Replace("class Speech", "class MildSpeech", StringComparison.Ordinal))
            .Write("Old/Speech.cs", ConsumerSources.V1InBodies.Replace("class Speech", "class OldSpeech", StringComparison.Ordinal))
            .Write(".editorconfig", """
                root = true
                [New/*.cs]
                migrationkit_target = 2.0
                [Mild/*.cs]
                migrationkit_target = 2.0
                dotnet_diagnostic.MK0003.severity = warning
                [Old/*.cs]
                migrationkit_target = 1.0
                """);

        var early = (await consumer.BuildAsync()).Output;
        var late = (await consumer.BuildAsync("--no-restore", "-p:MigrationKitTarget=2.0")).Output;

        Assert.Contains("/Speech.cs(8,22): warning MK0003", early.Replace("New/Speech.cs", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("New/Speech.cs(8,22): error MK0003", early, StringComparison.Ordinal);
        Assert.Contains("Mild/Speech.cs(8,22): warning MK0003", early, StringComparison.Ordinal);
        Assert.Contains("Mild/Speech.cs(7,27): error MK0001", early, StringComparison.Ordinal);
        Assert.Contains("Old/Speech.cs(8,22): warning MK0003", late, StringComparison.Ordinal);
        Assert.Contains("FileStages/Speech.cs(8,22): error MK0003", late, StringComparison.Ordinal);
        Assert.DoesNotContain("MKOBSOLETE", early + late, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.0", "", null)]
    [InlineData("2.0", "", null)]
    [InlineData("1.0", "dotnet_diagnostic.MK0004.severity = warning", "warning MK0004")]
    [InlineData("2.0", "dotnet_diagnostic.MK0004.severity = error", "error MK0004")]
    [InlineData("1.0", "dotnet_analyzer_diagnostic.severity = error", null)]
    [InlineData("2.0", "dotnet_analyzer_diagnostic.severity = warning", "warning MK0004")]
    public async Task BlockingCalls_AreOffUntilStage2OrUntilTheyAreAskedFor(string target, string line, string? expected)
    {
        var consumer = feed.NewConsumer("Blocking" + Guid.NewGuid().ToString("N"), "PocketTts 1.0.0")
            .Write(".editorconfig", $"root = true\n[*.cs]\n{line}\n")
            .Write("Directory.Build.targets", $"<Project><PropertyGroup><MigrationKitTarget>{target}</MigrationKitTarget></PropertyGroup></Project>")
            .Write("Speech.cs", """
                using PocketTts;

                public static class Speech
                {
                    public static async Task<float[]> SayAsync(TtsModel model, VoiceState voice)
                    {
                        await Task.Yield();
                        return model.GenerateAudio(voice, "one");
                    }
                }
                """);

        var build = await consumer.BuildAsync();

        if (expected is null)
            Assert.Equal(0, build.Count("MK0004"));
        else
            Assert.Contains($"Speech.cs(8,22): {expected}", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CentralPackageManagement_AnalyzersOfAProjectStayThere()
    {
        var library = feed.NewConsumer("Central", "PocketTts ", "MigrationKit  PrivateAssets=\"all\"")
            .Write("Directory.Packages.props", """
                <Project>
                  <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
                  <ItemGroup>
                    <PackageVersion Include="PocketTts" Version="1.0.0" />
                    <PackageVersion Include="MigrationKit" Version="1.0.0" />
                  </ItemGroup>
                </Project>
                """)
            .Write("Speech.cs", ConsumerSources.V1InBodies);

        var build = (await library.BuildAsync("-getItem:Analyzer", "-t:Rebuild")).ShouldSucceed();
        var pack = (await library.DotnetAsync("pack", "--no-build", "-c", "Debug", "-o", "packed", "-nologo", "-nodeReuse:false")).ShouldSucceed();

        Assert.Equal(1, build.Count("\"Filename\": \"MigrationKit.Analyzers\""));
        Assert.Equal(1, build.Count("\"Filename\": \"MigrationKit.CodeFixes\""));
        var package = new Package(Path.Combine(library.Folder, "packed", "Central.1.0.0.nupkg"));
        Assert.Equal(["PocketTts 1.0.0 exclude=\"Build,Analyzers\""], package.Dependencies);
        Assert.Equal(["lib/net10.0/Central.dll"], package.Files);
        Assert.True(File.Exists(Path.Combine(library.Folder, "bin/Debug/net10.0/Central.dll")));
        Assert.Empty(Directory.GetFiles(library.Folder, "MigrationKit*.dll", SearchOption.AllDirectories));
        Assert.DoesNotContain("error", pack.Output, StringComparison.Ordinal);
    }
}
