using System.IO.Compression;
using System.Text.Json.Nodes;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>The summary says where the packages that a result references cannot be restored from the user's sources.</summary>
[Collection(RunsCollection.Name)]
public sealed class PackageProbeTests
{
    private const string Problem = "packages do not restore yet";

    [Fact]
    public async Task SourceWithoutV2_IsSaidInTheSummaryAndTheRunGoesOn()
    {
        using var bench = WithSource();
        Pack(bench, "0.2.3"); // V1 is there, V2 is not
        var result = await bench.RunAsync("fix", bench.App, "--verbosity", "quiet");
        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        var line = Assert.Single(result.Out.Split('\n'), l => l.StartsWith("packages: ", StringComparison.Ordinal));
        Assert.Contains(Problem, line, StringComparison.Ordinal);
        Assert.Contains("App.csproj: NU1102: ", line, StringComparison.Ordinal);
        Assert.Contains("PocketTts", line, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateDirectories(Path.Combine(bench.App, "obj", "migrationkit")));
    }

    [Fact]
    public async Task SourceWithV2_IsNotMentioned()
    {
        using var bench = WithSource();
        Pack(bench, "1.3.0");
        var result = await bench.RunAsync("fix", bench.App, "--dry-run");
        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.DoesNotContain(Problem, result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--no-restore")]
    [InlineData("--no-packages")]
    [InlineData("--no-verify")]
    public async Task RunThatAsksNoSource_SaysNothingAboutThem(string option)
    {
        using var bench = WithSource();
        var result = await bench.RunAsync("fix", bench.App, "--dry-run", "--format", "json", option);
        Assert.DoesNotContain(result.Json["notes"]!.AsArray(), n => Says(n!));
    }

    [Fact]
    public async Task OtherFormats_HaveItAsANote()
    {
        using var bench = WithSource();
        var result = await bench.RunAsync("fix", bench.App, "--dry-run", "--format", "json");
        Assert.Single(result.Json["notes"]!.AsArray(), n => Says(n!));
    }

    [Theory]
    [InlineData("0.2.3", "warning")]
    [InlineData("1.3.0", "pass")]
    public async Task Doctor_HasACheckOfIt(string version, string status)
    {
        using var bench = WithSource();
        Pack(bench, version);
        var result = await bench.RunAsync("doctor", bench.App, "--format", "json");
        Assert.Equal(status, (string?)result.Json["checks"]!.AsArray().Single(check => (string?)check!["name"] == "V2 packages")!["status"]);
    }

    private static bool Says(JsonNode note) => ((string)note!).Contains(Problem, StringComparison.Ordinal);

    // The application with one package source, an empty folder, and package versions in one place, as larger solutions have them.
    private static Workbench WithSource()
    {
        var bench = Workbench.WithApp();
        Directory.CreateDirectory(Path.Combine(bench.Root, "feed"));
        bench.Write("nuget.config", """
            <configuration>
              <packageSources><clear /><add key="feed" value="feed" /></packageSources>
            </configuration>
            """);
        // Wins over NUGET_PACKAGES, whose folder these packages must neither come from nor go to.
        bench.Write("Directory.Build.props", "<Project><PropertyGroup><RestorePackagesPath>$(MSBuildThisFileDirectory)packages</RestorePackagesPath></PropertyGroup></Project>");
        bench.Write("Directory.Packages.props", "<Project><PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup></Project>");
        return bench;
    }

    private static void Pack(Workbench bench, string version)
    {
        using var package = ZipFile.Open(Path.Combine(bench.Root, "feed", $"PocketTts.{version}.nupkg"), ZipArchiveMode.Create);
        using var nuspec = new StreamWriter(package.CreateEntry("PocketTts.nuspec").Open());
        nuspec.Write($"""
            <package xmlns="http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd">
              <metadata><id>PocketTts</id><version>{version}</version><authors>test</authors><description>test</description></metadata>
            </package>
            """);
    }
}
