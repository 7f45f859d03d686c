using System.IO.Compression;
using System.Text.RegularExpressions;

namespace MigrationKit.Packaging.Tests;

/// <summary>
/// All packages, packed once from the working tree into a folder source, with the configured sources beside it and an own package cache that
/// starts empty. Where ONNX Runtime comes from npm, the stand-in is put into the folder as the package that the others depend on.
/// </summary>
public sealed class Feed : IAsyncLifetime
{
    private readonly string _root = Directory.CreateTempSubdirectory("migrationkit-packages-").FullName;

    internal static string DotNet { get; } = System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? System.Environment.ProcessPath!;

    internal WorkingTree Tree { get; private set; } = null!;

    internal string Packages => PathOf("feed");

    internal IReadOnlyDictionary<string, string?> Environment => new Dictionary<string, string?>
    {
        ["NUGET_PACKAGES"] = PathOf("cache"),
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
    };

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(PathOf("consumers"));
        await File.WriteAllTextAsync(PathOf("consumers/nuget.config"), """
            <configuration>
              <packageSources><add key="packed here" value="../feed" /></packageSources>
              <packageSourceMapping><clear /></packageSourceMapping>
            </configuration>
            """);
        Tree = await WorkingTree.CopyToAsync(PathOf("tree"));
        await Tree.PackAsync(Packages);
        if (WorkingTree.OnnxRuntimeSource == "npm")
            WriteOnnxRuntimePackage();
    }

    public Task DisposeAsync()
    {
        Directory.Delete(_root, recursive: true);
        return Task.CompletedTask;
    }

    internal string PathOf(string relative) => Path.Combine(_root, relative);

    /// <summary>A new project, alone in its folder.</summary>
    internal Consumer NewConsumer(string name, params string[] packages) => new(this, name, packages);

    internal Task<ChildResult> DotnetAsync(string folder, params string[] arguments) => ChildProcess.RunAsync(DotNet, folder, Environment, arguments);

    internal Package Open(string id, string version) => new(Path.Combine(Packages, $"{id}.{version}.nupkg"));

    private void WriteOnnxRuntimePackage()
    {
        var version = Regex.Match(File.ReadAllText(Path.Combine(Tree.Root, "Directory.Packages.props")), "\"Microsoft.ML.OnnxRuntime\" Version=\"(.+?)\"").Groups[1].Value;
        using var archive = ZipFile.Open(Path.Combine(Packages, $"Microsoft.ML.OnnxRuntime.{version}.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(archive.CreateEntry("Microsoft.ML.OnnxRuntime.nuspec").Open()))
        {
            nuspec.Write($"""
                <package>
                  <metadata>
                    <id>Microsoft.ML.OnnxRuntime</id>
                    <version>{version}</version>
                    <authors>a test</authors>
                    <description>The stand-in, for these tests only.</description>
                  </metadata>
                </package>
                """);
        }

        const string Dll = "Microsoft.ML.OnnxRuntime.dll";
        archive.CreateEntryFromFile(Path.Combine(Tree.Root, "eng", "OnnxRuntime", "bin", "Release", "net10.0", Dll), "lib/net10.0/" + Dll);
    }
}
