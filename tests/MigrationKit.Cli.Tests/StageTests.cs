using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class StageTests
{
    [Theory]
    [InlineData("1.5", "using var model = TtsModel.LoadModel(\"tone\", lsdDecodeSteps: 4);", "model.GenerateAudio(model.GetStateForAudioPrompt(\"alba\"), \"Hello\");")]
    [InlineData("2.0", "using var model = await TtsModel.LoadModelAsync(\"tone\", lsdDecodeSteps: 4);", "await model.GenerateAudioAsync(model.GetStateForAudioPrompt(\"alba\"), \"Hello\");")]
    public async Task BlockingCalls_AreAwaitedFromStage2On(string target, string load, string say)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Program.cs", "using PocketTts;\n\nawait Task.Yield();\nusing var model = new TtsModel(\"tone\", steps: 4);\nmodel.Generate(model.LoadVoice(\"alba\"), \"Hello\");\n");

        var fix = await bench.RunAsync("fix", bench.App, "--no-restore", "--target", target);

        Assert.Equal((ExitCode.Success, ""), (fix.ExitCode, fix.Error));
        Assert.Equal($"using PocketTts;\n\nawait Task.Yield();\n{load}\n{say}\n", await File.ReadAllTextAsync(bench.ProgramFile));
    }
}
