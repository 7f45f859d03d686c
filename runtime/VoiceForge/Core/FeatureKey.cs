namespace VoiceForge.Core;

/// <summary>What, besides the audio itself, decides what an extractor returns. Two calls with equal keys and equal samples must mean equal features.</summary>
/// <param name="Extractor">Name and version of the extractor, for example <c>"yin"</c> or the hash of a model file; not empty.</param>
/// <param name="SampleRate">In Hz, positive: the same samples at another rate are another sound.</param>
/// <param name="Parameters">Every other setting that changes the result, in a form of the caller's choice.</param>
public readonly record struct FeatureKey(string Extractor, int SampleRate, string Parameters = "");
