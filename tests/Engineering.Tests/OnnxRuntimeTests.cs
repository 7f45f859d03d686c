using Microsoft.ML.OnnxRuntime;

namespace MigrationKit.Engineering.Tests;

/// <summary>The real library, wherever the sources of this machine had it from.</summary>
public sealed class OnnxRuntimeTests
{
    [Fact]
    public void ThisBuild_LoadsTheNativeLibraryOfTheCentralVersion()
    {
        var central = File.ReadLines(Path.Combine(Repository.Root, "Directory.Packages.props")).Single(line => line.Contains("\"Microsoft.ML.OnnxRuntime\"", StringComparison.Ordinal));

        var version = OrtEnv.Instance().GetVersionString();

        Assert.Contains($"Version=\"{version}\"", central, StringComparison.Ordinal);
    }

    [Fact]
    public void Assembly_HasThePackagesName() => Assert.Equal("Microsoft.ML.OnnxRuntime", typeof(OrtEnv).Assembly.GetName().Name);
}
