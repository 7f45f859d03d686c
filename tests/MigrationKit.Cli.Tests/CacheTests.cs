using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>A run that takes from the cache says what one without it says, whatever changed in between.</summary>
[Collection(RunsCollection.Name)]
public sealed class CacheTests
{
    [Fact]
    public async Task SecondRun_AsksMSBuildNothing()
    {
        using var bench = Workbench.WithApp();
        var first = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json");
        var built = await RunAndTellAsync(bench);
        Assert.DoesNotContain("App", built);
        Assert.Equal(first.Json["findings"]!.ToJsonString(), (await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json")).Json["findings"]!.ToJsonString());
    }

    [Fact]
    public async Task NoCache_AsksAgain()
    {
        using var bench = Workbench.WithApp();
        await bench.RunAsync("check", bench.App, "--no-restore");
        Assert.Contains("App", await RunAndTellAsync(bench, "--no-cache"));
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "App/App.csproj", Workbench.AppProject.Replace("<Nullable>", "<LangVersion>13</LangVersion><Nullable>", StringComparison.Ordinal) },
        { "App/New.cs", "class New;" },
        { "Directory.Build.props", "<Project><PropertyGroup><DefineConstants>$(DefineConstants);NEW</DefineConstants></PropertyGroup></Project>" },
        { "Directory.Build.targets", "<Project />" },
        { "Directory.Packages.props", "<Project />" },
        { "App/App.csproj.user", "<Project />" },
        { ".editorconfig", "root = true\n" },
        { "App/obj/project.assets.json", "{}" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task ChangedInput_IsSeen(string file, string text)
    {
        using var bench = Workbench.WithApp();
        await bench.RunAsync("check", bench.App, "--no-restore");
        bench.Write(file, text);
        Assert.Contains("App", await RunAndTellAsync(bench));
    }

    [Fact]
    public async Task OtherProperty_HasItsOwnEntry()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Extra.cs", "#if EXTRA\nclass Extra { object V(PocketTts.TtsModel m) => m.LoadVoice(\"a\"); }\n#endif\n");
        var without = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json");
        var with = await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json", "-p:DefineConstants=EXTRA");
        Assert.Equal(without.Summary("found") + 1, with.Summary("found"));
    }

    [Theory]
    [InlineData("<Project><Target Name=\"Run\" BeforeTargets=\"CoreCompile\"><Exec Command=\"true\" /></Target></Project>")]
    [InlineData("<Project><PropertyGroup><Text>$([System.IO.File]::ReadAllText('$(MSBuildThisFileDirectory)a.txt'))</Text></PropertyGroup></Project>")]
    [InlineData("<Project><ItemGroup><Compile Include=\"$(MSBuildThisFileDirectory)shared/**/*.cs\" /></ItemGroup></Project>")]
    [InlineData("<Project><PropertyGroup><Where>$(PWD)</Where></PropertyGroup></Project>")]
    public async Task InputThatCannotBeWatched_IsNotKept(string targets)
    {
        using var bench = Workbench.WithApp();
        bench.Write("a.txt", "a");
        bench.Write("Directory.Build.targets", targets);
        await bench.RunAsync("check", bench.App, "--no-restore");
        Assert.Contains("App", await RunAndTellAsync(bench));
    }

    [Fact]
    public async Task FileThatAConditionAsksFor_IsSeenWhenItAppears()
    {
        using var bench = Workbench.WithApp();
        bench.Write("Directory.Build.props", "<Project><PropertyGroup Condition=\"Exists('$(MSBuildThisFileDirectory)flag.txt')\"><DefineConstants>EXTRA</DefineConstants></PropertyGroup></Project>");
        await bench.RunAsync("check", bench.App, "--no-restore");
        Assert.DoesNotContain("App", await RunAndTellAsync(bench));
        bench.Write("flag.txt", "");
        Assert.Contains("App", await RunAndTellAsync(bench));
    }

    [Fact]
    public async Task DamagedEntry_IsIgnored()
    {
        using var bench = Workbench.WithApp();
        await bench.RunAsync("check", bench.App, "--no-restore");
        foreach (var entry in Directory.EnumerateFiles(Path.Combine(bench.App, "obj", "migrationkit")))
            await File.WriteAllTextAsync(entry, "{ \"Key\":");
        Assert.Contains("App", await RunAndTellAsync(bench));
    }

    // The names of the projects that MSBuild built.
    private static async Task<List<string>> RunAndTellAsync(Workbench bench, params string[] options)
    {
        var result = await bench.RunAsync(["check", bench.App, "--no-restore", "--verbosity", "detailed", .. options]);
        return [.. result.Error.Split('\n')];
    }
}
