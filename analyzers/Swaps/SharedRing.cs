namespace MigrationKit.Analyzers.Swaps;

/// <summary>A ring that several files of a compilation can name, judged over all of them.</summary>
/// <param name="Uses">Its places in all files.</param>
/// <param name="IsNamed">Whether some file names its type, so that the finding has a place to be shown at.</param>
/// <param name="ManualReason">Why one of the files keeps it as it is, with that file's name.</param>
internal sealed record SharedRing(RingUses Uses, bool IsNamed, (string File, string Reason)? ManualReason);
