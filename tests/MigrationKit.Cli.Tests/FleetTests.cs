using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationKit.Cli.Tests.Infrastructure;
using YamlDotNet.RepresentationModel;

namespace MigrationKit.Cli.Tests;

/// <summary>The recipes of <c>docs/fleet.md</c>: the script as it stands there, over repositories of their own.</summary>
[Collection(RunsCollection.Name)]
public sealed class FleetTests
{
    [Fact]
    public void Script_MigratesCleansAndRefusesRepositoryByRepository()
    {
        using var fleet = Workbench.WithApp();
        var path = WithTool(fleet);
        var script = fleet.Write("migrate.sh", Block("sh", "# migrate.sh:"));
        string Reports(string repository) => Directory.CreateDirectory(repository + ".reports").FullName;
        var v1 = Repository(fleet, "phone", "Program.cs", Workbench.Program);
        var clean = Repository(fleet, "studio", "Program.cs", "Console.WriteLine(1);\n");
        var broken = Repository(fleet, "kiosk", "Program.cs", Workbench.Program + "{");
        File.WriteAllText(Path.Combine(clean, "App.csproj"), Workbench.AppProject[..Workbench.AppProject.IndexOf("  <ItemGroup>", StringComparison.Ordinal)] + "</Project>\n");
        Commit(clean, "No V1");

        var codes = new[] { v1, clean, broken }.Select(repository => Run(repository, path, Reports(repository), "sh", script)).ToList();

        Assert.Equal([(int)ExitCode.Success, (int)ExitCode.Success, (int)ExitCode.LoadFailed], codes);
        Assert.Equal([" M App.csproj", " M Program.cs"], Changed(v1));
        Assert.Contains("TtsModel.LoadModel", File.ReadAllText(Path.Combine(v1, "Program.cs")), StringComparison.Ordinal);
        Assert.Empty(Changed(clean));
        Assert.Empty(Changed(broken));
        Assert.Equal(4, (int)JsonNode.Parse(File.ReadAllText(Path.Combine(Reports(v1), "App.csproj.json")))!["summary"]!["fixed"]!);
    }

    [Theory]
    [InlineData("# migrate.sh:")]
    [InlineData("multi-gitter run")]
    public void ShellRecipe_Parses(string part)
    {
        using var bench = Workbench.Empty();
        var script = bench.Write("recipe.sh", Block("sh", part));
        Assert.Equal(0, Run(bench.Root, Environment.GetEnvironmentVariable("PATH")!, bench.Root, "sh", "-n", script));
    }

    [Theory]
    [InlineData("changesetTemplate", "name", "description", "on", "steps", "changesetTemplate")]
    [InlineData("workflow_dispatch", "name", "on", "permissions", "jobs")]
    public void YamlRecipe_HasThePartsItsEngineReads(string part, params string[] keys)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Block("yaml", part)));
        var root = Assert.IsType<YamlMappingNode>(Assert.Single(stream.Documents).RootNode);
        Assert.Equal(keys, root.Children.Keys.Select(key => key.ToString()));
    }

    private static string Block(string language, string part)
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "fleet.md")).ReplaceLineEndings("\n");
        return Regex.Matches(page, $"^```{language}\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(match => match.Groups[1].Value).Single(block => block.Contains(part, StringComparison.Ordinal));
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MigrationKit.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }

    // What 'dotnet tool install' puts on the path: a command of that name.
    private static string WithTool(Workbench fleet)
    {
        var tool = fleet.Write("tools/migrationkit", $"#!/bin/sh\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "migrationkit.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(tool, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Path.GetDirectoryName(tool) + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH");
    }

    private static string Repository(Workbench fleet, string name, string file, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(fleet.Root, name)).FullName;
        File.WriteAllText(Path.Combine(folder, "App.csproj"), Workbench.AppProject);
        File.WriteAllText(Path.Combine(folder, file), text);
        File.WriteAllText(Path.Combine(folder, ".gitignore"), "bin/\nobj/\n");
        Assert.Equal(0, Git(folder, "init", "-q").ExitCode);
        Commit(folder, "V1");
        return folder;
    }

    private static void Commit(string folder, string message)
    {
        Assert.Equal(0, Git(folder, "add", "-A").ExitCode);
        Assert.Equal(0, Git(folder, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", message).ExitCode);
    }

    private static string[] Changed(string folder) => Git(folder, "status", "--porcelain").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static (int ExitCode, string Output) Git(string folder, params string[] args)
    {
        using var git = Process.Start(new ProcessStartInfo("git", args) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return (git.ExitCode, output);
    }

    private static int Run(string folder, string path, string reports, string program, params string[] args)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // MSBuild in this process sets these for itself; a user's shell has none of them.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["PATH"] = path;
        start.Environment["REPORTS"] = reports;
        using var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { }; // drained, so that the program never blocks on a full pipe
        process.BeginErrorReadLine();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode;
    }
}
