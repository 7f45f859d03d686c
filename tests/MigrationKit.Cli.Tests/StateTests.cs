using System.IO.Compression;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>The same source becomes the same text from V1, from V2 with V1's names, and from V2 alone; and from every kind of reference.</summary>
[Collection(RunsCollection.Name)]
public sealed class StateTests
{
    [Theory]
    [InlineData("S1", 1)]
    [InlineData("S2", 0)]
    [InlineData("S3", 0)]
    public async Task EveryState_EndsAsTheSameText(string state, int references)
    {
        using var bench = Workbench.WithApp();
        if (state != "S1")
            Replace(bench, state);

        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Contains("TtsModel.LoadModel(\"tone\", lsdDecodeSteps: 4)", await File.ReadAllTextAsync(bench.ProgramFile), StringComparison.Ordinal);
        Assert.Contains("model.GenerateAudio(voice, \"Hello\")", await File.ReadAllTextAsync(bench.ProgramFile), StringComparison.Ordinal);
        Assert.Equal(references, result.Json["findings"]!.AsArray().Count(f => (string?)f!["rule"] == "MKP001"));
    }

    [Fact]
    public async Task MigratedCode_ThatReferencesV2_HasNoFindings()
    {
        using var bench = Workbench.WithApp();
        Replace(bench, "S2");
        await bench.RunAsync("fix", bench.App, "--no-restore");
        var again = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json", "--target", "2.0");
        Assert.Equal((ExitCode.Success, 0), (again.ExitCode, again.Summary("found")));
    }

    [Fact]
    public async Task CentralPackageVersion_IsRaisedInItsFile()
    {
        using var bench = Workbench.WithApp();
        Pack(bench);
        const string versions = """
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup>
                <PackageVersion Include="PocketTts" Version="0.2.3" /><!-- speech -->
              </ItemGroup>
            </Project>
            """;
        bench.Write("Directory.Packages.props", versions);
        bench.Write("App/App.csproj", Package(""));

        var result = await bench.RunAsync("fix", bench.App);

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Equal(Package(""), await File.ReadAllTextAsync(bench.ProjectFile));
        Assert.Equal(versions.Replace("0.2.3", "[1.0.0,2.0.0)", StringComparison.Ordinal), await File.ReadAllTextAsync(Path.Combine(bench.Root, "Directory.Packages.props")));
    }

    [Fact]
    public async Task OneRuleOfAV1Project_RaisesThePackageToo()
    {
        using var bench = Workbench.WithApp();
        Pack(bench);
        bench.Write("App/App.csproj", Package(" Version=\"0.2.3\""));

        var result = await bench.RunAsync("fix", bench.App, "--rule", "MK0001");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Equal(Package(" Version=\"[1.0.0,2.0.0)\""), await File.ReadAllTextAsync(bench.ProjectFile));
        Assert.Contains("model.LoadVoice", await File.ReadAllTextAsync(bench.ProgramFile), StringComparison.Ordinal);
    }

    private static string Package(string version) => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            <PackageReference Include="PocketTts"{version} />
          </ItemGroup>
        </Project>
        """;

    private static void Replace(Workbench bench, string state)
    {
        using var resource = typeof(RuleEngine).Assembly.GetManifestResourceStream($"Reference/{state}/PocketTts.dll")!;
        using var file = File.Create(Path.Combine(bench.Root, "lib", "PocketTts.dll"));
        resource.CopyTo(file);
    }

    // A feed and a package folder of the test's own: nothing reaches the user's.
    private static void Pack(Workbench bench)
    {
        Directory.Delete(Path.Combine(bench.App, "obj"), recursive: true);
        Directory.CreateDirectory(Path.Combine(bench.Root, "feed"));
        using (var package = ZipFile.Open(Path.Combine(bench.Root, "feed", "PocketTts.0.2.3.nupkg"), ZipArchiveMode.Create))
        {
            package.CreateEntryFromFile(Path.Combine(bench.Root, "lib", "PocketTts.dll"), "lib/net10.0/PocketTts.dll");
            using var nuspec = new StreamWriter(package.CreateEntry("PocketTts.nuspec").Open());
            nuspec.Write("""
                <?xml version="1.0"?>
                <package><metadata><id>PocketTts</id><version>0.2.3</version><authors>test</authors><description>test</description></metadata></package>
                """);
        }

        bench.Write("nuget.config", """
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="feed" value="feed" /></packageSources>
            </configuration>
            """);
    }
}
