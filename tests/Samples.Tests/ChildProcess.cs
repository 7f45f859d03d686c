using System.Diagnostics;

namespace MigrationKit.Samples.Tests;

/// <summary>Runs <c>dotnet</c> as a user would: with nothing of this test run in its environment.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);
    private static readonly string[] OfThisTestRun = ["MSBUILD", "VSTEST", "VOICEFORGE_", "TESTINGPLATFORM"];

    /// <param name="folder">The working directory.</param>
    /// <exception cref="TimeoutException">The program hangs; it was killed.</exception>
    public static Task<ChildResult> DotnetAsync(string folder, params string[] arguments) => DotnetAsync(folder, new Dictionary<string, string>(), arguments);

    /// <param name="folder">The working directory.</param>
    /// <param name="variables">Set in its environment.</param>
    /// <param name="arguments">Of <c>dotnet</c>.</param>
    /// <exception cref="TimeoutException">The program hangs; it was killed.</exception>
    public static async Task<ChildResult> DotnetAsync(string folder, IReadOnlyDictionary<string, string> variables, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var name in start.Environment.Keys.Where(name => OfThisTestRun.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToList())
            start.Environment.Remove(name);
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // a node that stays would keep our pipes open

        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(Limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return new ChildResult(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'dotnet {string.Join(' ', arguments)}' did not end within {Limit}.");
        }
    }
}
