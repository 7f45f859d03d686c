namespace VoiceForge.Audio;

/// <summary>What a <see cref="BufferPool"/> has counted since it was made. The figures of one instant only while no thread acquires or releases.</summary>
/// <param name="TotalSlots">Slots the pool was made with.</param>
/// <param name="InUse">Slots handed out now.</param>
/// <param name="Free">Slots that can be acquired now.</param>
/// <param name="PeakInUse">The most slots that were handed out at once.</param>
/// <param name="Acquires">Successful acquisitions.</param>
/// <param name="Releases">Successful releases.</param>
/// <param name="Exhausted">Acquisitions refused because no slot was free.</param>
/// <param name="DoubleReleases">Refused releases of a lease that had been released already.</param>
/// <param name="StaleReleases">Refused releases of a lease whose slot belongs to a later lease, or of a lease that is not of this pool.</param>
/// <param name="GuardFailures">Slots found with a written-over guard.</param>
/// <param name="Quarantined">Slots taken out of service for that; they are neither in use nor free.</param>
/// <param name="TotalBytes">Committed memory in bytes, guards included.</param>
public readonly record struct BufferPoolStatistics(
    int TotalSlots, int InUse, int Free, int PeakInUse, long Acquires, long Releases, long Exhausted,
    long DoubleReleases, long StaleReleases, long GuardFailures, int Quarantined, long TotalBytes);
