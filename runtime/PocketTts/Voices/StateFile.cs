using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;

namespace PocketTts.Voices;

/// <summary>
/// Turns snapshots into voice files and back. A file has <c>module/cache</c> for each layer, 32-bit floats of shape
/// [2, 1, positions, heads, size], keys first: also for models that keep keys and values apart, or in 16 bits.
/// </summary>
internal static class StateFile
{
    private const int Halves = 2;

    /// <exception cref="InvalidDataException">The file was made for another model.</exception>
    public static FlowSnapshot Read(VoiceFile file, string model, SpeechGraphs graphs)
    {
        if (file.Model is not null && file.Model != model)
            throw file.Foreign($"it was made for '{file.Model}', this is '{model}'");

        var slots = graphs.FlowSlots.Where(s => s.IsCache).ToArray();
        var caches = new List<byte[]>();
        int? position = null;
        foreach (var slot in slots)
        {
            var name = slot.Module + VoiceFile.CacheSuffix;
            if (!file.Tensors.TryGetValue(name, out var tensor))
                throw file.Foreign($"it has no '{name}'");
            var isFitting = tensor.Shape is [Halves, 1, > 0, var heads, var size] && heads == slot.Shape[^2] && size == slot.Shape[^1];
            if (!isFitting)
                throw file.Foreign($"'{name}' has shape [{string.Join(", ", tensor.Shape)}] where the model has [{string.Join(", ", slot.Shape)}]");
            var used = file.PositionsOf(slot.Module, tensor);
            position ??= used;
            if (used != position || used < 1 || used > tensor.Shape[2])
                throw file.Foreign($"'{slot.Module}' has {used} positions in use where its cache holds {tensor.Shape[2]} and the first layer uses {position}");
            if (used > graphs.Capacity - 2)
                throw file.Foreign($"it uses {used} positions, the model holds {graphs.Capacity} and needs room for a token and a frame");
            caches.Add(Rows(slot, tensor, used));
        }

        var layers = slots.Select(s => s.Module).Distinct().Count();
        return file.Layers == layers
            ? new FlowSnapshot(position ?? 0, caches)
            : throw file.Foreign($"it has {file.Layers} layers where the model has {layers}");
    }

    public static VoiceFile Write(FlowSnapshot snapshot, string model, SpeechGraphs graphs)
    {
        var slots = graphs.FlowSlots.Where(s => s.IsCache).ToArray();
        var tensors = new Dictionary<string, SafeTensor>();
        for (var i = 0; i < slots.Length; i++)
        {
            var slot = slots[i];
            var name = slot.Module + VoiceFile.CacheSuffix;
            if (!tensors.TryGetValue(name, out var tensor))
            {
                long[] shape = [Halves, 1, snapshot.Position, slot.Shape[^2], slot.Shape[^1]];
                tensors[name] = tensor = new SafeTensor(name, shape, new float[Halves * snapshot.Position * slot.RowSize]);
            }

            var start = slot.Key == StateSlot.CacheValues ? tensor.Values.Length / Halves : 0;
            ToSingles(snapshot.Caches[i], slot.Type, tensor.Values.AsSpan(start));
        }

        return new VoiceFile("", model, tensors);
    }

    /// <summary>The used rows as the slot holds them: both halves, or the one that it is for.</summary>
    private static byte[] Rows(StateSlot slot, SafeTensor tensor, int used)
    {
        var perHalf = (int)tensor.Shape[2] * slot.RowSize;
        var first = slot.Key == StateSlot.CacheValues ? 1 : 0;
        var rows = new byte[slot.Halves * used * slot.RowBytes];
        for (var half = 0; half < slot.Halves; half++)
        {
            var values = tensor.Values.AsSpan((first + half) * perHalf, used * slot.RowSize);
            FromSingles(values, slot.Type, rows.AsSpan(half * used * slot.RowBytes));
        }

        return rows;
    }

    private static void FromSingles(ReadOnlySpan<float> values, TensorElementType type, Span<byte> rows)
    {
        if (type == TensorElementType.Float)
        {
            MemoryMarshal.AsBytes(values).CopyTo(rows);
            return;
        }

        var halves = MemoryMarshal.Cast<byte, Half>(rows);
        for (var i = 0; i < values.Length; i++)
            halves[i] = (Half)values[i];
    }

    private static void ToSingles(ReadOnlySpan<byte> rows, TensorElementType type, Span<float> values)
    {
        if (type == TensorElementType.Float)
        {
            MemoryMarshal.Cast<byte, float>(rows).CopyTo(values);
            return;
        }

        var halves = MemoryMarshal.Cast<byte, Half>(rows);
        for (var i = 0; i < halves.Length; i++)
            values[i] = (float)halves[i];
    }
}
