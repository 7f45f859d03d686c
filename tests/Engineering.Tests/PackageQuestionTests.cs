namespace MigrationKit.Engineering.Tests;

/// <summary>When restore asks the sources, and what it records.</summary>
public sealed class PackageQuestionTests : IDisposable
{
    private readonly Clone _clone = new();

    public void Dispose() => _clone.Dispose();

    [UnixFact]
    public async Task PackageAddedToAFolderSource_IsFoundOnDemand()
    {
        Packages.WriteOnnxRuntimeNupkg(_clone.PathOf("feed"), "1.30.0"); // another version does not count
        var before = (await _clone.DotnetAsync("restore", "App")).ShouldSucceed();
        Packages.WriteOnnxRuntimeNupkg(_clone.PathOf("feed"));

        var usual = (await _clone.DotnetAsync("restore", "App")).ShouldSucceed();
        var demanded = (await _clone.DotnetAsync("restore", "App", "-p:ProbePackageSources=true")).ShouldSucceed();

        Assert.Contains("Microsoft.ML.OnnxRuntime 1.29.0: not there", before.Output, StringComparison.Ordinal);
        Assert.Equal(0, usual.Count(Clone.Asking));
        Assert.Contains("Microsoft.ML.OnnxRuntime 1.29.0: from the package source", demanded.Output, StringComparison.Ordinal);
        Assert.Contains("NAudio 2.2.1: not there", demanded.Output, StringComparison.Ordinal);
    }

    [UnixFact]
    public async Task TwoRestoresAtOnce_AskOnce()
    {
        var restores = await Task.WhenAll(_clone.DotnetAsync("restore", "App"), _clone.DotnetAsync("restore", "Library"));

        Assert.All(restores, restore => restore.ShouldSucceed());
        Assert.Equal(1, restores.Sum(restore => restore.Count(Clone.Asking)));
        Assert.Equal([_clone.AnswerFile], Directory.GetFiles(_clone.PathOf("eng"), "packages.answer.props*"));
        Assert.Empty(Directory.GetDirectories(_clone.PathOf("eng/PackageProbe/obj")));
    }

    [UnixFact]
    public async Task UnreachableSource_LeavesTheEarlierAnswerAndTheReference()
    {
        _clone.Set("NUGET_ENHANCED_MAX_NETWORK_TRY_COUNT", "1");
        _clone.UseSources("http://127.0.0.1:9/index.json");
        _clone.WriteAnswer(";");
        var answer = await File.ReadAllTextAsync(_clone.AnswerFile);

        var restore = await _clone.DotnetAsync("restore", "App");

        Assert.Contains(restore.ShouldFail(), error => error.Contains("NU1301", StringComparison.Ordinal) && error.Contains("OnnxRuntime.csproj", StringComparison.Ordinal));
        Assert.Contains("could not be asked", restore.Output, StringComparison.Ordinal);
        Assert.Equal(answer, await File.ReadAllTextAsync(_clone.AnswerFile));
    }

    [UnixFact]
    public async Task DesignTimeBuild_DoesNotAsk()
    {
        var build = await _clone.DotnetAsync(
            "msbuild", "eng/OnnxRuntime", "-t:CollectPackageReferences", "-p:DesignTimeBuild=true", "-p:ExcludeRestorePackageImports=true", "-getItem:PackageReference");

        Assert.Contains("Microsoft.ML.OnnxRuntime", build.ShouldSucceed().Output, StringComparison.Ordinal);
        Assert.False(File.Exists(_clone.AnswerFile));
    }

    [UnixFact]
    public async Task BuildWithoutAnAnswer_SaysHowToGetOne()
    {
        var errors = (await _clone.DotnetAsync("msbuild", "eng/OnnxRuntime", "-t:CheckOnnxRuntimeSource")).ShouldFail();

        Assert.Contains(errors, error => error.Contains("run 'dotnet restore'", StringComparison.Ordinal) && error.Contains(_clone.AnswerFile, StringComparison.Ordinal));
    }
}
