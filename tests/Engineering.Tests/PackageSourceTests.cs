namespace MigrationKit.Engineering.Tests;

/// <summary>What the build does with the answer of the sources.</summary>
public sealed class PackageSourceTests : IDisposable
{
    private const string Asking = "Asking the package sources";

    private readonly Clone _clone = new();

    public void Dispose() => _clone.Dispose();

    [UnixFact]
    public async Task SourceHasThePackage_ReferenceFlowsToConsumers()
    {
        Packages.WriteOnnxRuntimeNupkg(_clone.PathOf("feed"));

        var run = (await _clone.DotnetAsync("run", "--project", "App")).ShouldSucceed();

        Assert.Contains("Microsoft.ML.OnnxRuntime, Version=" + Packages.NuGetAssemblyVersion, run.Output, StringComparison.Ordinal);
        Assert.Equal(0, _clone.NpmCalls);
        Assert.True(Directory.Exists(_clone.PathOf("packages/microsoft.ml.onnxruntime/1.29.0")));
    }

    [UnixFact]
    public async Task SourceLacksThePackage_NpmSourcesAreBuilt()
    {
        var run = (await _clone.DotnetAsync("run", "--project", "App")).ShouldSucceed();

        Assert.Contains("Microsoft.ML.OnnxRuntime, Version=0.0.0.0", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, _clone.NpmCalls);
        Assert.False(Directory.Exists(_clone.PathOf("packages/microsoft.ml.onnxruntime")));
        var natives = Directory.GetFiles(_clone.PathOf("App/bin/Debug/net10.0/runtimes"), "*", SearchOption.AllDirectories);
        Assert.Contains("onnxruntime.", Assert.Single(natives), StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task SecondBuild_NeitherAsksNorFetches()
    {
        var first = (await _clone.DotnetAsync("build", "App")).ShouldSucceed();
        var answered = File.GetLastWriteTimeUtc(_clone.AnswerFile);

        var second = (await _clone.DotnetAsync("build", "App")).ShouldSucceed();

        Assert.Equal(1, first.Count(Asking));
        Assert.Equal(0, second.Count(Asking));
        Assert.Equal(answered, File.GetLastWriteTimeUtc(_clone.AnswerFile));
        Assert.Equal(1, _clone.NpmCalls);
    }

    [UnixFact]
    public async Task OtherSources_AreAskedAndTheBuildSwitches()
    {
        (await _clone.DotnetAsync("restore", "App")).ShouldSucceed();
        Packages.WriteOnnxRuntimeNupkg(_clone.PathOf("other"));
        _clone.UseSources("feed", "other");

        var run = (await _clone.DotnetAsync("run", "--project", "App")).ShouldSucceed();
        _clone.UseSources("feed");
        _clone.Set("NUGET_PACKAGES", _clone.PathOf("empty"));
        var back = (await _clone.DotnetAsync("restore", "App")).ShouldSucceed();

        Assert.Contains("Version=" + Packages.NuGetAssemblyVersion, run.Output, StringComparison.Ordinal);
        Assert.Contains("Microsoft.ML.OnnxRuntime 1.29.0: not there", back.Output, StringComparison.Ordinal);
    }
}
