namespace VoiceForge.Audio;

/// <summary>What a <see cref="TripleBuffer"/> has counted: <c>Published = Read + Dropped</c>, plus one while a block waits.</summary>
/// <param name="Published">Blocks written.</param>
/// <param name="Read">Blocks delivered to the reader.</param>
/// <param name="Dropped">Blocks replaced by a newer one before they were read.</param>
/// <param name="EmptyReads">Reads that found nothing new.</param>
public readonly record struct TripleBufferStatistics(long Published, long Read, long Dropped, long EmptyReads);
