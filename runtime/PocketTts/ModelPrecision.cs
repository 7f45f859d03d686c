namespace PocketTts;

/// <summary>Which of a model's published precisions to run.</summary>
#if LEGACY_SDK
internal
#else
public
#endif
enum ModelPrecision
{
    /// <summary>For each graph the 32-bit file if it is there, else the 8-bit one.</summary>
    Auto,

    /// <summary>32-bit floating point; a missing file is an error.</summary>
    Float32,

    /// <summary>8-bit matrix multiplications; a graph published only in 32 bits runs in 32 bits.</summary>
    Int8,
}
