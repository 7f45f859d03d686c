using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace MigrationKit.Benchmarks;

/// <summary>A generated project of 500 files that references both libraries and uses V2 alone, and the compiler's command line that its build gives.</summary>
internal sealed class AnalyzersProject : IDisposable
{
    public const int FileCount = 500;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("migrationkit-benchmark-");

    public AnalyzersProject()
    {
        for (var i = 0; i < FileCount; i++)
            File.WriteAllText(Path.Combine(_folder.FullName, $"File{i:000}.cs"), AnalyzersSources.File(i));

        // Nothing from around the temporary folder may reach the build.
        File.WriteAllText(Path.Combine(_folder.FullName, "Directory.Build.props"), "<Project />");
        File.WriteAllText(Path.Combine(_folder.FullName, "Directory.Build.targets"), "<Project />");
        File.WriteAllText(Path.Combine(_folder.FullName, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.ToString(2)}</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <Reference Include="{typeof(VoiceForge.Audio.TripleBuffer).Assembly.Location}" />
                <Reference Include="{typeof(PocketTts.TtsModel).Assembly.Location}" />
                <Analyzer Include="{Built("MigrationKit.Analyzers.dll")}" />
                <Analyzer Include="{Built("MigrationKit.CodeFixes.dll")}" />
                <GlobalAnalyzerConfigFiles Include="{Built("MigrationKit.globalconfig")}" />
              </ItemGroup>
            </Project>
            """);
        CommandLine = ReadCommandLine();
    }

    /// <summary>The arguments that the build passes to the compiler: the SDK's analyzers, ours, and the severities of the package.</summary>
    public IReadOnlyList<string> CommandLine { get; }

    public string Folder => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Built(string file)
    {
        var path = Path.Combine(AppContext.BaseDirectory, file);
        return File.Exists(path) ? path : throw new FileNotFoundException($"'{path}' is missing: build tests/Benchmarks.", path);
    }

    private string[] ReadCommandLine()
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", "App.csproj", "-restore", "-nologo", "-nodeReuse:false", "-t:Compile", "-p:Configuration=Release",
            "-p:ProvideCommandLineArgs=true", "-p:SkipCompilerExecution=true", "-getItem:CscCommandLineArgs"])
        {
            WorkingDirectory = Folder, RedirectStandardOutput = true,
        };
        using var build = Process.Start(start)!;
        var output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        if (build.ExitCode != 0)
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The generated project does not build, exit code {build.ExitCode}:\n{output}"));

        using var answer = JsonDocument.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..]);
        return [.. answer.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(item => item.GetProperty("Identity").GetString()!)];
    }
}
