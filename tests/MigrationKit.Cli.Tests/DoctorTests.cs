using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class DoctorTests
{
    private const string Loopback = "audio: {backend: loopback}\nbuffer_pool: {num_slots: 4, slot_size_samples: 4096}\nresources: {allocation: {audio_buffers_gb: 0.05, model_cache_gb: 0.1, feature_cache_gb: 0.1}}\n";

    [Fact]
    public async Task ReadySolution_PassesAndStaysAsItWas()
    {
        using var bench = Workbench.WithApp();
        var before = bench.TreeHash();

        var result = await bench.RunAsync("doctor", bench.App, "--no-restore", "--format", "json");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            ["projects", "build logic", "sdk", "target frameworks", "platforms", "package versions", "git", "disk", "memory", "dry run", "V2 packages", "left over"],
            result.Json["checks"]!.AsArray().Select(check => (string)check!["name"]!));
        Assert.Contains("4 findings, 4 fixed", Measured(result, "dry run"), StringComparison.Ordinal);
        Assert.Contains("MSBuild logic", (string?)Check(result, "build logic")["limit"], StringComparison.Ordinal);
        Assert.Equal(("warning", "no git repository"), (Status(result, "git"), Measured(result, "git")));
        Assert.Equal(before, bench.TreeHash());
    }

    [Theory]
    [InlineData("net10.0", "net8.0", "target frameworks", "net8.0")]
    [InlineData("<ImplicitUsings>", "<PlatformTarget>x86</PlatformTarget><ImplicitUsings>", "platforms", "x86")]
    [InlineData("<ImplicitUsings>", "<RuntimeIdentifiers>linux-x64;win-x86</RuntimeIdentifiers><ImplicitUsings>", "platforms", "win-x86")]
    public async Task ProjectThatCannotRunV2_BlocksWithItsName(string old, string @new, string check, string measured)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace(old, @new, StringComparison.Ordinal));

        var result = await bench.RunAsync("doctor", bench.App, "--no-restore", "--format", "json");

        Assert.Equal(ExitCode.FindingsLeft, result.ExitCode);
        Assert.Equal("fail", Status(result, check));
        Assert.Contains(measured, Measured(result, check), StringComparison.Ordinal);
        Assert.Contains("App.csproj", Measured(result, check), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CodeThatDoesNotCompile_IsAFailedDryRunNotAnEarlyEnd()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Broken.cs", "class Broken {");

        var result = await bench.RunAsync("doctor", bench.App, "--no-restore", "--format", "json");

        Assert.Equal(ExitCode.FindingsLeft, result.ExitCode);
        Assert.Contains("Broken.cs", Measured(result, "dry run"), StringComparison.Ordinal);
        Assert.Equal(("notMeasured", "pass"), (Status(result, "left over"), Status(result, "sdk")));
    }

    [Fact]
    public async Task WhatIsLeftForAPerson_IsNamedWithPlaceAndReason()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Own.cs", "sealed class Own : PocketTts.TtsModel { }\n");
        bench.Write("App/Page.razor", "@inject PocketTts.TtsModel Model\n");

        var result = await bench.RunAsync("doctor", bench.App, "--no-restore", "--format", "json");

        Assert.Equal(("warning", ExitCode.Success), (Status(result, "left over"), result.ExitCode));
        Assert.Contains("MK0001 Own.cs(1)", Measured(result, "left over"), StringComparison.Ordinal);
        Assert.Contains("Page.razor", Measured(result, "left over"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnTasksFloatingVersionAndLockFile_AreWarnings()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject
            .Replace("</Project>", "  <Target Name=\"Mine\"><Exec Command=\"echo hello\" /></Target>\n</Project>", StringComparison.Ordinal)
            .Replace("<ItemGroup>", "<ItemGroup>\n    <PackageReference Include=\"VoiceForge\" Version=\"1.*\" Condition=\"'$(Never)' == 'true'\" />", StringComparison.Ordinal));
        bench.Write("App/packages.lock.json", "{}");

        var result = await bench.RunAsync("doctor", bench.App, "--no-restore", "--format", "json");

        Assert.Equal(("warning", "warning"), (Status(result, "build logic"), Status(result, "package versions")));
        Assert.Contains("'1.*' floats", Measured(result, "package versions"), StringComparison.Ordinal);
        Assert.Contains("packages.lock.json locks V1", Measured(result, "package versions"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ConfigurationLargerThanTheMachine_Blocks()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/config.yaml", "resources:\n  total_ram_gb: 1024\n  allocation:\n    model_cache_gb: 1000\n");

        var result = await bench.RunAsync("doctor", bench.App, "--no-restore", "--format", "json");

        Assert.Equal(("fail", ExitCode.FindingsLeft), (Status(result, "memory"), result.ExitCode));
    }

    [Theory]
    [InlineData("""{ "safe-only": "yes" }""", "must be true or false")]
    [InlineData("""{ "safe-onyl": true }""", "did you mean 'safe-only'")]
    [InlineData("""{ "fail-on": 1 }""", "must be a string")]
    [InlineData("""{ "fail-on": "loud" }""", "'loud' is not one of")]
    [InlineData("""{ "rule": { "MK0001": true } }""", "must be a string or a list of strings")]
    [InlineData("""{ "output": ["a"] }""", "must be a string")]
    public async Task WrongConfigurationFile_IsUsageForEveryCommand(string json, string message)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/.migrationkit.json", json);
        foreach (var args in new string[][] { ["check", bench.App], ["fix", bench.App, "--dry-run"], ["doctor", bench.App], ["doctor", bench.App, "--after"] })
        {
            var result = await bench.RunAsync(args);
            Assert.Equal((ExitCode.Usage, ""), (result.ExitCode, result.Out));
            Assert.Contains(message, result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task After_OldCode_FailsWithTheFirstPlace()
    {
        using var bench = Workbench.WithApp();

        var result = await bench.RunAsync("doctor", bench.App, "--after", "--no-restore", "--format", "json");

        Assert.Equal(ExitCode.FindingsLeft, result.ExitCode);
        Assert.Equal(("fail", "fail", "pass"), (Status(result, "references"), Status(result, "old names"), Status(result, "return values")));
        Assert.Contains("Program.cs(3)", Measured(result, "old names"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_MigratedProgram_IsAnsweredFromCheckDiagnosisAndHealth()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("PocketTts", "VoiceForge", StringComparison.Ordinal));
        bench.Write("App/Program.cs", "using var app = new VoiceForge.VoiceForgeAppV2();\n");
        bench.Write("App/config.yaml", Loopback);
        bench.Write("App/bin/Debug/logs/health.json", """{ "uptime_seconds": 7200, "failsafe_entries": 2, "latency_p99_ms": 12.5 }""");

        var result = await bench.RunAsync("doctor", bench.App, "--after", "--no-restore", "--format", "json");

        Assert.Equal(ExitCode.FindingsLeft, result.ExitCode);
        Assert.Equal(("pass", "pass", "notMeasured"), (Status(result, "old names"), Status(result, "one hour"), Status(result, "one day")));
        Assert.Equal(("fail", "pass"), (Status(result, "failsafe"), Status(result, "latency in use")));
        Assert.Equal(("pass", "pass"), (Status(result, "diagnostic: golden path"), Status(result, "diagnostic: pool integrity")));
        Assert.Equal("notMeasured", Status(result, "latency below V1"));
    }

    [Theory]
    [InlineData(null, "does not exist")]
    [InlineData("audio: {channels: 9}\n", "audio.channels")]
    public async Task After_ProgramWithoutAUsableConfiguration_Fails(string? config, string measured)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("PocketTts", "VoiceForge", StringComparison.Ordinal));
        bench.Write("App/Program.cs", "using var app = new VoiceForge.VoiceForgeAppV2();\n");
        if (config is not null)
            bench.Write("App/config.yaml", config);

        var result = await bench.RunAsync("doctor", bench.App, "--after", "--no-restore", "--format", "json");

        Assert.Equal("fail", Status(result, "config.yaml of App"));
        Assert.Contains(measured, Measured(result, "config.yaml of App"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<Solution><Project Path="A/A.vbproj" /><Project Path="B/B.fsproj" /></Solution>""", "0 C# projects, 2 of other languages")]
    [InlineData("<Solution />", "0 C# projects, 0 of other languages")]
    [InlineData("""<Solution><Project Path="App/App.csproj" /><Project Path="Gone/Gone.csproj" /></Solution>""", "missing: ")]
    public async Task SolutionWithoutWhatIsNeeded_Blocks(string solution, string measured)
    {
        using var bench = Workbench.WithApp();
        bench.Write("A/A.vbproj", "<Project />");
        bench.Write("B/B.fsproj", "<Project />");
        bench.Write("All.slnx", solution);

        var result = await bench.RunAsync("doctor", bench.Root, "--no-restore", "--format", "json");

        Assert.Equal(("fail", ExitCode.FindingsLeft), (Status(result, "projects"), result.ExitCode));
        Assert.Contains(measured, Measured(result, "projects"), StringComparison.Ordinal);
    }

    private static System.Text.Json.Nodes.JsonNode Check(RunResult result, string name)
    {
        Assert.True(result.Out.Length > 0, result.Error);
        return result.Json["checks"]!.AsArray().Single(check => (string?)check!["name"] == name)!;
    }

    private static string Status(RunResult result, string name) => (string)Check(result, name)["status"]!;

    private static string Measured(RunResult result, string name) => (string)Check(result, name)["measured"]!;
}
