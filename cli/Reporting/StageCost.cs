namespace MigrationKit.Cli.Reporting;

/// <summary>What a stage of a run took.</summary>
/// <param name="Time">Over all its parts: analysis and fixes take turns.</param>
/// <param name="PeakBytes">The most resident memory the process had held when the stage last ended.</param>
internal sealed record StageCost(TimeSpan Time, long PeakBytes);
