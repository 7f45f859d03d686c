namespace VoiceForge;

/// <summary>Section <c>resources</c>.</summary>
/// <param name="TotalRamGb"><c>resources.total_ram_gb</c> in GiB: 4 to 1024, default 24; the allocations together must fit.</param>
/// <param name="Allocation"><c>resources.allocation</c>.</param>
public sealed record ResourcesConfig(double TotalRamGb, AllocationConfig Allocation);
