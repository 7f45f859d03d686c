namespace VoiceForge.Core;

/// <summary>What a cache has counted since it was made.</summary>
/// <param name="Hits">Look-ups that found an entry, waiting for one under way included.</param>
/// <param name="Misses">Look-ups that found none.</param>
/// <param name="Loads">Entries made by the cache itself.</param>
/// <param name="Evictions">Entries dropped to make room.</param>
/// <param name="Entries">Entries now.</param>
/// <param name="Bytes">What they count for, in bytes; never more than <paramref name="BudgetBytes"/>.</param>
/// <param name="BudgetBytes">The most that the entries may count for, in bytes.</param>
public readonly record struct CacheStatistics(long Hits, long Misses, long Loads, long Evictions, int Entries, long Bytes, long BudgetBytes);
