using System.Diagnostics;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Fixing;
using MigrationKit.Cli.Hybrid;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class HybridTests
{
    [Fact]
    public async Task KeepThenRemove_IsThePlainFixByteForByte()
    {
        using var plain = Workbench.WithApp();
        using var kept = Workbench.WithApp();
        await plain.RunAsync("fix", plain.App, "--no-restore");

        var keep = await kept.RunAsync("fix", kept.App, "--no-restore", "--keep-v1", "USE_V1");
        Assert.Equal((ExitCode.Success, ""), (keep.ExitCode, keep.Error));
        Assert.Contains("#if USE_V1\nusing var model = new TtsModel(\"tone\", steps: 4);", await File.ReadAllTextAsync(kept.ProgramFile), StringComparison.Ordinal);
        var again = await kept.RunAsync("check", kept.App, "--no-restore", "-p:USE_V1=true", "--rule", "MK0001");
        Assert.Equal(ExitCode.FindingsLeft, again.ExitCode);

        var remove = await kept.RunAsync("fix", kept.App, "--remove-v1", "USE_V1");
        Assert.Equal((ExitCode.Success, ""), (remove.ExitCode, remove.Error));
        Assert.Equal(await File.ReadAllTextAsync(plain.ProgramFile), await File.ReadAllTextAsync(kept.ProgramFile));
        Assert.Equal(await File.ReadAllTextAsync(plain.ProjectFile), await File.ReadAllTextAsync(kept.ProjectFile));
    }

    private const string V1Source = """
        namespace PocketTts;
        public class VoiceState { }
        public class TtsModel : System.IDisposable
        {
            public TtsModel(string variant = "b6369a24", double temp = 0.7, int steps = 1, double eos = -4.0) { }
            public VoiceState LoadVoice(string voice) => new();
            public float[] Generate(VoiceState voiceState, string text) => new float[7];
            public void Dispose() { }
        }

        """;

    [Fact]
    public async Task BuildProperty_SwitchesBackToV1AndRollbackUndoesAll()
    {
        using var bench = Workbench.Empty();
        bench.Write("V1/PocketTts.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Version>0.2.3</Version>
              </PropertyGroup>
            </Project>
            """);
        bench.Write("V1/PocketTts.cs", V1Source);
        bench.Write("App/Program.cs", Workbench.Program);
        bench.Write("App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <ProjectReference Include="../V1/PocketTts.csproj" />
              </ItemGroup>
            </Project>

            """);
        var before = (await File.ReadAllTextAsync(bench.ProgramFile), await File.ReadAllTextAsync(bench.ProjectFile));
        var keep = await bench.RunAsync("fix", bench.App, "--keep-v1", "USE_V1");
        Assert.Equal((ExitCode.Success, ""), (keep.ExitCode, keep.Error));

        var start = new ProcessStartInfo("dotnet", ["run", "--project", bench.App, "-p:USE_V1=true", "-nodeReuse:false"]) { RedirectStandardOutput = true, WorkingDirectory = bench.Root };
        // MSBuild in this process sets these for itself; a user's shell has none of them.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        using (var run = Process.Start(start)!)
        {
            var output = await run.StandardOutput.ReadToEndAsync();
            await run.WaitForExitAsync();
            Assert.Equal("7", output.Trim());
        }

        Assert.Equal(ExitCode.Success, (await bench.RunAsync("rollback")).ExitCode);
        Assert.Equal(before, (await File.ReadAllTextAsync(bench.ProgramFile), await File.ReadAllTextAsync(bench.ProjectFile)));
    }

    [Theory]
    [InlineData("<PackageReference Include=\"PocketTts\" Version=\"0.2.3\" />")]
    [InlineData("<PackageVersion Include='PocketTts' Version='0.2.3' Condition='$(A) == 1' />")]
    [InlineData("<PackageReference Include=\"PocketTts\" Condition=\"'$(A)' == '1' or true\">\r\n      <Version>0.2.3</Version>\r\n    </PackageReference>")]
    [InlineData("<Reference Include=\"PocketTts\">\r\n      <HintPath>x.dll</HintPath>\r\n    </Reference>")]
    public void Reference_StandsTwiceAndGoesWithoutATrace(string element)
    {
        var before = $"<Project>\r\n  <ItemGroup>\r\n    <!-- speech -->\r\n    {element} <!-- stays -->\r\n  </ItemGroup>\r\n</Project>\r\n";
        var reference = new LibraryReference("PocketTts", element[1..element.IndexOf(' ', StringComparison.Ordinal)], "x.csproj", Line: 4, Column: 5, "0.2.3", Names: 1);
        var after = ReferenceEdit.Apply(before, reference, MigrationMap.Libraries.First(l => l.Name == "PocketTts"), null, centralVersions: false);

        var kept = ConditionalReference.Keep(before, after, reference, "USE_V1");
        var defined = kept.Insert(kept.LastIndexOf("</Project>", StringComparison.Ordinal), SwitchProperty.Definition("USE_V1", "\r\n"));

        Assert.Equal(after, ConditionalReference.Remove(defined, "USE_V1"));
        Assert.Equal("USE_V1", SwitchProperty.Of(defined));
        Assert.Equal(2, System.Xml.Linq.XDocument.Parse(kept).Descendants().Count(e => e.Attribute("Condition")?.Value.Contains("$(USE_V1)", StringComparison.Ordinal) == true));
    }

    [Theory]
    [InlineData("is no symbol", "--keep-v1", "USE-V1")]
    [InlineData("is no symbol", "--remove-v1", "1")]
    [InlineData("exclude each other", "--keep-v1", "A", "--remove-v1", "A")]
    [InlineData("--no-packages", "--keep-v1", "A", "--no-packages")]
    [InlineData("uses that symbol already", "--keep-v1", "TAKEN")]
    [InlineData("uses a property of that name", "--keep-v1", "Configuration")]
    [InlineData("or under any other", "--remove-v1", "USE_V1")]
    public async Task WrongSymbol_IsUsageAndNothingIsWritten(string message, params string[] args)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Taken.cs", "#if TAKEN\n#endif\n");
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("<Nullable>", "<Own>$(Configuration)</Own><Nullable>", StringComparison.Ordinal));
        var before = bench.TreeHash();

        var result = await bench.RunAsync(["fix", bench.App, "--no-restore", .. args]);

        Assert.Equal((ExitCode.Usage, ""), (result.ExitCode, result.Out));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(before, bench.TreeHash());
    }

    [Fact]
    public async Task SecondRun_LeavesWhatIsKeptAlone()
    {
        using var bench = Workbench.WithApp();
        bench.Write("V2/PocketTts.csproj", "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>\n");
        bench.Write("App/.migrationkit.json", """{ "references": { "PocketTts": { "project": "../V2/PocketTts.csproj" } } }""");
        var first = await bench.RunAsync("fix", bench.App, "--no-restore", "--keep-v1", "USE_V1");
        Assert.Equal((ExitCode.Success, ""), (first.ExitCode, first.Error));
        var (program, project) = (await File.ReadAllTextAsync(bench.ProgramFile), await File.ReadAllTextAsync(bench.ProjectFile));
        Assert.Contains("<ProjectReference Condition=\"'$(USE_V1)' != 'true'\" Include=\"../V2/PocketTts.csproj\" />", project, StringComparison.Ordinal);

        var second = await bench.RunAsync("fix", bench.App, "--format", "json");

        Assert.True(second.ExitCode == ExitCode.Success, second.Error + second.Out);
        Assert.Equal((program, project), (await File.ReadAllTextAsync(bench.ProgramFile), await File.ReadAllTextAsync(bench.ProjectFile)));
    }

    [Fact]
    public async Task MistypedSymbol_IsAnsweredWithTheOneThatIsKept()
    {
        using var bench = Workbench.WithApp();
        await bench.RunAsync("fix", bench.App, "--no-restore", "--keep-v1", "USE_V1");

        var result = await bench.RunAsync("fix", bench.App, "--remove-v1", "USEV1");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("did you mean 'USE_V1'", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StringThatHoldsADirective_IsNamedAndNothingIsWritten()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Raw.cs", "class Raw { void M(PocketTts.TtsModel m) { var s = \"\"\"\n #if X\n \"\"\"; m.LoadVoice(s); } }\n");
        var before = bench.TreeHash();

        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--keep-v1", "USE_V1");

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("Raw.cs holds directives", result.Error, StringComparison.Ordinal);
        Assert.Equal(before, bench.TreeHash());
    }

    [Fact]
    public async Task SwitchDefault_MovesV2ToThePlainNameAndKeepsABackup()
    {
        using var bench = WithTwoEntryPoints();

        var result = await bench.RunAsync("fix", bench.App, "--switch-default");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Equal(V2Main, await File.ReadAllTextAsync(bench.ProgramFile));
        Assert.Equal(V1Main, await File.ReadAllTextAsync(bench.ProgramFile + ".v1-backup"));
        Assert.StartsWith("// Moved to Program.cs", await File.ReadAllTextAsync(Path.Combine(bench.App, "ProgramV2.cs")), StringComparison.Ordinal);
        Assert.Contains("<StartupObject>Demo.ProgramV2</StartupObject>", await File.ReadAllTextAsync(bench.ProjectFile), StringComparison.Ordinal);

        await bench.RunAsync("rollback");
        Assert.Equal(V1Main, await File.ReadAllTextAsync(bench.ProgramFile));
        Assert.Equal(V2Main, await File.ReadAllTextAsync(Path.Combine(bench.App, "ProgramV2.cs")));
        Assert.False(File.Exists(bench.ProgramFile + ".v1-backup"));
    }

    [Theory]
    [InlineData("ProgramV2.cs", "static class Other { }\n", "no project in")]
    [InlineData("Use.cs", "class Use { object o = typeof(Demo.Program); }\n", "Use.cs(1) uses 'Program'")]
    [InlineData("Program.cs.v1-backup", "", "exists already")]
    [InlineData("App.csproj", "<Project><ItemGroup><Compile Remove=\"ProgramV2.cs\" /></ItemGroup></Project>\n", "names ProgramV2.cs itself")]
    public async Task SwitchDefault_ThatCannotBe_IsUsageAndNothingIsWritten(string file, string text, string message)
    {
        using var bench = WithTwoEntryPoints();
        bench.Write($"App/{file}", text);
        var before = bench.TreeHash();

        var result = await bench.RunAsync("fix", bench.App, "--switch-default");

        Assert.Equal((ExitCode.Usage, ""), (result.ExitCode, result.Out));
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal(before, bench.TreeHash());
    }

    private const string V1Main = "namespace Demo;\nstatic class Program { static void Main() { } }\n";
    private const string V2Main = "namespace Demo;\nstatic class ProgramV2 { static void Main() { } }\n";

    private static Workbench WithTwoEntryPoints()
    {
        var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("<ImplicitUsings>", "<StartupObject>Demo.Program</StartupObject><ImplicitUsings>", StringComparison.Ordinal));
        bench.Write("App/Program.cs", V1Main);
        bench.Write("App/ProgramV2.cs", V2Main);
        return bench;
    }
}
