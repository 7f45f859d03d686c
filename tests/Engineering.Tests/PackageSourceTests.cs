namespace MigrationKit.Engineering.Tests;

/// <summary>What the build does with the answer of the sources.</summary>
public sealed class PackageSourceTests : IDisposable
{
    private readonly Clone _clone = new();

    public void Dispose() => _clone.Dispose();

    [UnixFact]
    public async Task SourceHasThePackage_ReferenceFlowsToConsumers()
    {
        Packages.WriteOnnxRuntimeNupkg(_clone.PathOf("feed"));

        (await _clone.DotnetAsync("build", "App")).ShouldSucceed();

        Assert.Contains("Version=" + Packages.NuGetAssemblyVersion, await RunAppAsync(), StringComparison.Ordinal);
        Assert.Equal(0, _clone.NpmCalls);
        Assert.True(Directory.Exists(_clone.PathOf("packages/microsoft.ml.onnxruntime/1.29.0")));
    }

    [UnixFact]
    public async Task SourceLacksThePackage_NpmSourcesAreBuiltAndTheAnswerIsKept()
    {
        var first = (await _clone.DotnetAsync("build", "App")).ShouldSucceed();
        var answered = File.GetLastWriteTimeUtc(_clone.AnswerFile);
        var second = (await _clone.DotnetAsync("build", "App")).ShouldSucceed();

        Assert.Contains("Version=0.0.0.0", await RunAppAsync(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(_clone.PathOf("packages/microsoft.ml.onnxruntime")));
        var natives = Directory.GetFiles(_clone.PathOf("App/bin/Debug/net10.0/runtimes"), "*", SearchOption.AllDirectories);
        Assert.Contains("onnxruntime.", Assert.Single(natives), StringComparison.Ordinal);
        Assert.Equal((1, 0), (first.Count(Clone.Asking), second.Count(Clone.Asking)));
        Assert.Equal(answered, File.GetLastWriteTimeUtc(_clone.AnswerFile));
        Assert.Equal(1, _clone.NpmCalls);
    }

    [UnixFact]
    public async Task OtherSources_AreAskedAndTheBuildSwitches()
    {
        (await _clone.DotnetAsync("restore", "App")).ShouldSucceed();
        Packages.WriteOnnxRuntimeNupkg(_clone.PathOf("other"));
        _clone.UseSources("feed", "other");
        (await _clone.DotnetAsync("build", "App")).ShouldSucceed();
        var app = await RunAppAsync();
        _clone.UseSources("feed");
        _clone.Set("NUGET_PACKAGES", _clone.PathOf("empty"));

        var back = (await _clone.DotnetAsync("restore", "App")).ShouldSucceed();

        Assert.Contains("Version=" + Packages.NuGetAssemblyVersion, app, StringComparison.Ordinal);
        Assert.Contains("Microsoft.ML.OnnxRuntime 1.29.0: not there", back.Output, StringComparison.Ordinal);
    }

    /// <returns>The name of the assembly that the app found <c>OrtEnv</c> in.</returns>
    private async Task<string> RunAppAsync() => (await _clone.DotnetAsync("App/bin/Debug/net10.0/App.dll")).ShouldSucceed().Output;
}
