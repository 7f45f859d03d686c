using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MigrationKit.Benchmarks;

/// <summary>Runs the SDK's compiler as a process of its own, without the compiler server, so that each run starts alike.</summary>
internal sealed partial class AnalyzersCompiler
{
    private readonly AnalyzersProject _project;
    private readonly string _compiler;

    public AnalyzersCompiler(AnalyzersProject project)
    {
        _project = project;

        // The SDK that made the command line: its analyzers lie at <sdk>/Sdks/Microsoft.NET.Sdk/analyzers.
        var netAnalyzers = project.CommandLine.First(argument => argument.EndsWith("Microsoft.CodeAnalysis.NetAnalyzers.dll", StringComparison.Ordinal));
        var sdk = netAnalyzers[netAnalyzers.IndexOf(':', StringComparison.Ordinal)..].TrimStart(':').Trim('"').Split("/Sdks/".Replace('/', Path.DirectorySeparatorChar))[0];
        _compiler = Path.Combine(sdk, "Roslyn", "bincore", "csc.dll");
    }

    /// <summary>Compiles once.</summary>
    /// <returns>The time from start to exit, the processor time (user and system), which other work on the machine changes less, and the execution time of analyzers by assembly as the compiler reports it.</returns>
    public (TimeSpan Elapsed, TimeSpan Processor, IReadOnlyDictionary<string, double> AnalyzerSeconds) Run(bool withMigrationKit)
    {
        var arguments = _project.CommandLine
            .Where(argument => withMigrationKit || !(argument.StartsWith("/analyzer:", StringComparison.Ordinal) && argument.Contains("MigrationKit.", StringComparison.Ordinal)))
            .Where(argument => argument != "/noconfig");
        var response = Path.Combine(_project.Folder, "compile.rsp");
        File.WriteAllLines(response, arguments.Append("/reportanalyzer"));

        var start = new ProcessStartInfo("dotnet", ["exec", _compiler, "/noconfig", "@" + response]) { WorkingDirectory = _project.Folder, RedirectStandardOutput = true };
        var processorBefore = ChildProcessorTime.Now;
        var begin = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var elapsed = Stopwatch.GetElapsedTime(begin);
        var processor = OperatingSystem.IsWindows() ? process.TotalProcessorTime : ChildProcessorTime.Now - processorBefore;
        if (process.ExitCode != 0 || output.Contains(": warning MK", StringComparison.Ordinal))
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"The compiler ended with {process.ExitCode}, or found V1 where there is none:\n{output}"));

        var seconds = AssemblyLine().Matches(output)
            .GroupBy(match => match.Groups["name"].Value)
            .ToDictionary(group => group.Key, group => group.Sum(match => double.Parse(match.Groups["seconds"].Value.TrimStart('<'), CultureInfo.InvariantCulture)));
        return (elapsed, processor, seconds);
    }

    /// <summary>A total in the table of <c>/reportanalyzer</c>: seconds, per cent, assembly.</summary>
    [GeneratedRegex(@"^\s*(?<seconds><?\d+\.\d+)\s+<?\d+\s+(?<name>[\w.]+), Version=", RegexOptions.Multiline)]
    private static partial Regex AssemblyLine();
}
