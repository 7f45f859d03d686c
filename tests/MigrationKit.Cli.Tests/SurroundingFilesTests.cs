using MigrationKit.Analyzers;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.ProjectFiles;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class SurroundingFilesTests
{
    private const string V1Main = "namespace Demo;\nstatic class Program { static void Main() { } }\n";
    private const string V2Main = "namespace Demo;\nstatic class ProgramV2 { static void Main() { } }\n";

    [Theory]
    [InlineData("dotnet add package VoiceForge --version 1.4.0", "1.4.0")]
    [InlineData("dotnet add package PocketTts -v 0.2.1", "0.2.1")]
    [InlineData("""<PackageReference Include="VoiceForge" Version="1.*" />""", "1.*")]
    [InlineData("COPY VoiceForge.1.4.0.nupkg /feed/", "1.4.0")]
    [InlineData("RUN pip install 'pocket-tts==0.2'", "0.2")]
    [InlineData("needs Pocket TTS 0.2.x", "0.2.x")]
    [InlineData("VoiceForge v1.9", "1.9")]
    [InlineData("key: voiceforge@1.4", "1.4")]
    public void V1Version_IsReportedAtItsPlace(string line, string version)
    {
        var found = Assert.Single(new VersionMentions(MigrationMap.Libraries).Find(("/x/README.md", $"# Title\r\n{line}\r\n")));
        Assert.Equal((ProjectRules.V1Mention, 2, line.IndexOf(version, StringComparison.Ordinal) + 1), (found.Rule, found.Line, found.Column));
    }

    [Theory]
    [InlineData("dotnet add package VoiceForge --version 2.0.0")]
    [InlineData("PocketTts [1.0.0,2.0.0)")]
    [InlineData("RUN pip install 'pocket-tts>=1.0.0'")]
    [InlineData("My.VoiceForge 1.4")]
    [InlineData("VoiceForge is 1.4 times faster")]
    [InlineData("VoiceForge\n1.4")]
    [InlineData("VoiceForgeTools 1.4")]
    public void OtherText_IsNotReported(string text) => Assert.Empty(new VersionMentions(MigrationMap.Libraries).Find(("/x/README.md", text)));

    [Theory]
    [InlineData("Dockerfile", true)]
    [InlineData("docker/App.dockerfile", true)]
    [InlineData("docker-compose.prod.yml", true)]
    [InlineData(".github/workflows/build.yaml", true)]
    [InlineData("scripts/run.sh", true)]
    [InlineData("App/Properties/launchSettings.json", true)]
    [InlineData("docs/README.de.md", true)]
    [InlineData("CHANGELOG.md", false)]
    [InlineData("App/Program.cs", false)]
    [InlineData("App/obj/run.sh", false)]
    public void DeploymentFile_IsKnownByItsName(string name, bool isOne)
    {
        using var bench = Workbench.Empty();
        var file = bench.Write(name, "x");
        Assert.Equal(isOne ? [file] : [], DeploymentFiles.Of(bench.Root).Select(f => f.File));
    }

    [Fact]
    public async Task Findings_AreInformationThatFixNeverEdits()
    {
        using var bench = Workbench.WithApp();
        var readme = bench.Write("App/README.md", "Install PocketTts 0.2.3.\n");

        var check = await bench.RunAsync("check", bench.App, "--no-restore", "--rule", "MKP004", "--format", "json");
        var fix = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal(ExitCode.Success, check.ExitCode);
        var finding = Assert.Single(check.Json["findings"]!.AsArray())!;
        Assert.Equal(("MKP004", "info", "manual", "README.md", 1, 19), (
            (string)finding["rule"]!, (string)finding["severity"]!, (string)finding["status"]!, (string)finding["file"]!, (int)finding["line"]!, (int)finding["column"]!));
        Assert.Equal((ExitCode.FindingsLeft, 1), (fix.ExitCode, fix.Summary("manual")));
        Assert.Equal("Install PocketTts 0.2.3.\n", await File.ReadAllTextAsync(readme));
    }

    [Fact]
    public async Task LockFile_StaysAndIsNamedAsTheNextStep()
    {
        using var bench = Workbench.WithApp();
        var file = bench.Write("App/packages.lock.json", "{ \"version\": 1 }");

        var result = await bench.RunAsync("fix", bench.App, "--no-restore");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Contains("Next: Renew packages.lock.json: dotnet restore --force-evaluate", result.Out, StringComparison.Ordinal);
        Assert.Equal("{ \"version\": 1 }", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task LargeConfiguration_IsAWarningThatNamesTheKeys()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/config.yaml", "audio: {sample_rate: 44100}\nresources:\n  total_ram_gb: 1024\n  allocation:\n    model_cache_gb: 1000\n");

        var result = await bench.RunAsync("check", bench.App, "--no-restore", "--rule", "MKP002", "--format", "json");

        var finding = Assert.Single(result.Json["findings"]!.AsArray())!;
        Assert.Equal(("MKP002", "warning", 4), ((string)finding["rule"]!, (string)finding["severity"]!, (int)finding["line"]!));
        Assert.Contains("model_cache_gb", (string?)finding["reason"], StringComparison.Ordinal);
        Assert.Equal(ExitCode.FindingsLeft, result.ExitCode);
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(16.5, 0)]
    public void ConfiguredSum_IsComparedWithWhatTheMachineHas(double machineGb, int findings)
    {
        using var bench = Workbench.Empty();
        bench.Write("config.yaml", "resources: {allocation: {audio_buffers_gb: 0.2, model_cache_gb: 12, feature_cache_gb: 4}}\n");
        Assert.Equal(findings, ConfiguredMemory.Find(bench.Root, machineGb).Count());
    }

    [Fact]
    public void ForeignOrBrokenConfiguration_IsNoneOfThisRule()
    {
        using var bench = Workbench.Empty();
        bench.Write("config.yaml", "service: {replicas: 3}\n");
        Assert.Empty(ConfiguredMemory.Find(bench.Root, 1));
    }

    [Fact]
    public void StartupObjectAndScript_ThatStartV1BesideV2_AreReported()
    {
        using var bench = Workbench.Empty();
        var project = bench.Write("App.csproj", "<Project>\n  <PropertyGroup><StartupObject>Demo.Program</StartupObject></PropertyGroup>\n</Project>\n");
        bench.Write("Program.cs", V1Main);
        var script = bench.Write("run.sh", "dotnet run -p:StartupObject=Demo.ProgramV2\ndotnet run -p:StartupObject=Demo.Program\n");
        Assert.Empty(new EntryPoints([project]).Find(DeploymentFiles.Of(bench.Root)));

        bench.Write("ProgramV2.cs", V2Main);
        var found = new EntryPoints([project]).Find(DeploymentFiles.Of(bench.Root)).ToList();

        Assert.Equal([(project, 2), (script, 2)], found.Select(f => (f.File, f.Line)));
        Assert.All(found, f => Assert.Contains("--switch-default", f.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void FilesThatDifferInCaseOnly_AreNoReasonToStop()
    {
        using var bench = Workbench.Empty();
        var project = bench.Write("App.csproj", "<Project><PropertyGroup><StartupObject>Demo.Program</StartupObject></PropertyGroup></Project>");
        bench.Write("Program.cs", V1Main);
        bench.Write("PROGRAM.CS", V1Main);
        bench.Write("ProgramV2.cs", V2Main);
        Assert.Equal("Demo.ProgramV2", Assert.Single(EntryPointPair.In(project)).V2Type);
    }

    [Fact]
    public void SolutionTreeOfOthers_IsNotReadOutsideTheInput()
    {
        using var bench = Workbench.Empty();
        bench.Write("README.md", "VoiceForge 1.4");
        bench.Write("App/notes.txt", "VoiceForge 1.4");
        Assert.Empty(DeploymentFiles.Of(Directory.CreateDirectory(bench.App).FullName));
    }

    [Fact]
    public void EveryProjectRule_HasAPageWithItsTitle()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MigrationKit.sln")))
            folder = Path.GetDirectoryName(folder)!;
        var index = File.ReadAllText(Path.Combine(folder, "docs", "rules", "README.md"));
        Assert.All(ProjectRules.All, rule =>
        {
            var page = File.ReadAllText(Path.Combine(folder, "docs", "rules", $"{rule.Id}.md"));
            Assert.StartsWith($"# {rule.Id}: {rule.Title}\n", page, StringComparison.Ordinal);
            Assert.Contains("## Why\n", page, StringComparison.Ordinal);
            Assert.Contains($"[{rule.Id}]({rule.Id}.md) | {rule.Title} |", index, StringComparison.Ordinal);
        });
    }
}
