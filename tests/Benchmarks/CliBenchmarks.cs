using System.Runtime.InteropServices;
using System.Text.Json;

namespace MigrationKit.Benchmarks;

/// <summary>The command line against <c>dotnet format analyzers</c> with the same packed rules, whole processes in turn.</summary>
/// <remarks>
/// Both compute every fix and write nothing: <c>--verify-no-changes</c> there, <c>--dry-run</c> here, which compiles the result too. Solutions are restored before;
/// <c>--no-cache</c> keeps what our side remembers of an earlier run out of it. Linux only: memory is that of the process tree, from <c>/proc</c>.
/// </remarks>
internal static class CliBenchmarks
{
    private const string Rules = "MK0001 MK0002 MK0003";
    private const int SmallRounds = 3;
    private const int LargeRounds = 1;
    private const long GiB = 1L << 30;

    public static IEnumerable<Claim> Run()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("The area 'cli' reads memory from /proc; run it on Linux.");
        var folder = Directory.CreateTempSubdirectory("migrationkit-benchmark-").FullName;
        try
        {
            var bench = new Bench(folder);
            var sparse = bench.Pairs(new(Projects: 120, WithV1: 6), 2 * LargeRounds);
            yield return Claim.AtLeast("120 projects of which 6 use V1: at least 10 × as fast as dotnet format", "× as fast", sparse.Speedup, 10);
            yield return Claim.AtMost("The same: at most half its peak memory", "× the memory", sparse.Memory, 0.5);
            yield return Claim.AtLeast(
                "120 projects that all use V1: at least 2 × as fast", "× as fast", bench.Pairs(new(Projects: 120, WithV1: 120), LargeRounds).Speedup, 2);
            yield return Claim.AtLeast(
                "12 projects of which 2 use V1: at least 5 × as fast", "× as fast", bench.Pairs(new(Projects: 12, WithV1: 2), SmallRounds).Speedup, 5);
            yield return Claim.AtMost(
                "120 projects without V1: at most a tenth of its time", "× the time", bench.Pairs(new(Projects: 120, WithV1: 0), LargeRounds).Time, 0.1);
            yield return bench.ManyFindings();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed record Comparison(Ratio Speedup, Ratio Time, Ratio Memory);

    private sealed class Bench
    {
        private readonly string _folder;
        private readonly string _tool;
        private readonly string _feed;

        public Bench(string folder)
        {
            _folder = folder;
            _feed = Path.Combine(folder, "feed");
            var published = Path.Combine(folder, "tool");
            _tool = Path.Combine(published, "migrationkit.dll");
            var repository = Repository();
            ProcessRun.Prepare(repository, "pack", "codefixes", "-c", "Release", "-v", "q", "-o", _feed);
            // As the tool's package holds it: compiled ahead of time. NuGet's Roslyn is not.
            ProcessRun.Prepare(
                repository, "publish", "cli", "-c", "Release", "-v", "q", "-r", RuntimeInformation.RuntimeIdentifier, "--self-contained", "false", "-p:PublishReadyToRun=true",
                "-o", published);
        }

        public Comparison Pairs(CliSolution solution, int rounds)
        {
            var file = Write(solution);
            var (ours, peer) = (new ProcessRun[rounds], new ProcessRun[rounds]);
            for (var round = 0; round < rounds; round++)
            {
                peer[round] = ProcessRun.Dotnet(
                    _folder, ["format", "analyzers", file, "--no-restore", "--verify-no-changes", "--severity", "info", "--diagnostics", .. Rules.Split(' ')]);
                ours[round] = Ours(file, round);
                Check(solution, ours[round], peer[round]);
            }

            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
            return new(
                Ratio.Of([.. peer.Zip(ours, (p, o) => p.Seconds / o.Seconds)]),
                Ratio.Of([.. peer.Zip(ours, (p, o) => o.Seconds / p.Seconds)]),
                Ratio.Of([.. peer.Zip(ours, (p, o) => (double)o.PeakBytes / p.PeakBytes)]));
        }

        /// <summary>One solution with 10,000 findings: memory, and whether the report has them all.</summary>
        public Claim ManyFindings()
        {
            var solution = new CliSolution(Projects: 20, WithV1: 20, V1Files: 50);
            var file = Write(solution);
            var runs = Enumerable.Range(0, SmallRounds).Select(round => Ours(file, round)).ToList();
            return Claim.AtMost(
                "10,000 findings in 20 projects: a JSON report of all, in at most 2 GiB", "GiB", Ratio.Of([.. runs.Select(r => (double)r.PeakBytes / GiB)]), 2);
        }

        private ProcessRun Ours(string file, int round)
        {
            var report = $"{file}.{round}.json";
            var run = ProcessRun.Dotnet(
                _folder, _tool, "fix", file, "--no-restore", "--no-cache", "--dry-run", "--format", "json", "--report", report, "--rule", Rules.Replace(' ', ','));
            if (run.ExitCode != 0)
                throw new InvalidOperationException($"migrationkit ended with {run.ExitCode}:{Environment.NewLine}{run.Output}");
            using var json = JsonDocument.Parse(File.ReadAllText(report));
            var summary = json.RootElement.GetProperty("summary");
            var expected = Directory.EnumerateFiles(Path.GetDirectoryName(file)!, "Speech*.cs", SearchOption.AllDirectories).Count() * CliSolution.UsesPerFile;
            if (summary.GetProperty("found").GetInt32() != expected || summary.GetProperty("fixed").GetInt32() != expected)
                throw new InvalidOperationException($"migrationkit should find and fix {expected}, but says {summary}.");
            return run;
        }

        // 2 is what dotnet format returns when files would change.
        private static void Check(CliSolution solution, ProcessRun ours, ProcessRun peer)
        {
            if (peer.ExitCode != (solution.WithV1 > 0 ? 2 : 0))
                throw new InvalidOperationException($"dotnet format ended with {peer.ExitCode}:{Environment.NewLine}{peer.Output}");
            Console.Error.WriteLine(FormattableString.Invariant(
                $"{solution}: dotnet format {peer.Seconds:0.0} s, {peer.PeakBytes >> 20} MiB; migrationkit {ours.Seconds:0.0} s, {ours.PeakBytes >> 20} MiB"));
        }

        private string Write(CliSolution solution)
        {
            var file = solution.Write(Path.Combine(_folder, $"{solution.Projects}-{solution.WithV1}-{solution.V1Files}"), _feed, AppContext.BaseDirectory);
            ProcessRun.Prepare(Path.GetDirectoryName(file)!, "restore", file, "-v", "q");
            return file;
        }

        private static string Repository()
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "MigrationKit.sln")))
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The benchmarks stand in no clone of MigrationKit; run them from one.");
            return folder;
        }
    }
}
