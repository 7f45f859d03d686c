namespace PocketTts.Tests;

/// <summary>The published layouts: how files are named, and how states are kept.</summary>
public enum TinyLayout
{
    /// <summary>January 2026: <c>onnx/*.onnx</c> with <c>tokenizer.model</c> above, packed caches.</summary>
    K1,

    /// <summary>sherpa-onnx: other names, <c>vocab.json</c>, packed caches.</summary>
    S,

    /// <summary>With <c>bundle.json</c>, packed caches and a row before the voice.</summary>
    K2,

    /// <summary>Split 16-bit caches, vectors instead of matrices, and a row before the voice.</summary>
    L,

    /// <summary>As <see cref="L"/>, but the decoder gives three dimensions and nothing stands before the voice.</summary>
    V,
}
