using Microsoft.ML.OnnxRuntime.Tensors;

namespace PocketTts.Onnx;

/// <summary>One state of a graph: the output that is the input of the next run.</summary>
/// <param name="Input">Name of the input, <c>state_i</c>.</param>
/// <param name="Output">Name of the output, <c>out_state_i</c>.</param>
/// <param name="Type">Of its elements.</param>
/// <param name="Shape">Fixed; sizes may be 0.</param>
/// <param name="Module">The part of the network it belongs to.</param>
/// <param name="Key">What it holds: <c>cache</c>, <c>cache_k</c>, <c>cache_v</c>, <c>step</c>, <c>current_end</c>, …</param>
/// <param name="StartsAtOne">Filled with ones at the start, else with zeros.</param>
internal sealed record StateSlot(string Input, string Output, TensorElementType Type, long[] Shape, string Module, string Key, bool StartsAtOne)
{
    public const string PackedCache = "cache", CacheKeys = "cache_k", CacheValues = "cache_v", Step = "step", Unused = "current_end";
    private const int HeadAxes = 2;

    /// <summary>The graph hands it on as it came, so it stays what it was at the start and need not be fetched.</summary>
    public bool IsConstant { get; init; }

    /// <summary>The graph only replaces some of its elements, so that it may write its output over its input.</summary>
    public bool IsInPlace { get; init; }

    /// <summary>Attention keys and values, packed into one state or split into two: what was read and said, a row per position.</summary>
    public bool IsCache => Key is PackedCache or CacheKeys or CacheValues;

    /// <summary>How many positions are in use.</summary>
    public bool IsPosition => Key is Step or "offset";

    /// <summary>Of a cache: 2 where keys and values follow each other, 1 where each has a state of its own.</summary>
    public int Halves => Shape.Length == PackedRank ? 2 : 1;

    /// <summary>Of a cache: how many positions it can hold.</summary>
    public int Capacity => (int)Shape[^(HeadAxes + 1)];

    /// <summary>Of a cache: heads times size, the values of one position.</summary>
    public int RowSize => (int)(Shape[^2] * Shape[^1]);

    public int RowBytes => RowSize * NativeTensor.SizeOf(Type);

    /// <summary>[2, 1, positions, heads, size]</summary>
    public static int PackedRank => 5;

    /// <summary>[1, positions, heads, size]</summary>
    public static int SplitRank => 4;

    public NativeTensor CreateTensor() => new(Type, Shape);

    public void Reset(NativeTensor tensor)
    {
        if (!StartsAtOne)
            tensor.Bytes.Clear();
        else if (Type == TensorElementType.Float)
            tensor.Floats.Fill(1);
        else if (Type == TensorElementType.Float16)
            tensor.Halves.Fill((Half)1);
        else if (Type == TensorElementType.Int64)
            tensor.Integers.Fill(1);
        else
            tensor.Bytes.Fill(1);
    }
}
