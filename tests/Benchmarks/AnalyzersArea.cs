namespace MigrationKit.Benchmarks;

/// <summary>What the analyzers cost the build of a project that has no V1 left.</summary>
internal static class AnalyzersArea
{
    private const int Rounds = 15;
    private const string Ours = "MigrationKit.Analyzers";

    public static IEnumerable<Claim> Run()
    {
        using var project = new AnalyzersProject();
        var compiler = new AnalyzersCompiler(project);
        compiler.Run(withMigrationKit: true); // fills the file cache

        double[] shares = new double[Rounds], ofProcessor = new double[Rounds], ofNet = new double[Rounds], costs = new double[Rounds], processorCosts = new double[Rounds];
        double[] controls = new double[Rounds], processorControls = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var first = compiler.Run(withMigrationKit: false);
            var one = compiler.Run(withMigrationKit: true);
            var two = compiler.Run(withMigrationKit: true);
            var last = compiler.Run(withMigrationKit: false);

            var ours = one.AnalyzerSeconds[Ours] + two.AnalyzerSeconds[Ours];
            shares[round] = 100 * ours / (one.Elapsed + two.Elapsed).TotalSeconds;
            ofNet[round] = ours / (Net(one.AnalyzerSeconds) + Net(two.AnalyzerSeconds));
            ofProcessor[round] = 100 * ours / (one.Processor + two.Processor).TotalSeconds;
            costs[round] = 100 * ((one.Elapsed + two.Elapsed) / (first.Elapsed + last.Elapsed) - 1);
            processorCosts[round] = 100 * ((one.Processor + two.Processor) / (first.Processor + last.Processor) - 1);
            controls[round] = first.Elapsed / last.Elapsed;
            processorControls[round] = first.Processor / last.Processor;
        }

        yield return Claim.AtMost(
            $"{AnalyzersProject.FileCount} files without V1, csc /reportanalyzer: execution time of our analyzers at most 1 % of the compile time", "%",
            Ratio.Of(shares, Ratio.MedianOf(controls)), 1);
        yield return Claim.AtMost(
            "The same runs: execution time of our analyzers at most 1 % of the processor time (user and system) of the compiler", "%",
            Ratio.Of(ofProcessor, Ratio.MedianOf(processorControls)), 1);
        yield return Claim.AtMost(
            "The same runs: execution time of our analyzers at most a tenth of that of Microsoft.CodeAnalysis.NetAnalyzers", "× the time",
            Ratio.Of(ofNet, Ratio.MedianOf(controls)), 0.1);
        yield return Claim.AtMost(
            "The same project, csc from start to exit with our analyzers and without: at most 1 % longer", "% longer",
            Ratio.Of(costs, Ratio.MedianOf(controls)), 1);
        yield return Claim.AtMost(
            "The same, processor time in place of the clock", "% more",
            Ratio.Of(processorCosts, Ratio.MedianOf(processorControls)), 1);
    }

    private static double Net(IReadOnlyDictionary<string, double> seconds) =>
        seconds.Where(assembly => assembly.Key.EndsWith(".NetAnalyzers", StringComparison.Ordinal)).Sum(assembly => assembly.Value);
}
