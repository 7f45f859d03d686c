using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>What users of other migration tools complain about, where no other test has it as its subject.</summary>
[Collection(RunsCollection.Name)]
public sealed class ComplaintTests
{
    // dotnet/format#1648: a mode that was to show the changes wrote them, with one combination of flags.
    [Theory]
    [InlineData("--verbosity", "detailed")]
    [InlineData("--format", "json")]
    [InlineData("--no-verify")]
    [InlineData("--safe-only")]
    [InlineData("--allow-dirty")]
    [InlineData("--output", "../out")]
    public async Task DryRun_WritesNothingWhateverElseIsAsked(params string[] options)
    {
        using var bench = Workbench.WithApp();
        var before = bench.TreeHash();
        var result = await bench.RunAsync(["fix", bench.App, "--no-restore", "--dry-run", .. options]);
        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.Equal(before, bench.TreeHash());
    }

    // dotnet/roslynator#674: 200 000 fixes took tens of gigabytes, for each was a new solution.
    [Fact]
    public async Task ManyFindings_AreFixedInAFewPasses()
    {
        using var bench = Workbench.WithApp();
        const int calls = 3000;
        bench.Write("App/Many.cs", $"static class Many\n{{\n    static void M(PocketTts.TtsModel m)\n    {{\n{string.Concat(Enumerable.Repeat("        m.LoadVoice(\"a\");\n", calls))}    }}\n}}\n");
        var passes = 0;
        var counting = RuleEngine.Default with
        {
            Fix = (document, diagnostics, cancellationToken) =>
            {
                Interlocked.Increment(ref passes);
                return RuleEngine.Default.Fix(document, diagnostics, cancellationToken);
            },
        };

        var result = await bench.RunAsync(counting, "fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.True(result.Summary("fixed") > calls);
        Assert.InRange(passes, 1, 10);
    }

    // dotnet/modernize-dotnet#1598: "press any key" in a build.
    [Fact]
    public async Task StandardInputThatNeverEnds_IsNotWaitedFor()
    {
        using var bench = Workbench.WithApp();
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "migrationkit.dll"), "fix", bench.App, "--no-restore"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await error + output);
    }

    // The same: options that exist and that nobody lists.
    [Fact]
    public async Task Help_ListsEveryOptionOfTheManual()
    {
        using var bench = Workbench.WithApp();
        var help = (await bench.RunAsync("fix", "--help")).Out + (await bench.RunAsync("check", "--help")).Out;
        var manual = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "cli.md"));
        var table = manual[manual.IndexOf("## Options", StringComparison.Ordinal)..manual.IndexOf("## Exit codes", StringComparison.Ordinal)];
        var options = Regex.Matches(table, @"--[a-z][a-z0-9-]*").Select(m => m.Value).Distinct().ToList();
        Assert.True(options.Count > 12, string.Join(' ', options));
        Assert.All(options, option => Assert.Contains(option, help, StringComparison.Ordinal));
    }

    // dotnet/format#837: "Warnings were encountered while loading the workspace", many times and without the warnings.
    [Fact]
    public async Task MissingAnalyzer_IsNamedOnceForAllTargetFrameworks()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject
            .Replace("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks><LangVersion>latest</LangVersion>", StringComparison.Ordinal)
            .Replace("<OutputType>Exe</OutputType>", "", StringComparison.Ordinal)
            .Replace("<ItemGroup>", "<ItemGroup>\n    <Analyzer Include=\"../gen/bin/$(TargetFramework)/Gen.dll\" />", StringComparison.Ordinal));
        bench.Write("App/Program.cs", "static class Speech { public static object Say(PocketTts.TtsModel m) => m.LoadVoice(\"alba\"); }\n");

        var result = await bench.RunAsync("check", bench.App);

        Assert.Equal((ExitCode.FindingsLeft, ""), (result.ExitCode, result.Error));
        Assert.Equal(1, result.Out.Split("Gen.dll").Length - 1);
        Assert.Contains("build it first", result.Out, StringComparison.Ordinal);
    }

    // The same: the cause of an error is a path in the project, and the message only repeats what does not bind.
    [Fact]
    public async Task WrongHintPath_IsNamedAsTheReason()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace(@"..\lib\", @"..\libs\", StringComparison.Ordinal));
        var before = bench.TreeHash();

        var result = await bench.RunAsync("fix", bench.App, "--no-restore");

        Assert.Equal(ExitCode.LoadFailed, result.ExitCode);
        Assert.Contains("App.csproj references 'PocketTts' at", result.Error, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(bench.Root, "libs", "PocketTts.dll"), result.Error, StringComparison.Ordinal);
        Assert.Contains("correct its HintPath", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, bench.TreeHash());
    }

    // OPC UA migration guide, known gap G1: a project of the old format takes the new package reference without a word and without effect.
    [Fact]
    public async Task ProjectOfTheOldFormat_IsNotTouchedAndNamed()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", """
            <?xml version="1.0" encoding="utf-8"?>
            <Project ToolsVersion="15.0" DefaultTargets="Build" xmlns="http://schemas.microsoft.com/developer/msbuild/2003">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <AssemblyName>App</AssemblyName>
                <TargetFrameworkVersion>v4.8</TargetFrameworkVersion>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="PocketTts"><HintPath>..\lib\PocketTts.dll</HintPath></Reference>
                <Compile Include="Program.cs" />
              </ItemGroup>
              <Import Project="$(MSBuildToolsPath)\Microsoft.CSharp.targets" />
            </Project>

            """);
        var before = bench.TreeHash(bench.App);

        var result = await bench.RunAsync("fix", bench.App);

        Assert.NotEqual(ExitCode.Success, result.ExitCode);
        Assert.NotEqual(ExitCode.InternalError, result.ExitCode);
        Assert.Contains("App.csproj", result.Out + result.Error, StringComparison.Ordinal);
        Assert.Equal(before, bench.TreeHash(bench.App));
    }

    // golang/go#76476: two fixes that are fine alone and do not compile together.
    [Fact]
    public async Task FixesThatAreWrongOnlyTogether_AreNotBothWritten()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/One.cs", "static partial class Pair { public static object A(PocketTts.TtsModel m) => m.LoadVoice(\"one\"); }\n");
        bench.Write("App/Two.cs", "static partial class Pair { public static object B(PocketTts.TtsModel m) => m.LoadVoice(\"two\"); }\n");
        // Each fix brings a member of the same name.
        var clashing = RuleEngine.Default with
        {
            Fix = async (document, diagnostics, cancellationToken) =>
            {
                var changed = await RuleEngine.Default.Fix(document, diagnostics, cancellationToken);
                var text = (await changed.GetTextAsync(cancellationToken)).ToString();
                return text.Contains("partial class Pair", StringComparison.Ordinal) && !text.Contains("Helper", StringComparison.Ordinal)
                    ? changed.WithText(Microsoft.CodeAnalysis.Text.SourceText.From(text.Replace("class Pair {", "class Pair { const int Helper = 1;", StringComparison.Ordinal)))
                    : changed;
            },
        };

        var result = await bench.RunAsync(clashing, "fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal((ExitCode.VerificationFailed, ""), (result.ExitCode, result.Error));
        var texts = await Task.WhenAll(new[] { "One.cs", "Two.cs" }.Select(name => File.ReadAllTextAsync(Path.Combine(bench.App, name))));
        Assert.Equal(1, texts.Count(t => t.Contains("Helper", StringComparison.Ordinal)));
        Assert.Equal(1, result.Summary("unverified"));
        Assert.Equal(result.Summary("found"), result.Summary("fixed") + result.Summary("manual") + result.Summary("unverified") + result.Summary("skipped"));
    }

    // TUnit#4336 and openrewrite/rewrite-static-analysis#434: "awaitAssert", "returnCOMPACT".
    [Fact]
    public async Task ReplacedTokens_AreNotGluedToTheirNeighbours()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Glue.cs", "class Glue{object A(PocketTts.TtsModel m){return(m).LoadVoice(\"a\");}object B(PocketTts.TtsModel m){return/**/m.LoadVoice(\"a\");}PocketTts.TtsModel C(){return new(steps:1);}}");
        var result = await bench.RunAsync("fix", bench.App, "--no-restore");
        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Equal(
            "class Glue{object A(PocketTts.TtsModel m){return(m).GetStateForAudioPrompt(\"a\");}object B(PocketTts.TtsModel m){return/**/m.GetStateForAudioPrompt(\"a\");}PocketTts.TtsModel C(){return PocketTts.TtsModel.LoadModel(lsdDecodeSteps:1);}}",
            await File.ReadAllTextAsync(Path.Combine(bench.App, "Glue.cs")));
    }

    // dotnet/format#1508: what cannot be fixed has no location, and the exit code is 0.
    [Fact]
    public async Task WhatIsLeft_HasPlaceReasonAndExitCode()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Sub.cs", "class Sub : PocketTts.TtsModel { }\n");
        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");
        Assert.Equal((ExitCode.FindingsLeft, ""), (result.ExitCode, result.Error));
        var left = result.Json["findings"]!.AsArray().Where(f => (string?)f!["status"] != "fixed").ToList();
        Assert.NotEmpty(left);
        Assert.All(left, f =>
        {
            Assert.True((int)f!["line"]! > 0 && (int)f["column"]! > 0, f.ToJsonString());
            Assert.False(string.IsNullOrEmpty((string?)f["reason"]), f.ToJsonString());
        });
        Assert.Equal(left.Count, result.Summary("manual") + result.Summary("skipped") + result.Summary("unverified"));
        Assert.Contains(left, f => (string?)f!["file"] == "Sub.cs" && ((int)f["line"]!).ToString(CultureInfo.InvariantCulture) == "1");
    }
}
