using System.Diagnostics;

namespace MigrationKit.Engineering.Tests;

/// <summary>A program run to its end, with nothing of this test run's MSBuild in its environment.</summary>
internal static class ChildProcess
{
    // Far more than anything takes on an idle machine: it ends what hangs.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);

    /// <param name="environment">Variables to set; <see langword="null"/> unsets.</param>
    /// <returns>The exit code, and standard output and error in the order they came.</returns>
    public static async Task<ChildResult> RunAsync(string program, string folder, IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var inherited in start.Environment.Keys.Where(IsOfThisTestRun).ToList())
            start.Environment.Remove(inherited);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;

        using var process = new Process { StartInfo = start };
        var lines = new List<string>();
        DataReceivedEventHandler add = (_, e) =>
        {
            if (e.Data is null)
                return;
            lock (lines)
                lines.Add(e.Data);
        };
        process.OutputDataReceived += add;
        process.ErrorDataReceived += add;
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using var timeout = new CancellationTokenSource(Limit);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"'{program} {string.Join(' ', arguments)}' did not end within {Limit}:\n{string.Join('\n', lines)}");
        }

        return new ChildResult(process.ExitCode, string.Join('\n', lines));
    }

    private static bool IsOfThisTestRun(string variable) =>
        variable.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase) || variable.StartsWith("VSTEST", StringComparison.OrdinalIgnoreCase)
        || variable is "CI" or "ONNXRUNTIME_DIR" or "TestResultsRoot" or "OnnxRuntimeSource";
}
