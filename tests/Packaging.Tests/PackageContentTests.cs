using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;

namespace MigrationKit.Packaging.Tests;

/// <summary>What each package holds and says of itself: a change here is a change for users.</summary>
[Collection(FeedTests.Name)]
public sealed class PackageContentTests(Feed feed)
{
    private static readonly Guid _sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    [Fact]
    public void MigrationKit_HoldsAnalyzersAndStagesAndNothingForTheOutput()
    {
        var package = feed.Open("MigrationKit", "1.0.0");

        Assert.Equal(
        [
            "README.md",
            "analyzers/dotnet/cs/MigrationKit.Analyzers.dll",
            "analyzers/dotnet/cs/MigrationKit.CodeFixes.dll",
            "buildTransitive/MigrationKit.globalconfig",
            "buildTransitive/MigrationKit.props",
            "buildTransitive/MigrationKit.targets",
        ], package.Files);
        Assert.Equal("true", package.Fact("developmentDependency"));
        Assert.Empty(package.Dependencies);
    }

    [Fact]
    public void Annotations_HoldOneSourceFileThatIsCompiled()
    {
        var package = feed.Open("MigrationKit.Annotations", "1.0.0");

        Assert.Equal(["README.md", "contentFiles/cs/any/MigrationKit/ReplaceWithAttribute.cs"], package.Files);
        Assert.Equal("true", package.Fact("developmentDependency"));
        Assert.Empty(package.Dependencies);
        var content = Assert.Single(package.Metadata.Descendants(), element => element.Name.LocalName == "files");
        Assert.Equal(("cs/any/MigrationKit/ReplaceWithAttribute.cs", "Compile"), (content.Attribute("include")?.Value, content.Attribute("buildAction")?.Value));
    }

    [Theory]
    [InlineData("2.0.0", true)]
    [InlineData("3.0.0", false)]
    public void VoiceForge_BringsTheRulesAndNamesItsDependencies(string version, bool hasV1)
    {
        var package = feed.Open("VoiceForge", version);

        Assert.Equal(["README.md", "lib/net10.0/VoiceForge.dll", "lib/net10.0/VoiceForge.xml"], package.Files);
        Assert.Equal(
        [
            "Microsoft.Extensions.Logging.Abstractions 10.0.14 exclude=\"Build,Analyzers\"",
            "Microsoft.ML.OnnxRuntime 1.29.0 exclude=\"Build,Analyzers\"",
            "MigrationKit 1.0.0 include=\"All\"",
            "System.Numerics.Tensors 10.0.15 exclude=\"Build,Analyzers\"",
            "YamlDotNet 16.3.0 exclude=\"Build,Analyzers\"",
        ], package.Dependencies);
        var types = PublicTypes(package["lib/net10.0/VoiceForge.dll"]);
        Assert.Contains("VoiceForge.Audio.TripleBuffer", types);
        Assert.Equal(hasV1, types.Contains("VoiceForge.Audio.RingBuffer"));
        Assert.Equal(hasV1, types.Contains("VoiceForge.VoiceForgeApp"));
    }

    [Theory]
    [InlineData("1.0.0")]
    [InlineData("2.0.0")]
    public void PocketTts_BringsTheRulesAndNamesItsDependencies(string version)
    {
        var package = feed.Open("PocketTts", version);

        Assert.Equal(["README.md", "lib/net10.0/PocketTts.dll", "lib/net10.0/PocketTts.xml"], package.Files);
        Assert.Equal(["Microsoft.ML.OnnxRuntime 1.29.0 exclude=\"Build,Analyzers\"", "MigrationKit 1.0.0 include=\"All\""], package.Dependencies);
        Assert.Equal(version == "1.0.0", Encoding.UTF8.GetString(package["lib/net10.0/PocketTts.xml"]).Contains("TtsModel.LoadVoice(", StringComparison.Ordinal));
    }

    [Fact]
    public void CommandLine_IsAToolWithoutOnnxRuntimeSymbolsOrDocumentation()
    {
        var package = feed.Open("MigrationKit.Cli", "1.0.0");

        Assert.Contains("tools/net10.0/any/migrationkit.dll", package.Files);
        Assert.Contains("tools/net10.0/any/MigrationKit.CodeFixes.dll", package.Files);
        Assert.All(package.Files, file => Assert.False(
            file.Contains("onnxruntime", StringComparison.OrdinalIgnoreCase) || Path.GetExtension(file) is ".pdb" || (Path.GetExtension(file) is ".xml" && !file.EndsWith("DotnetToolSettings.xml", StringComparison.Ordinal)), file));
        Assert.DoesNotContain("OnnxRuntime", Encoding.UTF8.GetString(package["tools/net10.0/any/migrationkit.deps.json"]), StringComparison.Ordinal);
        Assert.Contains("Command Name=\"migrationkit\"", Encoding.UTF8.GetString(package["tools/net10.0/any/DotnetToolSettings.xml"]), StringComparison.Ordinal);
        Assert.Equal("DotnetTool", Assert.Single(package.Metadata.Descendants(), element => element.Name.LocalName == "packageType").Attribute("name")?.Value);
    }

    [Theory]
    [InlineData("MigrationKit", "1.0.0")]
    [InlineData("MigrationKit.Annotations", "1.0.0")]
    [InlineData("MigrationKit.Cli", "1.0.0")]
    [InlineData("VoiceForge", "2.0.0")]
    [InlineData("VoiceForge", "3.0.0")]
    [InlineData("PocketTts", "1.0.0")]
    [InlineData("PocketTts", "2.0.0")]
    public void EveryPackage_SaysWhereItComesFrom(string id, string version)
    {
        var package = feed.Open(id, version);

        Assert.Equal((id, version), (package.Fact("id"), package.Fact("version")));
        Assert.Equal("MIT", package.Fact("license"));
        Assert.Equal("README.md", package.Fact("readme"));
        Assert.NotEqual("Package Description", package.Fact("description"));
        var repository = Assert.Single(package.Metadata.Elements(), element => element.Name.LocalName == "repository");
        Assert.Equal("https://github.com/migrationkit/migrationkit", repository.Attribute("url")?.Value);
        Assert.Equal(feed.Tree.Commit, repository.Attribute("commit")?.Value);
    }

    [Fact]
    public void Feed_HoldsNoOtherPackageOfOurs() => Assert.Equal(
        [
            "MigrationKit.1.0.0.nupkg", "MigrationKit.Annotations.1.0.0.nupkg", "MigrationKit.Cli.1.0.0.nupkg",
            "PocketTts.1.0.0.nupkg", "PocketTts.2.0.0.nupkg", "VoiceForge.2.0.0.nupkg", "VoiceForge.3.0.0.nupkg",
        ],
        Directory.GetFiles(feed.Packages).Select(file => Path.GetFileName(file)!)
            .Where(name => !name.StartsWith("Microsoft.", StringComparison.Ordinal) && !name.StartsWith("VoiceForge.NAudio.", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("MigrationKit", "1.0.0", "analyzers/dotnet/cs/MigrationKit.Analyzers.dll")]
    [InlineData("MigrationKit", "1.0.0", "analyzers/dotnet/cs/MigrationKit.CodeFixes.dll")]
    [InlineData("VoiceForge", "2.0.0", "lib/net10.0/VoiceForge.dll")]
    [InlineData("PocketTts", "2.0.0", "lib/net10.0/PocketTts.dll")]
    public void Assembly_CarriesItsSymbolsAndTheCommitOfItsSources(string id, string version, string file)
    {
        using var image = new PEReader(new MemoryStream(feed.Open(id, version)[file]));
        using var provider = image.ReadEmbeddedPortablePdbDebugDirectoryData(image.ReadDebugDirectory().Single(entry => entry.Type == DebugDirectoryEntryType.EmbeddedPortablePdb));
        var symbols = provider.GetMetadataReader();

        var sourceLink = symbols.CustomDebugInformation.Select(symbols.GetCustomDebugInformation).Single(info => symbols.GetGuid(info.Kind) == _sourceLink);
        Assert.Contains(
            $"https://raw.githubusercontent.com/migrationkit/migrationkit/{feed.Tree.Commit}/*", Encoding.UTF8.GetString(symbols.GetBlobBytes(sourceLink.Value)), StringComparison.Ordinal);
        Assert.All(symbols.Documents, document => Assert.StartsWith("/_", symbols.GetString(symbols.GetDocument(document).Name), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("analyzers/dotnet/cs/MigrationKit.Analyzers.dll", "Microsoft.CodeAnalysis.Workspaces")]
    [InlineData("analyzers/dotnet/cs/MigrationKit.CodeFixes.dll", null)]
    public void Analyzers_NeedNoMoreThanRoslyn45(string file, string? absent)
    {
        using var image = new PEReader(new MemoryStream(feed.Open("MigrationKit", "1.0.0")[file]));
        var metadata = image.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(metadata.GetAssemblyReference).ToDictionary(r => metadata.GetString(r.Name), r => r.Version);

        Assert.Equal(new Version(4, 5, 0, 0), references["Microsoft.CodeAnalysis"]);
        Assert.DoesNotContain(references.Keys, name => name == absent);
    }

    private static HashSet<string> PublicTypes(byte[] assembly)
    {
        using var image = new PEReader(new MemoryStream(assembly));
        var metadata = image.GetMetadataReader();
        return [.. metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => type.Attributes.HasFlag(System.Reflection.TypeAttributes.Public))
            .Select(type => metadata.GetString(type.Namespace) + "." + metadata.GetString(type.Name))];
    }
}
