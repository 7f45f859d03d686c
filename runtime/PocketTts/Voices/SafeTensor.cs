namespace PocketTts.Voices;

/// <summary>A named tensor of 32-bit floats out of a safetensors file.</summary>
internal sealed record SafeTensor(string Name, long[] Shape, float[] Values);
