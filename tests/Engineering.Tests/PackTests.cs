using System.IO.Compression;
using System.Xml.Linq;

namespace MigrationKit.Engineering.Tests;

/// <summary>A package built on the runtime names the real ONNX Runtime, whichever way it was built.</summary>
public sealed class PackTests : IDisposable
{
    private readonly Clone _clone = new();

    public void Dispose() => _clone.Dispose();

    [UnixFact]
    public Task BuiltOnThePackage_NuspecNamesIt()
    {
        Packages.WriteOnnxRuntimeNupkg(_clone.PathOf("feed"));
        return PackAndCheckAsync("nuget", npmCalls: 0);
    }

    [UnixFact]
    public Task BuiltFromNpmWhereThePackageIsAtHand_NuspecNamesThePackage()
    {
        Packages.WriteOnnxRuntimeNupkg(_clone.PathOf("feed"));
        _clone.WriteAnswer(";Microsoft.ML.OnnxRuntime;NAudio;");
        return PackAndCheckAsync("npm", npmCalls: 1);
    }

    private async Task PackAndCheckAsync(string source, int npmCalls)
    {
        (await _clone.DotnetAsync("pack", "Library", "-o", "packed", "-p:OnnxRuntimeSource=" + source)).ShouldSucceed();

        var package = Assert.Single(Directory.GetFiles(_clone.PathOf("packed"), "*.nupkg"));
        await using var archive = await ZipFile.OpenReadAsync(package);
        await using var nuspec = await archive.GetEntry("Library.nuspec")!.OpenAsync();
        var dependency = Assert.Single(XDocument.Load(nuspec).Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Equal("Microsoft.ML.OnnxRuntime", dependency.Attribute("id")?.Value);
        Assert.Equal("1.29.0", dependency.Attribute("version")?.Value);
        Assert.DoesNotContain(archive.Entries, entry => entry.Name.Contains("OnnxRuntime", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(npmCalls, _clone.NpmCalls);
    }
}
