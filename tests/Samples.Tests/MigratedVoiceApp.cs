using System.Text.Json;
using VoiceApp.Tests;

namespace MigrationKit.Samples.Tests;

/// <summary>The V1 sample, migrated once for all tests and built before and after.</summary>
/// <remarks>
/// The copy stands as deep in the repository as <c>samples/VoiceApp.Migrated</c>, so that every file must be the same, project files too.
/// To renew what is checked in: <c>dotnet run --project cli -- fix samples/VoiceApp --output samples/VoiceApp.Migrated</c>.
/// </remarks>
public sealed class MigratedVoiceApp : IAsyncLifetime
{
    internal string Folder { get; } = Path.Combine(Repository.Root, "artifacts", $"VoiceApp.{Guid.NewGuid():N}");

    internal SortedDictionary<string, string> OriginalBefore { get; private set; } = [];

    internal ChildResult Migration { get; private set; } = null!;

    internal JsonElement Report { get; private set; }

    internal SortedDictionary<string, string> Migrated { get; private set; } = [];

    internal ChildResult Build { get; private set; } = null!;

    internal ChildResult OriginalBuild { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        OriginalBefore = FileTree.Hashes(Repository.VoiceApp);
        (Migration, Report) = await FixAsync(Repository.VoiceApp, "--output", Folder);
        Migrated = FileTree.Hashes(Folder);
        Build = await BuildAsync(Folder);
        OriginalBuild = await BuildAsync(Repository.VoiceApp);
    }

    public Task DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Runs <c>migrationkit fix</c>.</summary>
    internal static async Task<(ChildResult Result, JsonElement Report)> FixAsync(string path, params string[] options)
    {
        var result = await ChildProcess.DotnetAsync(Repository.Root, [Repository.CommandLine, "fix", path, "--format", "json", .. options]);
        Assert.True(result.Output.StartsWith('{'), $"No report. Exit code {result.ExitCode}{Environment.NewLine}{result.Output}{result.Error}");
        return (result, JsonElement.Parse(result.Output));
    }

    /// <summary>Runs the built application of a solution folder where there are no files yet, and reads what it wrote.</summary>
    internal static async Task<VoiceAppRun> RunAsync(string solutionFolder, string text)
    {
        var folder = Directory.CreateTempSubdirectory("Samples.Tests");
        try
        {
            GainModel.Write(Path.Combine(folder.FullName, $"{VoiceAppRun.Model}.onnx"), VoiceAppRun.Gain);
            var program = Path.Combine(solutionFolder, "VoiceApp", "bin", Repository.Configuration, "net10.0", "VoiceApp.dll");
            (await ChildProcess.DotnetAsync(folder.FullName, program, text, folder.FullName)).Succeeded();
            return VoiceAppRun.Read(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Task<ChildResult> BuildAsync(string folder) =>
        ChildProcess.DotnetAsync(folder, "build", "VoiceApp.sln", "--configuration", Repository.Configuration, "-terminalLogger:off");
}
