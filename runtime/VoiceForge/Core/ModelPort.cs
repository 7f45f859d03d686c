using Microsoft.ML.OnnxRuntime.Tensors;

namespace VoiceForge.Core;

/// <summary>An input or output that a program expects of a model.</summary>
/// <param name="Name">Exactly as in the model.</param>
/// <param name="ElementType">Of its values.</param>
/// <param name="Shape">Its dimensions; -1 is one whose size the program chooses at each run, which the model must leave open.</param>
public sealed record ModelPort(string Name, TensorElementType ElementType, IReadOnlyList<int> Shape);
