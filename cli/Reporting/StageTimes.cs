using System.Diagnostics;

namespace MigrationKit.Cli.Reporting;

/// <summary>How long each stage of a run took.</summary>
internal sealed class StageTimes(Action<string> progress)
{
    private readonly Dictionary<string, TimeSpan> _stages = [];

    /// <summary>Stage names in the order they first ran.</summary>
    public IReadOnlyDictionary<string, TimeSpan> Stages => _stages;

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
            _stages[stage] = _stages.GetValueOrDefault(stage) + watch.Elapsed;
        }
    }
}
