using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PocketTts.Onnx;

/// <summary>A tensor whose memory both sides see: ONNX Runtime through <see cref="Value"/>, we through a span, without a copy.</summary>
/// <remarks>
/// The memory is outside the managed heap: caches of 50 MB neither move nor wait for a collection, and pages that nobody wrote take no room.
/// It is freed by <see cref="Dispose"/>, or with a forgotten tensor. Not thread-safe; spans must not be used after <see cref="Dispose"/>.
/// </remarks>
internal sealed unsafe class NativeTensor : IDisposable
{
    private const int Alignment = 64;
    private readonly byte* _start;
    private readonly int _byteCount;
    private void* _memory;

    public NativeTensor(TensorElementType type, params long[] shape)
    {
        Type = type;
        Shape = shape;
        var count = shape.Aggregate(1L, (product, size) => product * size);
        _byteCount = checked((int)(count * SizeOf(type)));
        _memory = NativeMemory.AllocZeroed((nuint)_byteCount + Alignment);
        _start = (byte*)(((nint)_memory + Alignment - 1) & -Alignment);
        Value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, (nint)_start, _byteCount);
    }

    ~NativeTensor() => Free();

    public TensorElementType Type { get; }

    public long[] Shape { get; }

    public OrtValue Value { get; }

    public Span<float> Floats => new(_start, Type == TensorElementType.Float ? _byteCount / sizeof(float) : throw WrongType());

    public Span<Half> Halves => new(_start, Type == TensorElementType.Float16 ? _byteCount / SizeOf(Type) : throw WrongType());

    public Span<long> Integers => new(_start, Type == TensorElementType.Int64 ? _byteCount / sizeof(long) : throw WrongType());

    public Span<byte> Bytes => new(_start, _byteCount);

    public void Dispose()
    {
        Value.Dispose();
        Free();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another value over the same memory from its start on, with as many elements or fewer; whoever asks disposes it.</summary>
    public OrtValue ViewAs(params long[] shape)
    {
        var bytes = shape.Aggregate(1L, (product, size) => product * size) * SizeOf(Type);
        return bytes <= _byteCount
            ? OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, Type, shape, (nint)_start, bytes)
            : throw new ArgumentException($"[{string.Join(", ", shape)}] takes {bytes} bytes, the tensor has {_byteCount}.", nameof(shape));
    }

    /// <summary>Whether states of this type can be held; the published layouts use these four.</summary>
    public static bool Supports(TensorElementType type) =>
        type is TensorElementType.Float or TensorElementType.Float16 or TensorElementType.Int64 or TensorElementType.Bool;

    public static int SizeOf(TensorElementType type) => type switch
    {
        TensorElementType.Float => sizeof(float),
        TensorElementType.Float16 => sizeof(short),
        TensorElementType.Int64 => sizeof(long),
        TensorElementType.Bool => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Expected Float, Float16, Int64 or Bool."),
    };

    private void Free()
    {
        NativeMemory.Free(_memory);
        _memory = null;
    }

    private InvalidOperationException WrongType() => new($"The tensor holds {Type}.");
}
