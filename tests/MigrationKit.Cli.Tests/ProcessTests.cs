using System.Diagnostics;
using System.Text.Json.Nodes;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>The real program in its own process, over the projects of this repository.</summary>
[Collection(RunsCollection.Name)]
public sealed class ProcessTests
{
    [Fact]
    public async Task ApplicationOnLegacySdk_BecomesOneOnTheRuntime()
    {
        using var bench = Workbench.Empty();
        var repository = Repository.Root;
        var toRepository = Path.GetRelativePath(Path.Combine(bench.Root, "App"), repository).Replace('\\', '/');
        bench.Write("App/App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="{toRepository}/samples/LegacySdk/PocketTts/PocketTts.csproj" />
                <ProjectReference Include="{toRepository}/samples/LegacySdk/VoiceForge/VoiceForge.csproj" />
              </ItemGroup>
            </Project>
            """);
        bench.Write("App/Program.cs", """
            using PocketTts;
            using VoiceForge;

            using var model = new TtsModel(steps: 4);
            using var app = new VoiceForgeApp();
            Console.WriteLine(model.SampleRate);
            """);
        bench.Write("App/.migrationkit.json", $$"""
            { "references": {
                "PocketTts": { "project": "{{toRepository}}/runtime/PocketTts/PocketTts.csproj" },
                "VoiceForge": { "project": "{{toRepository}}/runtime/VoiceForge/VoiceForge.csproj" } } }
            """);
        var before = bench.TreeHash(bench.App);
        var output = Path.Combine(bench.Root, "a", "b", "App.v2");

        var (exitCode, stdout, stderr) = await RunAsync("fix", bench.App, "--output", output, "--format", "json");

        Assert.True(exitCode == 0, stderr + stdout);
        Assert.Equal("", stderr);
        Assert.Equal((int)JsonNode.Parse(stdout)!["summary"]!["found"]!, (int)JsonNode.Parse(stdout)!["summary"]!["fixed"]!);
        Assert.Equal(before, bench.TreeHash(bench.App));
        var program = await File.ReadAllTextAsync(Path.Combine(output, "Program.cs"));
        Assert.Contains("TtsModel.LoadModel(lsdDecodeSteps: 4)", program, StringComparison.Ordinal);
        Assert.Contains("new VoiceForgeAppV2()", program, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(output, "config.yaml")));

        // Re-based twice: away from V1's project, and to where the copy stands.
        var include = (await File.ReadAllTextAsync(Path.Combine(output, "App.csproj"))).Split('"').First(p => p.EndsWith("runtime/VoiceForge/VoiceForge.csproj", StringComparison.Ordinal));
        Assert.Equal(Path.Combine(repository, "runtime", "VoiceForge", "VoiceForge.csproj"), Path.GetFullPath(Path.Combine(output, include)));
        Assert.Contains($"../../{toRepository}/runtime", await File.ReadAllTextAsync(Path.Combine(output, ".migrationkit.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongUsage_IsOneLineOnStandardErrorAndExitCode2()
    {
        var (exitCode, stdout, stderr) = await RunAsync("fix", "no-such-folder");
        Assert.Equal((2, ""), (exitCode, stdout));
        Assert.Matches(@"^error: '[^\n]*no-such-folder' does not exist[^\n]*\n$", stderr);
    }

    [Fact]
    public async Task Rules_AreListedAndExplainedWithoutColours()
    {
        var (exitCode, all, _) = await RunAsync("rules");
        Assert.Equal(0, exitCode);
        Assert.All(new[] { "MK0001", "MK0103", "MKP001", "MKP005" }, id => Assert.Contains(id, all, StringComparison.Ordinal));
        Assert.DoesNotContain('\u001b', all);

        var (_, one, _) = await RunAsync("rules", "MKP005");
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "rules", "MKP005.md"));
        Assert.StartsWith("# MKP005: Target net10.0 or later\n", page, StringComparison.Ordinal);
        Assert.StartsWith(page, one, StringComparison.Ordinal);
        var (unknown, _, error) = await RunAsync("rules", "MK0O01");
        Assert.Equal(2, unknown);
        Assert.Contains("did you mean 'MK0001'", error, StringComparison.Ordinal);
    }

    // A machine without git: nothing that asks for it may be guessed, and what does not ask for it works.
    [Fact]
    public async Task ChangedSinceWithoutGit_IsUsageAndTheRestNeedsNone()
    {
        using var bench = Workbench.WithApp();
        bench.Commit();
        var path = Directory.CreateDirectory(Path.Combine(bench.Root, "no-git")).FullName;

        var (asked, stdout, error) = await RunAsync(path, ["check", bench.App, "--changed-since", "HEAD"]);
        Assert.Equal((2, ""), (asked, stdout));
        Assert.Contains("--changed-since 'HEAD'", error, StringComparison.Ordinal);
        Assert.Contains("git is not installed", error, StringComparison.Ordinal);

        var (plain, _, message) = await RunAsync(path, ["fix", bench.App, "--no-restore"]);
        Assert.Equal((0, ""), (plain, message));
    }

    // Standard output that takes nothing, after a run that has written: the message must not deny the run.
    [Fact]
    public async Task FullStandardOutput_SaysWhereTheRunIs()
    {
        if (!File.Exists("/dev/full"))
            return; // only Linux has such a place
        using var bench = Workbench.WithApp();
        var start = new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" > /dev/full", "sh", "dotnet", Path.Combine(AppContext.BaseDirectory, "migrationkit.dll"), "fix", bench.App, "--no-restore"])
        {
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.Equal(2, process.ExitCode);
        Assert.Contains("'migrationkit runs' lists", error, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await bench.RunAsync("rollback")).ExitCode);
    }

    private static Task<(int ExitCode, string Out, string Error)> RunAsync(params string[] args) => RunAsync(path: null, args);

    /// <param name="path">The only folder that programs are found in; null for the usual ones.</param>
    /// <param name="args">The command line.</param>
    private static async Task<(int ExitCode, string Out, string Error)> RunAsync(string? path, string[] args)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [Path.Combine(AppContext.BaseDirectory, "migrationkit.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // MSBuild in this process sets these for itself; a user's shell has none of them.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        if (path is not null)
            start.Environment["PATH"] = path;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }
}
