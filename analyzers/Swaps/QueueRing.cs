namespace MigrationKit.Analyzers.Swaps;

/// <summary>A ring of a file that is used as a queue.</summary>
/// <param name="Own">Its places in this file.</param>
/// <param name="Sign">What shows that every sample counts, in this file or in another.</param>
/// <param name="Reason">Why a person must decide; <see langword="null"/> when nothing outside <paramref name="Group"/> says so.</param>
/// <param name="IsInOtherFiles">Whether other files change with this one.</param>
internal sealed record QueueRing(SwapGroup Group, RingUses Own, string Sign, string? Reason, bool IsInOtherFiles);
