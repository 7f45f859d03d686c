using System.Diagnostics;
using System.Globalization;

namespace MigrationKit.Benchmarks;

/// <summary>One run of a program, with all that it starts.</summary>
/// <param name="Seconds">From start to exit.</param>
/// <param name="PeakBytes">The most resident memory that the process and its descendants held together, polled.</param>
/// <param name="ExitCode">Of the process.</param>
/// <param name="Output">What it wrote to standard output and error.</param>
internal sealed record ProcessRun(double Seconds, long PeakBytes, int ExitCode, string Output)
{
    private static readonly TimeSpan PollEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs <c>dotnet</c> with the given arguments to its end.</summary>
    /// <param name="folder">Its working folder.</param>
    /// <param name="arguments">What follows <c>dotnet</c>.</param>
    public static ProcessRun Dotnet(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1"; // a node left behind would serve the next run of either side
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        var peak = 0L;
        while (!process.WaitForExit(PollEvery))
            peak = Math.Max(peak, ResidentBytes(process.Id));
        var seconds = watch.Elapsed.TotalSeconds;
        return new(seconds, peak, process.ExitCode, output.Result + error.Result);
    }

    /// <summary>Runs <c>dotnet</c> for its effect.</summary>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static void Prepare(string folder, params string[] arguments)
    {
        var run = Dotnet(folder, arguments);
        if (run.ExitCode != 0)
            throw new InvalidOperationException($"'dotnet {string.Join(' ', arguments)}' ended with {run.ExitCode}:{Environment.NewLine}{run.Output}");
    }

    private static long ResidentBytes(int root)
    {
        var parents = new Dictionary<int, int>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var id) && Read($"/proc/{id}/stat") is { } stat)
                parents[id] = int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture); // the name before it can hold anything
        }

        var tree = new HashSet<int> { root };
        for (var before = 0; before != tree.Count;)
        {
            before = tree.Count;
            tree.UnionWith(parents.Where(p => tree.Contains(p.Value)).Select(p => p.Key).ToList());
        }

        return tree.Select(id => Read($"/proc/{id}/statm")).OfType<string>().Sum(statm => long.Parse(statm.Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize);
    }

    private static string? Read(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (IOException)
        {
            return null; // the process ended while its folder was listed
        }
    }
}
