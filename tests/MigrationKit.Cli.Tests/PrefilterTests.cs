using System.Text.Json.Nodes;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>Leaving out what by its text can hold no finding never leaves out a finding.</summary>
[Collection(RunsCollection.Name)]
public sealed class PrefilterTests
{
    private const string Project = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
          </PropertyGroup>
          <ItemGroup>
            REFERENCES
          </ItemGroup>
        </Project>
        """;

    private const string Attribute = """
        namespace MigrationKit;
        [System.AttributeUsage(System.AttributeTargets.All)]
        public sealed class ReplaceWithAttribute(string text) : System.Attribute { public string Text { get; } = text; }
        """;

    public static TheoryData<string, string> Solutions => new()
    {
        { "V1 behind another project", "public static class Use { public static int Go() => Lib.Voices.Model.Generate(Lib.Voices.Any, \"a\").Length; }" },
        { "V1 constructed without its name", "public class Use : Lib.Base { public Use() { Model = new(steps: 2); } }" },
        { "names that only look like V1's", "public static class Use { public static System.Collections.Generic.IReadOnlyList<int> AudioStreams = [1]; }" },
    };

    [Theory]
    [MemberData(nameof(Solutions))]
    public async Task Findings_AreThoseOfALoadOfEverything(string name, string use)
    {
        using var bench = Workbench.WithApp();
        bench.Write("Lib/Lib.csproj", Project.Replace("REFERENCES", "<Reference Include=\"PocketTts\" HintPath=\"../lib/PocketTts.dll\" />", StringComparison.Ordinal));
        bench.Write("Lib/Voices.cs", """
            namespace Lib;
            public static class Voices { public static PocketTts.TtsModel Model { get; } = new(); public static PocketTts.VoiceState Any => Model.LoadVoice("a"); }
            public class Base { protected PocketTts.TtsModel? Model; }
            """);
        bench.Write("Use/Use.csproj", Project.Replace(
            "REFERENCES", "<ProjectReference Include=\"../Lib/Lib.csproj\" /><Reference Include=\"PocketTts\" HintPath=\"$(MSBuildProjectDirectory)/../lib/PocketTts.dll\" />", StringComparison.Ordinal));
        bench.Write("Use/Use.cs", use);
        bench.Write("All.slnx", """<Solution><Project Path="App/App.csproj" /><Project Path="Lib/Lib.csproj" /><Project Path="Use/Use.csproj" /></Solution>""");

        var (with, without) = await BothAsync(bench);

        Assert.Equal(without, with);
        Assert.True(with.Length > 4, name);
    }

    [Fact]
    public async Task SampleOfTheRepository_HasTheFindingsOfALoadOfEverything()
    {
        var (with, without) = await BothAsync(Path.Combine(Repository.Root, "samples", "VoiceApp"));
        Assert.Equal(without, with);
        Assert.True(with.Length > 20, $"Only {with.Length} findings.");
    }

    [Fact]
    public async Task V2CodeBehindAnotherProject_IsACandidate()
    {
        using var bench = Workbench.WithApp();
        foreach (var library in new[] { "PocketTts", "VoiceForge" })
        {
            using var resource = typeof(RuleEngine).Assembly.GetManifestResourceStream($"Reference/S2/{library}.dll")!;
            using var file = File.Create(Path.Combine(bench.Root, "lib", $"{library}.dll"));
            resource.CopyTo(file);
        }

        bench.Write("Lib/Lib.csproj", Project.Replace("REFERENCES", "<Reference Include=\"VoiceForge\" HintPath=\"../lib/VoiceForge.dll\" />", StringComparison.Ordinal));
        bench.Write("Lib/Sound.cs", "namespace Lib; public static class Sound { public static VoiceForge.VoiceForgeAppV2 App { get; } = new VoiceForge.VoiceForgeAppV2(); }\n");
        // The reference comes from a file whose name has nothing to do with the library.
        bench.Write("Use/Use.csproj", Project.Replace("REFERENCES", "<ProjectReference Include=\"../Lib/Lib.csproj\" /><Reference Include=\"../lib/Voice*.dll\" />", StringComparison.Ordinal));
        bench.Write("Use/Use.cs", "public static class Use { public static void Go() { Lib.Sound.App.Initialize(); } }\n");
        bench.Write("All.slnx", """<Solution><Project Path="Lib/Lib.csproj" /><Project Path="Use/Use.csproj" /></Solution>""");

        var (with, without) = await BothAsync(bench);

        Assert.Equal(without, with);
        Assert.Contains(with, f => f.StartsWith("MK0104 Use/Use.cs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeclaredReplacement_MakesItsUsersCandidates(bool isCompiled)
    {
        using var bench = Workbench.WithApp();
        const string library = "namespace Old;\npublic static class Api { [MigrationKit.ReplaceWith(\"Fetch()\")] public static int Grab() => Fetch(); public static int Fetch() => 1; }\n";
        if (isCompiled)
            V1Library.Emit("Old", Attribute.Replace("namespace MigrationKit;", "namespace MigrationKit {", StringComparison.Ordinal) + "}\n" + library.Replace("namespace Old;", "namespace Old {", StringComparison.Ordinal) + "}", Path.Combine(bench.Root, "lib"));
        bench.Write("Old/Old.csproj", Project.Replace("REFERENCES", "", StringComparison.Ordinal));
        bench.Write("Old/Api.cs", library);
        bench.Write("Old/Attribute.cs", Attribute);
        bench.Write("Use/Use.csproj", Project.Replace(
            "REFERENCES", isCompiled ? "<Reference Include=\"Old\" HintPath=\"../lib/Old.dll\" />" : "<ProjectReference Include=\"../Old/Old.csproj\" />", StringComparison.Ordinal));
        bench.Write("Use/Use.cs", "public static class Use { public static int Go() => Old.Api.Grab(); }\n");
        bench.Write("Other/Other.csproj", "<Project Sdk=\"There.Is.No.Such.Sdk\" />");
        bench.Write("Other/Other.cs", "class Other { int Grab; }\n");
        bench.Write("All.slnx", $"""<Solution>{(isCompiled ? "" : """<Project Path="Old/Old.csproj" />""")}<Project Path="Use/Use.csproj" /><Project Path="Other/Other.csproj" /></Solution>""");

        var result = await bench.RunAsync("check", bench.Root, "--format", "json");

        Assert.Equal((ExitCode.FindingsLeft, ""), (result.ExitCode, result.Error));
        Assert.Contains("MK0901 Use/Use.cs", Findings(result).Select(f => f.Split('(')[0]));
    }

    private static Task<(string[] With, string[] Without)> BothAsync(Workbench bench) => BothAsync(bench.Root);

    private static async Task<(string[] With, string[] Without)> BothAsync(string folder)
    {
        Task<RunResult> RunAsync(params string[] args) => Workbench.RunInAsync(folder, RuleEngine.Default, ["check", folder, "--format", "json", .. args]);
        var with = await RunAsync();
        var without = await RunAsync("--no-restore", "--no-cache", "--no-prefilter");
        Assert.Equal(("", ""), (with.Error, without.Error));
        return (Findings(with), Findings(without));
    }

    private static string[] Findings(RunResult result) =>
        [.. result.Json["findings"]!.AsArray().Select(f => $"{f!["rule"]} {f["file"]}({f["line"]},{f["column"]}) {f["message"]} {f["status"]}")];
}
