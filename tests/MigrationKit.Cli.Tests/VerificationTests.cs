using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Tests.Infrastructure;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class VerificationTests
{
    [Fact]
    public async Task FixThatDoesNotCompile_IsLeftOutAloneWithTheCompilersMessage()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Second.cs", "static class Second { public static PocketTts.VoiceState Voice(PocketTts.TtsModel model) => model.LoadVoice(\"marius\"); }\n");

        var result = await bench.RunAsync(Breaking("\"marius\"", "\"marius\".NoSuchMember"), "fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal((ExitCode.VerificationFailed, ""), (result.ExitCode, result.Error));
        var left = Assert.Single(result.Json["findings"]!.AsArray(), f => (string?)f!["status"] == "unverified");
        Assert.Equal("Second.cs", (string?)left!["file"]);
        Assert.Contains("NoSuchMember", (string?)left["reason"], StringComparison.Ordinal);
        Assert.Contains("LoadVoice", await File.ReadAllTextAsync(Path.Combine(bench.App, "Second.cs")), StringComparison.Ordinal);
        Assert.Contains("GetStateForAudioPrompt", await File.ReadAllTextAsync(bench.ProgramFile), StringComparison.Ordinal);
        AssertAccounted(result);
    }

    [Theory]
    [InlineData("<WarningsAsErrors>nullable</WarningsAsErrors>", "")]
    [InlineData("<TreatWarningsAsErrors>true</TreatWarningsAsErrors><NoWarn>$(NoWarn);MKOBSOLETE;CS0618</NoWarn>", "")]
    [InlineData("", "root = true\n[*.cs]\ndotnet_diagnostic.CS8604.severity = error\n")]
    public async Task FixThatWarnsOfNullWhereThatIsAnError_IsLeftOut(string property, string configuration)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("<Nullable>", property + "<Nullable>", StringComparison.Ordinal));
        bench.Write("App/.editorconfig", configuration);
        bench.Write("App/Second.cs", "static class Second { public static PocketTts.VoiceState Voice(PocketTts.TtsModel model) => model.LoadVoice(\"marius\"); }\n");

        var result = await bench.RunAsync(Breaking("\"marius\"", "model is null ? null : \"marius\""), "fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal((ExitCode.VerificationFailed, ""), (result.ExitCode, result.Error));
        var left = Assert.Single(result.Json["findings"]!.AsArray(), f => (string?)f!["status"] == "unverified");
        Assert.Contains("CS8604", (string?)left!["reason"], StringComparison.Ordinal);
        AssertAccounted(result);
    }

    [Fact]
    public async Task FixesThatBreakOnlyTogether_LeaveOutOneOfThem()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Second.cs", """
            static class Second
            {
                public static object A(PocketTts.TtsModel model) => model.LoadVoice("first");

                public static object B(PocketTts.TtsModel model) => model.LoadVoice("second");
            }

            """);
        var engine = RuleEngine.Default with
        {
            Fix = async (document, diagnostics, cancellationToken) =>
            {
                var changed = await RuleEngine.Default.Fix(document, diagnostics, cancellationToken);
                var text = (await changed.GetTextAsync(cancellationToken)).ToString();
                return text.Contains("\"second\"", StringComparison.Ordinal) && !text.Contains("LoadVoice", StringComparison.Ordinal) && !text.Contains("Together", StringComparison.Ordinal)
                    ? changed.WithText(SourceText.From(text.Replace("\"second\"", "\"second\".Together", StringComparison.Ordinal)))
                    : changed;
            },
        };

        var result = await bench.RunAsync(engine, "fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal((ExitCode.VerificationFailed, ""), (result.ExitCode, result.Error));
        var left = Assert.Single(result.Json["findings"]!.AsArray(), f => (string?)f!["status"] == "unverified");
        Assert.Contains("Together", (string?)left!["reason"], StringComparison.Ordinal);
        var text = await File.ReadAllTextAsync(Path.Combine(bench.App, "Second.cs"));
        Assert.Equal((2, 2), (text.Split("LoadVoice").Length, text.Split("GetStateForAudioPrompt").Length));
        AssertAccounted(result);
    }

    [Fact]
    public async Task ErrorInABodyNoRuleLooksAt_IsNamedAndNothingIsWritten()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Broken.cs", "class Broken\n{\n    int M() => \"text\";\n}\n");
        var before = bench.TreeHash();
        var result = await bench.RunAsync("fix", bench.App, "--no-restore");
        Assert.Equal(ExitCode.LoadFailed, result.ExitCode);
        Assert.Contains("Broken.cs(3): CS0029", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, bench.TreeHash());
    }

    [Fact]
    public async Task FixThatBreaksADependentProject_IsLeftOut()
    {
        using var bench = Workbench.WithApp();
        // The library's fix is made to rename a public method; only the application notices.
        bench.Write("App/App.csproj", Workbench.AppProject.Replace(
            "<ItemGroup>", "<ItemGroup>\n    <ProjectReference Include=\"../Lib/Lib.csproj\" />", StringComparison.Ordinal));
        bench.Write("App/Program.cs", "System.Console.WriteLine(Lib.Speech.Say());\n");
        bench.Write("Lib/Lib.csproj", Workbench.AppProject.Replace("<OutputType>Exe</OutputType>", "", StringComparison.Ordinal));
        bench.Write("Lib/Speech.cs", "namespace Lib;\npublic static class Speech { public static int Say() => new PocketTts.TtsModel(steps: 2).SampleRate; }\n");

        var result = await bench.RunAsync(Breaking("int Say()", "int Speak()"), "fix", bench.App, "--format", "json");

        Assert.Equal((ExitCode.VerificationFailed, ""), (result.ExitCode, result.Error));
        Assert.Contains("int Say() => new PocketTts.TtsModel(steps: 2)", await File.ReadAllTextAsync(Path.Combine(bench.Root, "Lib", "Speech.cs")), StringComparison.Ordinal);
        AssertAccounted(result);
    }

    [Fact]
    public async Task FixesThatUndoEachOther_StopWithAReason()
    {
        using var bench = Workbench.WithApp();
        var flips = RuleEngine.Default with
        {
            Fix = async (document, _, cancellationToken) =>
            {
                var text = (await document.GetTextAsync(cancellationToken)).ToString();
                return document.WithText(SourceText.From(
                    text.Contains("/* flip */", StringComparison.Ordinal) ? text.Replace("/* flip */", "", StringComparison.Ordinal) : "/* flip */" + text));
            },
        };

        var result = await bench.RunAsync(flips, "fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal((ExitCode.FindingsLeft, ""), (result.ExitCode, result.Error));
        Assert.Contains(result.Json["findings"]!.AsArray(), f => ((string?)f!["reason"])?.Contains("undo each other", StringComparison.Ordinal) == true);
        AssertAccounted(result);
    }

    [Fact]
    public async Task MergeMarkerInAFix_IsAnInternalErrorAndWritesNothing()
    {
        using var bench = Workbench.WithApp();
        var before = bench.TreeHash();
        var result = await bench.RunAsync(Breaking("using PocketTts;", "<<<<<<< TODO\nusing PocketTts;"), "fix", bench.App, "--no-restore");
        Assert.Equal(ExitCode.InternalError, result.ExitCode);
        Assert.Equal(before, bench.TreeHash());
    }

    // The real fixes, with one piece of every result replaced.
    private static RuleEngine Breaking(string good, string bad) => RuleEngine.Default with
    {
        Fix = async (document, diagnostics, cancellationToken) =>
        {
            var changed = await RuleEngine.Default.Fix(document, diagnostics, cancellationToken);
            var text = (await changed.GetTextAsync(cancellationToken)).ToString();
            return text.Contains(good, StringComparison.Ordinal) && !text.Contains(bad, StringComparison.Ordinal)
                ? changed.WithText(SourceText.From(text.Replace(good, bad, StringComparison.Ordinal)))
                : changed;
        },
    };

    private static void AssertAccounted(RunResult result) =>
        Assert.Equal(result.Summary("found"), result.Summary("fixed") + result.Summary("manual") + result.Summary("unverified") + result.Summary("skipped"));
}
