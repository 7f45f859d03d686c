using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Commands;

namespace MigrationKit.Cli.Tests.Infrastructure;

/// <summary>A temporary folder with a small V1 application; every test has its own copy of one that was restored once.</summary>
internal sealed class Workbench : IDisposable
{
    public const string AppProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <ImplicitUsings>enable</ImplicitUsings>
            <Nullable>enable</Nullable>
          </PropertyGroup>
          <ItemGroup>
            <!-- the speech library -->
            <Reference Include="PocketTts">
              <HintPath>..\lib\PocketTts.dll</HintPath>
            </Reference>
          </ItemGroup>
        </Project>

        """;

    public const string Program = """
        using PocketTts;

        using var model = new TtsModel("tone", steps: 4);
        var voice = model.LoadVoice("alba");
        Console.WriteLine(model.Generate(voice, "Hello").Length);

        """;

    private static readonly Lazy<string> Restored = new(Restore);

    private Workbench(string root) => Root = root;

    public string Root { get; }

    /// <summary>The folder of the application, which commands are given.</summary>
    public string App => Path.Combine(Root, "App");

    public string ProgramFile => Path.Combine(App, "Program.cs");

    public string ProjectFile => Path.Combine(App, "App.csproj");

    /// <summary>An empty folder.</summary>
    public static Workbench Empty() => new(Directory.CreateTempSubdirectory("migrationkit-").FullName);

    /// <summary>An empty folder, in memory where the system has such a place: a killed process loses nothing there either, and flushing costs no time.</summary>
    public static Workbench InMemory() =>
        Directory.Exists("/dev/shm") ? new(Directory.CreateDirectory($"/dev/shm/migrationkit-{Guid.NewGuid():N}").FullName) : Empty();

    /// <summary>The restored application: commands on it take <c>--no-restore</c>.</summary>
    public static Workbench WithApp()
    {
        var bench = Empty();
        foreach (var file in Directory.EnumerateFiles(Restored.Value, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(bench.Root, Path.GetRelativePath(Restored.Value, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return bench;
    }

    public string Write(string path, string text)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    public Task<RunResult> RunAsync(params string[] args) => RunAsync(RuleEngine.Default, args);

    public Task<RunResult> RunAsync(RuleEngine engine, params string[] args) => RunInAsync(App, engine, answers: null, args);

    /// <summary>Runs with a person at the terminal.</summary>
    /// <param name="answers">What the person types, one answer a line.</param>
    /// <param name="args">The command line.</param>
    public Task<RunResult> RunAnsweredAsync(string answers, params string[] args) => RunInAsync(App, RuleEngine.Default, new StringReader(answers), args);

    /// <param name="folder">The working directory; full path.</param>
    /// <param name="engine">The rules.</param>
    /// <param name="args">The command line.</param>
    public static Task<RunResult> RunInAsync(string folder, RuleEngine engine, params string[] args) => RunInAsync(folder, engine, answers: null, args);

    private static async Task<RunResult> RunInAsync(string folder, RuleEngine engine, TextReader? answers, string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Cli.Program.RunAsync(args, new(output, error, folder, IsTerminal: false, answers), engine);
        return new(code, output.ToString(), error.ToString());
    }

    /// <summary>Makes the folder a git repository with everything in one commit.</summary>
    public void Commit()
    {
        Write(".gitignore", "obj/\nbin/\n.migrationkit/\n");
        Git("init", "--quiet");
        Git("add", ".");
        Git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "start");
    }

    public void Git(params string[] args)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Root, .. args]))!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }

    /// <summary>One hash over names and bytes of all files but build products.</summary>
    /// <param name="folder">Full path; null for all.</param>
    /// <param name="without">The name of a folder that does not count, either.</param>
    public string TreeHash(string? folder = null, string without = "obj")
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(folder ?? Root, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (file.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin" || part == without))
                continue;
            hash.AppendData(Encoding.UTF8.GetBytes(Path.GetRelativePath(folder ?? Root, file)));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static string Restore()
    {
        var bench = Empty();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => bench.Dispose();
        V1Library.Emit(Path.Combine(bench.Root, "lib"));
        bench.Write("App/App.csproj", AppProject);
        bench.Write("App/Program.cs", Program);
        var result = bench.RunAsync("check", bench.App).GetAwaiter().GetResult();
        Assert.True(result.ExitCode == ExitCode.FindingsLeft, result.Error + result.Out);
        return bench.Root;
    }
}
