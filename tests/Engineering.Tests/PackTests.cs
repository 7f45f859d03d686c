using System.IO.Compression;
using System.Xml.Linq;

namespace MigrationKit.Engineering.Tests;

/// <summary>A package built from npm names the real ONNX Runtime even where that is at hand; Packaging.Tests has the other cases.</summary>
public sealed class PackTests : IDisposable
{
    private readonly Clone _clone = new();

    public void Dispose() => _clone.Dispose();

    [UnixFact]
    public async Task BuiltFromNpmWhereThePackageIsAtHand_NuspecNamesThePackage()
    {
        Packages.WriteOnnxRuntimeNupkg(_clone.PathOf("feed"));
        _clone.WriteAnswer(";Microsoft.ML.OnnxRuntime;NAudio;");

        (await _clone.DotnetAsync("pack", "Library", "-o", "packed", "-p:OnnxRuntimeSource=npm")).ShouldSucceed();

        var package = Assert.Single(Directory.GetFiles(_clone.PathOf("packed"), "*.nupkg"));
        await using var archive = await ZipFile.OpenReadAsync(package);
        await using var nuspec = await archive.GetEntry("Library.nuspec")!.OpenAsync();
        var dependency = Assert.Single(XDocument.Load(nuspec).Descendants(), element => element.Name.LocalName == "dependency");
        Assert.Equal("Microsoft.ML.OnnxRuntime", dependency.Attribute("id")?.Value);
        Assert.Equal("1.29.0", dependency.Attribute("version")?.Value);
        Assert.DoesNotContain(archive.Entries, entry => entry.Name.Contains("OnnxRuntime", StringComparison.OrdinalIgnoreCase));
        Assert.Equal(1, _clone.NpmCalls);
    }
}
