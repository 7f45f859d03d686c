using System.Diagnostics;

namespace MigrationKit.Cli.Reporting;

/// <summary>How long each stage of a run took, and how much memory the process had come to at its end.</summary>
internal sealed class StageTimes(Action<string> progress)
{
    private readonly Dictionary<string, StageCost> _stages = [];

    /// <summary>By stage name, in the order they first ran.</summary>
    public IReadOnlyDictionary<string, StageCost> Stages => _stages;

    /// <summary>Says what a stage is at.</summary>
    public void Progress(string text) => progress(text);

    public async Task<T> MeasureAsync<T>(string stage, Func<Task<T>> run)
    {
        progress(stage);
        var watch = Stopwatch.StartNew();
        try
        {
            return await run();
        }
        finally
        {
            using var process = Process.GetCurrentProcess();
            _stages[stage] = new((_stages.GetValueOrDefault(stage)?.Time ?? TimeSpan.Zero) + watch.Elapsed, process.PeakWorkingSet64);
        }
    }
}
