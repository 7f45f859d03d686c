namespace VoiceForge.Core;

/// <summary>Computes features of some audio; called on the thread of whoever asked the <see cref="FeatureCache"/>.</summary>
/// <param name="audio">The samples that the cache was asked about.</param>
/// <returns>A new array of any length. It belongs to the cache from now on.</returns>
public delegate float[] FeatureExtractor(ReadOnlySpan<float> audio);
