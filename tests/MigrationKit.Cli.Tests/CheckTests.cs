using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class CheckTests
{
    [Theory]
    [InlineData("1.0", "error", 1)]
    [InlineData("2.0", "warning", 0)]
    public async Task EditorConfig_WinsOverTheStage(string target, string severity, int exitCode)
    {
        using var bench = Workbench.WithApp();
        bench.Write(".editorconfig", $"root = true\n[*.cs]\ndotnet_diagnostic.MK0001.severity = {severity}\n");
        var result = await bench.RunAsync("check", bench.App, "--no-restore", "--rule", "MK0001", "--target", target, "--fail-on", "error", "--format", "json");
        Assert.Equal(exitCode, (int)result.ExitCode);
        Assert.All(result.Json["findings"]!.AsArray(), f => Assert.Equal(severity, (string?)f!["severity"]));
    }

    [Fact]
    public async Task V1Application_IsReportedWithPositionsAndLeftAlone()
    {
        using var bench = Workbench.WithApp();
        var before = bench.TreeHash();

        var result = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json");

        Assert.Equal(ExitCode.FindingsLeft, result.ExitCode);
        Assert.Equal(before, bench.TreeHash());
        Assert.Contains(result.Json["findings"]!.AsArray(), f => (string?)f!["rule"] == "MK0001" && (int)f["line"]! == 3 && (string?)f["status"] == "open");
        Assert.Contains(result.Json["findings"]!.AsArray(), f => (string?)f!["rule"] == "MKP001" && (string?)f["file"] == "App.csproj" && (int)f["line"]! == 10);
        Assert.Equal(result.Summary("found"), result.Summary("skipped") + result.Summary("manual"));
    }

    [Theory]
    [InlineData("never", "1.0", 0)]
    [InlineData("error", "1.0", 0)]
    [InlineData("error", "2.0", 1)]
    [InlineData("warning", "1.0", 1)]
    [InlineData("info", "1.5", 1)]
    public async Task FailOn_DecidesOnTheExitCode(string failOn, string target, int expected)
    {
        using var bench = Workbench.WithApp();
        var result = await bench.RunAsync("check", bench.App, "--no-restore", "--fail-on", failOn, "--target", target);
        Assert.Equal((ExitCode)expected, result.ExitCode);
    }

    [Fact]
    public async Task CleanSources_AnswerWithoutLoading()
    {
        using var bench = Workbench.Empty();
        // A project that MSBuild could not load: only a scan that suffices can succeed.
        bench.Write("App/App.csproj", "<Project Sdk=\"There.Is.No.Such.Sdk\" />");
        bench.Write("App/Program.cs", "System.Console.WriteLine();");

        var result = await bench.RunAsync("check", bench.App);

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Contains("found 0", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("App.slnx", """<Solution><Project Path="App/App.csproj" /></Solution>""")]
    [InlineData("App.sln", "Microsoft Visual Studio Solution File, Format Version 12.00\r\nProject(\"{FAE04EC0-301F-11D3-BF4B-00C04F79EFBC}\") = \"App\", \"App\\App.csproj\", \"{1C7E0B1A-7B0A-4B0E-8C3B-0B8F5B7A0001}\"\r\nEndProject\r\n")]
    public async Task Solution_GivesTheFindingsOfItsProjects(string name, string text)
    {
        using var bench = Workbench.WithApp();
        bench.Write(name, text);

        var solution = await bench.RunAsync("check", bench.Root, "--no-restore", "--format", "json");
        var project = await bench.RunAsync("check", bench.ProjectFile, "--no-restore", "--format", "json");

        Assert.Equal(project.Summary("found"), solution.Summary("found"));
        Assert.True(solution.Summary("found") >= 4);
    }

    [Fact]
    public async Task RuleFilter_KeepsOnlyWhatItNames()
    {
        using var bench = Workbench.WithApp();
        var only = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json", "--rule", "MK00*", "--exclude-rule", "MK0003");
        Assert.NotEmpty(only.Json["findings"]!.AsArray());
        Assert.All(only.Json["findings"]!.AsArray(), f => Assert.Contains((string)f!["rule"]!, new[] { "MK0001", "MK0002" }));
    }

    [Fact]
    public async Task ExcludedFile_IsNamedInTheCoverageInsteadOfReported()
    {
        using var bench = Workbench.WithApp();
        var result = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json", "--exclude", "**/Program.cs");
        Assert.DoesNotContain(result.Json["findings"]!.AsArray(), f => (string?)f!["file"] == "Program.cs");
        Assert.Contains(result.Json["coverage"]!["notAnalysable"]!.AsArray(), f => (string?)f!["file"] == "Program.cs");
    }

    [Fact]
    public async Task A74_CodeNoRuleCanSee_IsNamedInTheCoverage()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Inactive.cs", "#if NEVER\nclass C { PocketTts.TtsModel? model; }\n#endif\n");
        bench.Write("App/Made.g.cs", "class Made { PocketTts.TtsModel? model; }\n");
        bench.Write("App/Page.razor", "@code { TtsModel model; }\n");

        var result = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json");

        var why = result.Json["coverage"]!["notAnalysable"]!.AsArray().ToDictionary(f => (string)f!["file"]!, f => (string)f!["why"]!);
        Assert.Contains("line 2", why["Inactive.cs"], StringComparison.Ordinal);
        Assert.Contains("generated", why["Made.g.cs"], StringComparison.Ordinal);
        Assert.Contains(".razor", why["Page.razor"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Page.razor", "@page \"/\"\n@code { TtsModel model; }\n", "2")]
    [InlineData("View.cshtml", "@{\n    var model = new PocketTts.TtsModel();\n    model = new TtsModel();\n}\n", "2, 3")]
    [InlineData("Old.vb", "Class C\r\n    Private model As TtsModel\r\nEnd Class\r\n", "2")]
    [InlineData("try.csx", "#r \"PocketTts\"\n\nvar ring = new RingBuffer(1);\n", "3")]
    [InlineData("Old.fs", "let model = new TtsModel()", "1")]
    [InlineData("wiring.xml", "<objects>\n  <object type=\"VoiceForge.Audio.RingBuffer, VoiceForge\" />\n</objects>\n", "2")]
    [InlineData("services.json", "{\n  \"ring\": \"VoiceForge.Audio.RingBuffer\",\n  \"app\": \"VoiceForge.VoiceForgeApp, VoiceForge\"\n}\n", "2, 3")]
    public async Task A12AndA74_OtherLanguagesAndWiring_AreNamedWithTheirLines(string file, string text, string lines)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/sub/" + file, text);

        var result = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json");

        var seen = Assert.Single(result.Json["coverage"]!["notAnalysable"]!.AsArray(), f => ((string)f!["file"]!).EndsWith(file, StringComparison.Ordinal))!;
        Assert.EndsWith($" at line {lines}", (string?)seen["why"], StringComparison.Ordinal);
        Assert.StartsWith(Path.GetExtension(file) + " files are not analysed", (string?)seen["why"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("settings.json", "{ \"type\": \"RingBuffer\", \"next\": \"VoiceForge.Audio.AudioStreamV2\" }")]
    [InlineData("VoiceForge.xml", "<?xml version=\"1.0\"?>\n<doc>\n<member name=\"T:VoiceForge.Audio.RingBuffer\" />\n</doc>\n")]
    public async Task A12_TextThatNamesNoV1Type_IsNotNamed(string file, string text)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/" + file, text);

        var result = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json");

        Assert.Empty(result.Json["coverage"]!["notAnalysable"]!.AsArray());
    }

    [Fact]
    public async Task ReportFile_HoldsWhatStandardOutputWould()
    {
        using var bench = Workbench.WithApp();
        var report = Path.Combine(bench.Root, "report.json");
        var result = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json", "--report", report);
        Assert.Equal((ExitCode.FindingsLeft, ""), (result.ExitCode, result.Out));
        Assert.Contains("\"MK0001\"", await File.ReadAllTextAsync(report), StringComparison.Ordinal);
    }
}
