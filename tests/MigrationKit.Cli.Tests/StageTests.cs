using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class StageTests
{
    private const string AsyncProgram = "using PocketTts;\n\nawait Task.Yield();\nusing var model = new TtsModel(\"tone\", steps: 4);\nmodel.Generate(model.LoadVoice(\"alba\"), \"Hello\");\n";

    [Theory]
    [InlineData("1.5", "using var model = TtsModel.LoadModel(\"tone\", lsdDecodeSteps: 4);", "model.GenerateAudio(model.GetStateForAudioPrompt(\"alba\"), \"Hello\");")]
    [InlineData("2.0", "using var model = await TtsModel.LoadModelAsync(\"tone\", lsdDecodeSteps: 4);", "await model.GenerateAudioAsync(model.GetStateForAudioPrompt(\"alba\"), \"Hello\");")]
    public async Task BlockingCalls_AreAwaitedFromStage2On(string target, string load, string say)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Program.cs", AsyncProgram);

        var fix = await bench.RunAsync("fix", bench.App, "--no-restore", "--target", target);

        Assert.Equal((ExitCode.Success, ""), (fix.ExitCode, fix.Error));
        Assert.Equal($"using PocketTts;\n\nawait Task.Yield();\n{load}\n{say}\n", await File.ReadAllTextAsync(bench.ProgramFile));
    }

    [Theory]
    [InlineData("", "1.0", "warning")]
    [InlineData("", "2.0", "error")]
    [InlineData("migrationkit_target = 2.0", "1.0", "error")]
    [InlineData("migrationkit_target = 1.5", "2.0", "warning")]
    [InlineData("migrationkit_target = 9.9", "2.0", "error")]
    [InlineData("migrationkit_target = 2.0\ndotnet_diagnostic.MK0001.severity = suggestion", "1.0", "info")]
    public async Task EditorConfig_WinsOverTheTarget(string lines, string target, string severity)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/.editorconfig", "root = true\n[*.cs]\n" + lines + "\n");

        var check = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json", "--target", target);

        var finding = Assert.Single(check.Json["findings"]!.AsArray(), f => (string?)f!["rule"] == "MK0001")!;
        Assert.Equal(severity, (string?)finding["severity"]);
    }

    [Theory]
    [InlineData("migrationkit_target = 2.0", 2)]
    [InlineData("dotnet_diagnostic.MK0004.severity = warning", 2)]
    [InlineData("migrationkit_target = 2.0\ndotnet_diagnostic.MK0004.severity = none", 0)]
    [InlineData("dotnet_analyzer_diagnostic.severity = warning", 0)]
    public async Task BlockingCalls_AreReportedWhereEditorConfigSaysSo(string lines, int expected)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Program.cs", AsyncProgram);
        ReferenceV2(bench);
        await bench.RunAsync("fix", bench.App, "--no-restore");
        bench.Write("App/.editorconfig", "root = true\n[*.cs]\n" + lines + "\n");

        var check = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json");

        Assert.Equal("", check.Error);
        Assert.Equal(expected, check.Json["findings"]!.AsArray().Count(f => (string?)f!["rule"] == "MK0004"));
    }

    private static void ReferenceV2(Workbench bench)
    {
        using var resource = typeof(RuleEngine).Assembly.GetManifestResourceStream("Reference/S2/PocketTts.dll")!;
        using var file = File.Create(Path.Combine(bench.Root, "lib", "PocketTts.dll"));
        resource.CopyTo(file);
    }
}
