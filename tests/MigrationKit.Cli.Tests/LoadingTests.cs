using System.Diagnostics;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class LoadingTests
{
    private const string Filter = """{ "solution": { "path": "SOLUTION", "projects": [ "App\\App.csproj" ] } }""";

    [Fact]
    public async Task SolutionFilter_GivesTheFindingsOfItsProjectsOnly()
    {
        using var bench = Workbench.WithApp();
        bench.Write("Broken/Broken.csproj", "<Project Sdk=\"There.Is.No.Such.Sdk\" />");
        bench.Write("Broken/Broken.cs", "class Broken : PocketTts.TtsModel;");
        bench.Write("All.slnx", """<Solution><Project Path="App/App.csproj" /><Project Path="Broken/Broken.csproj" /></Solution>""");
        var filter = bench.Write("Some.slnf", Filter.Replace("SOLUTION", "All.slnx", StringComparison.Ordinal));

        var result = await bench.RunAsync("check", filter, "--no-restore", "--format", "json");

        Assert.Equal((ExitCode.FindingsLeft, "", 1), (result.ExitCode, result.Error, result.Summary("projects")));
        Assert.True(result.Summary("found") >= 4);
    }

    [Fact]
    public async Task ReferencesThatCannotBeEvaluated_AreAllNamedInOrder()
    {
        using var bench = Workbench.WithApp();
        var names = Enumerable.Range(1, 6).Select(n => $"Lib{n}").ToList();
        foreach (var name in names)
            bench.Write($"{name}/{name}.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\">\n  <Import Project=\"{name}.gone\" />\n</Project>\n");
        bench.Write("App/App.csproj", Workbench.AppProject.Replace(
            "<ItemGroup>", "<ItemGroup>\n" + string.Concat(names.Select(name => $"    <ProjectReference Include=\"../{name}/{name}.csproj\" />\n")), StringComparison.Ordinal));
        var before = bench.TreeHash();

        var result = await bench.RunAsync("fix", bench.App, "--no-restore");

        Assert.Equal(ExitCode.LoadFailed, result.ExitCode);
        Assert.Equal(names, result.Error.Split('\n').Where(line => line.Contains(".gone", StringComparison.Ordinal)).Select(line => names.Single(name => line.Contains($"{name}.csproj:", StringComparison.Ordinal))));
        Assert.Equal(before, bench.TreeHash());
    }

    [Theory]
    [InlineData("Missing.slnx", "Missing.slnx', which does not exist")]
    [InlineData("App/App.csproj", "no .sln or .slnx")]
    [InlineData("Other.slnx", "App/App.csproj")]
    public async Task SolutionFilter_ThatFiltersNoSuchSolution_IsALoadFailure(string solution, string message)
    {
        using var bench = Workbench.WithApp();
        bench.Write("Other.slnx", "<Solution />");
        var filter = bench.Write("Some.slnf", Filter.Replace("SOLUTION", solution, StringComparison.Ordinal));
        var result = await bench.RunAsync("check", filter);
        Assert.Equal(ExitCode.LoadFailed, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("[1]")]
    public async Task SolutionFilter_ThatIsNone_IsALoadFailure(string text)
    {
        using var bench = Workbench.WithApp();
        var result = await bench.RunAsync("check", bench.Write("Some.slnf", text));
        Assert.Equal(ExitCode.LoadFailed, result.ExitCode);
        Assert.Contains("not a readable .slnf", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<Solution />")]
    [InlineData("""<Solution><Project Path="Old/Old.vbproj" /><Project Path="Fun/Fun.fsproj" /></Solution>""")]
    public async Task SolutionWithoutCSharp_IsCleanAndSaysSo(string solution)
    {
        using var bench = Workbench.Empty();
        bench.Write("Old/Old.vbproj", "<Project />");
        bench.Write("Old/Old.vb", "Dim model As New TtsModel()\n");
        bench.Write("Fun/Fun.fsproj", "<Project />");
        bench.Write("All.slnx", solution);
        Directory.CreateDirectory(bench.App);

        var result = await bench.RunAsync("check", Path.Combine(bench.Root, "All.slnx"));

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Contains("has no C# project", result.Out, StringComparison.Ordinal);
        Assert.Equal(solution.Contains("Old", StringComparison.Ordinal), result.Out.Contains("not analysed: Old/Old.vb", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("All.sln", "", "the line 'Microsoft Visual Studio Solution File, …' is missing")]
    [InlineData("All.sln", "Microsoft Visual Studio Solution File, Format Version 12.00\nProject(FAE04EC0) = App, App/App.csproj\nEndProject\n", "(2) is not readable: 'Project(FAE04EC0) = App, App/App.csproj'")]
    [InlineData("All.slnx", "<Solution>", "not a readable .slnx file")]
    [InlineData("All.slnx", "<Project Sdk=\"Microsoft.NET.Sdk\" />", "outermost element is to be <Solution>")]
    public async Task Solution_ThatIsNone_IsALoadFailure(string name, string text, string message)
    {
        using var bench = Workbench.WithApp();
        bench.Write(name, text);
        var result = await bench.RunAsync("check", Path.Combine(bench.Root, name));
        Assert.Equal((ExitCode.LoadFailed, ""), (result.ExitCode, result.Out));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingProjects_AreAllNamed()
    {
        using var bench = Workbench.WithApp();
        var solution = bench.Write("All.slnx", """<Solution><Project Path="Gone/Gone.csproj" /><Project Path="Lost/Lost.csproj" /></Solution>""");
        var result = await bench.RunAsync("check", solution);
        Assert.Equal(ExitCode.LoadFailed, result.ExitCode);
        Assert.Contains("Gone/Gone.csproj, Lost/Lost.csproj", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProjectThatCannotLoad_MattersOnlyWhenItIsACandidate()
    {
        using var bench = Workbench.WithApp();
        bench.Write("Other/Other.csproj", "<Project Sdk=\"There.Is.No.Such.Sdk\" />");
        bench.Write("Other/Other.cs", "class Other;");
        var solution = bench.Write("All.slnx", """<Solution><Project Path="App/App.csproj" /><Project Path="Other/Other.csproj" /></Solution>""");

        var harmless = await bench.RunAsync("check", solution, "--no-restore");
        bench.Write("Other/Other.cs", "class Other { PocketTts.TtsModel? model; }");
        var harmful = await bench.RunAsync("check", solution, "--no-restore");

        Assert.Equal((ExitCode.FindingsLeft, ""), (harmless.ExitCode, harmless.Error));
        Assert.Equal(ExitCode.LoadFailed, harmful.ExitCode);
        Assert.Contains("There.Is.No.Such.Sdk", harmful.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SpacesAndOtherAlphabets_AreFineInPaths()
    {
        using var bench = Workbench.WithApp();
        var folder = Path.Combine(bench.Root, "mein Projekt – Größe 声");
        Directory.Move(bench.App, Path.Combine(bench.Root, "moved"));
        Directory.CreateDirectory(folder);
        Directory.Move(Path.Combine(bench.Root, "moved"), Path.Combine(folder, "App"));
        Directory.Move(Path.Combine(bench.Root, "lib"), Path.Combine(folder, "lib"));
        Directory.CreateDirectory(bench.App);
        bench.Write(Path.Combine(folder, "Alle Projekte.slnx"), """<Solution><Project Path="App/App.csproj" /></Solution>""");

        var result = await bench.RunAsync("fix", folder);

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Contains("TtsModel.LoadModel(", await File.ReadAllTextAsync(Path.Combine(folder, "App", "Program.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SeveralFrameworks_AreEachCompiledAndOneCanBeChosen()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject
            .Replace("<TargetFramework>net10.0</TargetFramework>", "<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks><LangVersion>latest</LangVersion>", StringComparison.Ordinal)
            .Replace("<OutputType>Exe</OutputType>", "", StringComparison.Ordinal)
            .Replace("<ImplicitUsings>enable</ImplicitUsings>", "", StringComparison.Ordinal));
        bench.Write("App/Program.cs", """
            public static class Both { public static object V(PocketTts.TtsModel m) => m.LoadVoice("a"); }
            #if NETSTANDARD
            public static class Old { public static object V(PocketTts.TtsModel m) => m.LoadVoice("b"); }
            #endif

            """);
        var before = bench.TreeHash(bench.App);

        var all = await bench.RunAsync("fix", bench.App, "--format", "json");
        var one = await bench.RunAsync("check", bench.App, "--no-restore", "--framework", "net10.0", "--format", "json");
        var none = await bench.RunAsync("check", bench.App, "--no-restore", "--framework", "net8.0");

        Assert.Equal((ExitCode.FindingsLeft, ""), (all.ExitCode, all.Error));
        Assert.Equal(before, bench.TreeHash(bench.App)); // V2 cannot be referenced for both
        Assert.Equal(2, all.Json["findings"]!.AsArray().Count(f => (string?)f!["rule"] == "MK0003"));
        Assert.Equal(1, one.Json["findings"]!.AsArray().Count(f => (string?)f!["rule"] == "MK0003"));
        Assert.Equal(ExitCode.Usage, none.ExitCode);
        Assert.Contains("net10.0, netstandard2.0", none.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_ReachesTheBuild()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Extra.txt", "class Extra { object V(PocketTts.TtsModel m) => m.LoadVoice(\"a\"); }");
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("  <ItemGroup>", "  <ItemGroup>\n    <Compile Include=\"Extra.txt\" Condition=\"'$(WithExtra)' == 'yes'\" />", StringComparison.Ordinal));
        var without = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json");
        var with = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json", "-p:WithExtra=yes");
        Assert.Equal(without.Summary("found") + 1, with.Summary("found"));
    }

    [Fact]
    public async Task BinaryLog_GivesTheSameResultWithoutRunningTheProject()
    {
        using var bench = Workbench.WithApp();
        using (var resource = typeof(Analysis.RuleEngine).Assembly.GetManifestResourceStream("Reference/S2/PocketTts.dll")!)
        using (var library = File.Create(Path.Combine(bench.Root, "lib", "PocketTts.dll")))
            await resource.CopyToAsync(library); // unlike the emitted V1, a build takes it
        bench.Write("App/Program.cs", "#pragma warning disable MKOBSOLETE\n" + Workbench.Program);
        var expected = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json");
        var start = new ProcessStartInfo("dotnet", ["build", bench.App, "-bl:" + Path.Combine(bench.Root, "build.binlog"), "-v", "q", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
        {
            RedirectStandardOutput = true,
        };
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using (var build = Process.Start(start)!)
        {
            var output = await build.StandardOutput.ReadToEndAsync();
            await build.WaitForExitAsync();
            Assert.True(build.ExitCode == 0, output);
        }

        Directory.Delete(Path.Combine(bench.App, "obj", "migrationkit"), recursive: true);
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("Microsoft.NET.Sdk", "There.Is.No.Such.Sdk", StringComparison.Ordinal));
        var read = await bench.RunAsync("check", bench.App, "--binlog", Path.Combine(bench.Root, "build.binlog"), "--format", "json");

        Assert.Equal((ExitCode.FindingsLeft, ""), (read.ExitCode, read.Error));
        Assert.Equal(expected.Json["findings"]!.ToJsonString(), read.Json["findings"]!.ToJsonString());
    }

    [Fact]
    public async Task BinaryLog_ThatIsNone_IsALoadFailure()
    {
        using var bench = Workbench.WithApp();
        var result = await bench.RunAsync("check", bench.App, "--binlog", bench.Write("wrong.binlog", "not a log"));
        Assert.Equal(ExitCode.LoadFailed, result.ExitCode);
        Assert.Contains("binary log", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Timings_NameEveryStage()
    {
        using var bench = Workbench.WithApp();
        var text = await bench.RunAsync("fix", bench.App, "--no-restore", "--dry-run", "--timings", "--verbosity", "quiet");
        var json = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");
        Assert.All(new[] { "load", "analyse", "fix", "verify" }, stage => Assert.Matches($@"\n{stage} +\d+\.\d\d s +\d+ MiB\n", text.Out));
        Assert.All(new[] { "scan", "load", "analyse", "fix", "verify", "write" }, stage => Assert.True((int)json.Json["timings"]![stage]!["peakMiB"]! > 0));
    }
}
