namespace MigrationKit.Engineering.Tests;

/// <summary>The npm package: fetched, verified, extracted, or taken from a copy.</summary>
public sealed class NpmFetchTests : IDisposable
{
    private readonly Clone _clone = new();

    public void Dispose() => _clone.Dispose();

    [UnixFact]
    public async Task WrongHash_IsNamedAndTheNextBuildFetchesAnew()
    {
        var good = _clone.PathOf("good.tgz");
        File.Move(_clone.Tarball, good);
        File.WriteAllText(_clone.Tarball, "not what was pinned");

        var errors = (await FetchAsync()).ShouldFail();
        File.Move(good, _clone.Tarball, overwrite: true);
        var again = await FetchAsync();

        var error = Assert.Single(errors);
        Assert.Contains("SHA-512", error, StringComparison.Ordinal);
        Assert.Contains("com.github.asus4.onnxruntime-0.4.9.tgz", error, StringComparison.Ordinal);
        Assert.Contains("build again", error, StringComparison.Ordinal);
        again.ShouldSucceed();
        Assert.Equal(2, _clone.NpmCalls);
    }

    [UnixFact]
    public async Task NeitherNpmNorCopy_ErrorNamesBothRemedies()
    {
        _clone.Set("PATH", _clone.PathOf("feed"));

        var error = Assert.Single((await FetchAsync()).ShouldFail());

        Assert.Contains("npm is not on the PATH", error, StringComparison.Ordinal);
        Assert.Contains("Install npm", error, StringComparison.Ordinal);
        Assert.Contains("set ONNXRUNTIME_DIR", error, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task FailingNpm_IsQuoted()
    {
        _clone.Set("NPM_TARBALL", _clone.PathOf("absent.tgz"));

        var error = Assert.Single((await FetchAsync()).ShouldFail());

        Assert.Contains("absent.tgz", error, StringComparison.Ordinal);
        Assert.Contains("set ONNXRUNTIME_DIR", error, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task CopyAsTarball_IsUsedWithoutNpm()
    {
        _clone.Set("ONNXRUNTIME_DIR", Path.GetFileName(_clone.Tarball)); // relative to the root

        Assert.Contains("OrtEnv.shared.cs", (await SourcesAsync()).ShouldSucceed().Output, StringComparison.Ordinal);

        Assert.Equal(0, _clone.NpmCalls);
        Assert.True(File.Exists(_clone.Tarball));
    }

    [UnixFact]
    public async Task CopyAsFolder_IsUsedInPlace()
    {
        Packages.WriteNpmFolder(_clone.PathOf("copy/package"));
        _clone.Set("ONNXRUNTIME_DIR", _clone.PathOf("copy"));

        Assert.Contains(_clone.PathOf("copy/package/Runtime/OrtEnv.shared.cs"), (await SourcesAsync()).ShouldSucceed().Output, StringComparison.Ordinal);

        Assert.Equal(0, _clone.NpmCalls);
        Assert.False(Directory.Exists(_clone.PathOf(".ext")));
    }

    [UnixFact]
    public async Task CopyOfAnotherVersion_IsRefused()
    {
        Packages.WriteNpmFolder(_clone.PathOf("copy"));
        _clone.Write("copy/package.json", """{ "name": "com.github.asus4.onnxruntime", "version": "0.4.8" }""");
        _clone.Set("ONNXRUNTIME_DIR", _clone.PathOf("copy"));

        var error = Assert.Single((await FetchAsync()).ShouldFail());

        Assert.Contains("is not com.github.asus4.onnxruntime 0.4.9", error, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task CopyThatIsNotThere_IsNamed()
    {
        _clone.Set("ONNXRUNTIME_DIR", _clone.PathOf("nowhere"));

        var error = Assert.Single((await FetchAsync()).ShouldFail());

        Assert.Contains($"ONNXRUNTIME_DIR is '{_clone.PathOf("nowhere")}'", error, StringComparison.Ordinal);
        Assert.Equal(0, _clone.NpmCalls);
    }

    [UnixFact]
    public async Task HostWithoutNativeLibrary_IsNamed()
    {
        var error = Assert.Single((await FetchAsync("-p:NpmHost=linux-musl-x64")).ShouldFail());

        Assert.Contains("'linux-musl-x64'", error, StringComparison.Ordinal);
        Assert.Contains("linux-x64, win-x64, win-arm64 and osx-arm64", error, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task TwoFetchesAtOnceAfterAKilledOne_FetchOnceAndCleanUp()
    {
        _clone.Write(".ext/fetch-killed/com.github.asus4.onnxruntime-0.4.9.tgz", "half");

        var fetches = await Task.WhenAll(FetchAsync(), FetchAsync());

        Assert.All(fetches, fetch => fetch.ShouldSucceed());
        Assert.Equal(1, _clone.NpmCalls);
        Assert.StartsWith("com.github.asus4.onnxruntime-0.4.9-", Path.GetFileName(Assert.Single(Directory.GetDirectories(_clone.PathOf(".ext")))), StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task UnknownOnnxRuntimeSource_IsRefused()
    {
        var errors = (await _clone.DotnetAsync("msbuild", "eng/OnnxRuntime", "-t:CheckOnnxRuntimeSource", "-p:OnnxRuntimeSource=conda")).ShouldFail();

        Assert.Contains("OnnxRuntimeSource is 'conda'; expected 'nuget' or 'npm'", Assert.Single(errors), StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task CentralVersionThatNpmDoesNotCarry_IsRefused()
    {
        var versions = _clone.PathOf("Directory.Packages.props");
        File.WriteAllText(versions, File.ReadAllText(versions).Replace("\"1.29.0\"", "\"1.31.0\"", StringComparison.Ordinal));

        var error = Assert.Single((await FetchAsync()).ShouldFail());

        Assert.Contains("'1.31.0'", error, StringComparison.Ordinal);
        Assert.Contains("'1.29.0'", error, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task DesignTimeBuild_DoesNotFetch()
    {
        (await _clone.DotnetAsync("msbuild", "eng/OnnxRuntime", "-t:AddOnnxRuntimeSources", "-p:OnnxRuntimeSource=npm", "-p:DesignTimeBuild=true")).ShouldSucceed();

        Assert.Equal(0, _clone.NpmCalls);
        Assert.False(Directory.Exists(_clone.PathOf(".ext")));
    }

    private Task<ChildResult> FetchAsync(params string[] arguments) =>
        _clone.DotnetAsync(["msbuild", "eng/OnnxRuntime", "-nologo", "-tl:off", "-t:FetchOnnxRuntime", "-p:OnnxRuntimeSource=npm", .. arguments]);

    private Task<ChildResult> SourcesAsync() =>
        _clone.DotnetAsync("msbuild", "eng/OnnxRuntime", "-t:AddOnnxRuntimeSources", "-p:OnnxRuntimeSource=npm", "-getItem:Compile");
}
