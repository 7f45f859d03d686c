using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace MigrationKit.Engineering.Tests;

/// <summary>
/// A fresh clone in a temporary folder: <c>eng/</c> and the root's build files as they are in the repository, two small projects that reference
/// <c>eng/OnnxRuntime</c>, folders as package sources, an own package cache, and a script as npm, which hands out <see cref="Tarball"/>.
/// </summary>
internal sealed class Clone : IDisposable
{
    /// <summary>What restore prints once when it asks.</summary>
    public const string Asking = "Asking the package sources";

    private const string Consumer = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <OutputType Condition="'$(MSBuildProjectName)' == 'App'">Exe</OutputType>
            <UseAppHost>false</UseAppHost>
            <RunAnalyzers>false</RunAnalyzers>
            <IsPackable>true</IsPackable>
          </PropertyGroup>
          <ItemGroup>
            <ProjectReference Include="../eng/OnnxRuntime/OnnxRuntime.csproj" />
          </ItemGroup>
        </Project>
        """;

    // By path: some tests take the PATH away.
    private static readonly string _dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? Environment.ProcessPath!;

    private readonly Dictionary<string, string?> _environment = [];

    public Clone()
    {
        Root = Directory.CreateTempSubdirectory("migrationkit-eng-").FullName;
        foreach (var file in Directory.GetFiles(Repository.Root, "Directory.*").Append(Path.Combine(Repository.Root, "global.json")))
            File.Copy(file, PathOf(Path.GetFileName(file)));
        CopyEng(new DirectoryInfo(Path.Combine(Repository.Root, "eng")), PathOf("eng"));
        Write("App/App.csproj", Consumer);
        Write("App/Program.cs", "System.Console.WriteLine(typeof(Microsoft.ML.OnnxRuntime.OrtEnv).Assembly.GetName());\n");
        Write("Library/Library.csproj", Consumer);
        Directory.CreateDirectory(PathOf("feed"));
        Directory.CreateDirectory(PathOf("bin"));
        UseSources("feed");
        Write("Directory.Build.rsp", "-maxCpuCount:1 -nodeReuse:false"); // a second node costs more than it saves here

        Write("bin/npm", "#!/bin/sh\necho \"$@\" >> \"$NPM_CALLS\"\ncp \"$NPM_TARBALL\" com.github.asus4.onnxruntime-0.4.9.tgz\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf("bin/npm"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Packages.WriteNpmTarball(Tarball);
        PinTarball();

        Set("PATH", PathOf("bin") + Path.PathSeparator + Environment.GetEnvironmentVariable("PATH"));
        Set("NPM_CALLS", PathOf("npm.calls"));
        Set("NPM_TARBALL", Tarball);
        Set("NUGET_PACKAGES", PathOf("packages"));
        Set("DOTNET_CLI_UI_LANGUAGE", "en");
    }

    public string Root { get; }

    public string Tarball => PathOf("com.github.asus4.onnxruntime-0.4.9.tgz");

    public string AnswerFile => PathOf("eng/packages.answer.props");

    public int NpmCalls => File.Exists(PathOf("npm.calls")) ? File.ReadAllLines(PathOf("npm.calls")).Length : 0;

    public string PathOf(string relative) => Path.Combine(Root, relative);

    public void Write(string relative, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(relative))!);
        File.WriteAllText(PathOf(relative), text);
    }

    public void Set(string variable, string? value) => _environment[variable] = value;

    /// <summary>Makes these, folders of the clone or addresses, the only package sources.</summary>
    public void UseSources(params string[] sources)
    {
        var entries = sources.Select((source, i) => string.Create(CultureInfo.InvariantCulture, $"<add key=\"source{i}\" value=\"{source}\" allowInsecureConnections=\"true\" />"));
        Write("nuget.config", $"""
            <configuration>
              <packageSources><clear />{string.Concat(entries)}</packageSources>
              <packageSourceMapping><clear /></packageSourceMapping>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
    }

    /// <summary>Leaves an answer as other sources would have given it.</summary>
    public void WriteAnswer(string availablePackages) => Write("eng/packages.answer.props", $"""
        <Project>
          <PropertyGroup>
            <PackageAnswerKey>of other sources</PackageAnswerKey>
            <AvailablePackages>{availablePackages}</AvailablePackages>
          </PropertyGroup>
        </Project>
        """);

    /// <summary>Runs the dotnet that runs the tests, in <see cref="Root"/>.</summary>
    public Task<ChildResult> DotnetAsync(params string[] arguments) => ChildProcess.RunAsync(_dotnet, Root, _environment, arguments);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    /// <summary>Replaces the repository's pinned hash by that of the small <see cref="Tarball"/>.</summary>
    private void PinTarball()
    {
        var targets = PathOf("eng/OnnxRuntime/FromNpm.targets");
        var hash = Convert.ToBase64String(SHA512.HashData(File.ReadAllBytes(Tarball)));
        var pinned = Regex.Replace(File.ReadAllText(targets), "(?<=<NpmSha512>)[^<]+", hash);
        Assert.Contains(hash, pinned, StringComparison.Ordinal);
        File.WriteAllText(targets, pinned);
    }

    private static void CopyEng(DirectoryInfo source, string destination)
    {
        Directory.CreateDirectory(destination);
        foreach (var file in source.GetFiles().Where(file => !file.Name.Contains(".answer.props", StringComparison.Ordinal)))
            file.CopyTo(Path.Combine(destination, file.Name));
        foreach (var folder in source.GetDirectories().Where(folder => folder.Name is not ("bin" or "obj")))
            CopyEng(folder, Path.Combine(destination, folder.Name));
    }
}
