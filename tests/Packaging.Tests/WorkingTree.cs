using System.Runtime.InteropServices;

namespace MigrationKit.Packaging.Tests;

/// <summary>The repository's files as they are now, committed to a git repository of their own: the same commit, whatever folder it is in.</summary>
internal sealed class WorkingTree
{
    private static readonly Dictionary<string, string?> _environment = new()
    {
        ["GIT_AUTHOR_NAME"] = "tests",
        ["GIT_AUTHOR_EMAIL"] = "tests@example.invalid",
        ["GIT_AUTHOR_DATE"] = "2026-01-01T00:00:00Z",
        ["GIT_COMMITTER_NAME"] = "tests",
        ["GIT_COMMITTER_EMAIL"] = "tests@example.invalid",
        ["GIT_COMMITTER_DATE"] = "2026-01-01T00:00:00Z",
        ["GIT_CONFIG_GLOBAL"] = OperatingSystem.IsWindows() ? "NUL" : "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["ONNXRUNTIME_DIR"] = FetchedNpmPackage(),
    };

    private WorkingTree(string root, string commit)
    {
        Root = root;
        Commit = commit;
    }

    /// <summary>Where the packages are built on ONNX Runtime from: as the build of this project found it.</summary>
    public static string OnnxRuntimeSource => _environment["ONNXRUNTIME_DIR"] is null ? "nuget" : "npm";

    public string Root { get; }

    public string Commit { get; }

    public static async Task<WorkingTree> CopyToAsync(string root)
    {
        var listed = (await ChildProcess.RunAsync("git", Repository.Root, _environment, "ls-files", "-z", "--cached", "--others", "--exclude-standard")).ShouldSucceed();
        foreach (var file in listed.Output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(IsPacked).Distinct())
        {
            var source = new FileInfo(Path.Combine(Repository.Root, file));
            if (!source.Exists)
                continue; // deleted, and the deletion is not staged yet

            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, file))!);
            source.CopyTo(Path.Combine(root, file));
        }

        string[][] commands =
        [
            ["init", "--quiet", "--initial-branch=main"],
            ["remote", "add", "origin", "https://github.com/migrationkit/migrationkit"],
            ["add", "--all"],
            ["commit", "--quiet", "--message", "The working tree"],
        ];
        foreach (var command in commands)
            (await ChildProcess.RunAsync("git", root, _environment, command)).ShouldSucceed();
        var head = (await ChildProcess.RunAsync("git", root, _environment, "rev-parse", "HEAD")).ShouldSucceed();
        return new WorkingTree(root, head.Output.Trim());
    }

    /// <summary>Packs all as a publisher does.</summary>
    public async Task PackAsync(string output) =>
        (await ChildProcess.RunAsync(
            Feed.DotNet, Root, _environment,
            "msbuild", "eng/Pack.proj", "-nologo", "-v:m", "-m:2", "-nr:false", "-p:OnnxRuntimeSource=" + OnnxRuntimeSource, "-p:PackageOutputPath=" + output + "/")).ShouldSucceed();

    /// <summary>Packs one project.</summary>
    public async Task PackAsync(string project, string output, string onnxRuntimeSource, IReadOnlyDictionary<string, string?>? environment = null, params string[] arguments) =>
        (await ChildProcess.RunAsync(
            Feed.DotNet, Root, (environment ?? new Dictionary<string, string?>()).UnionBy(_environment, variable => variable.Key).ToDictionary(),
            ["pack", project, "-nologo", "-v:m", "-nodeReuse:false", "-p:ForPack=true", "-p:OnnxRuntimeSource=" + onnxRuntimeSource, "-o", output, .. arguments])).ShouldSucceed();

    private static bool IsPacked(string file) => !file.StartsWith("tests/", StringComparison.Ordinal) && !file.StartsWith("samples/", StringComparison.Ordinal);

    /// <returns>The copy that building this project left, so that no test needs npm; <see langword="null"/> where ONNX Runtime comes from NuGet.</returns>
    private static string? FetchedNpmPackage()
    {
        if (Environment.GetEnvironmentVariable("ONNXRUNTIME_DIR") is { Length: > 0 } given)
            return Path.Combine(Repository.Root, given);

        var cache = new DirectoryInfo(Path.Combine(Repository.Root, ".ext"));
        return cache.Exists
            ? cache.GetDirectories("*-" + RuntimeInformation.RuntimeIdentifier).FirstOrDefault(folder => Directory.Exists(Path.Combine(folder.FullName, "package")))?.FullName
            : null;
    }
}
