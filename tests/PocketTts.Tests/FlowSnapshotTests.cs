using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;
using PocketTts.Voices;

namespace PocketTts.Tests;

public sealed class FlowSnapshotTests
{
    private const int Capacity = 5, Used = 3, Row = 2 * 3;

    private static readonly StateSlot[] Slots =
    [
        Slot(0, TensorElementType.Float, "cache", 2, 1, Capacity, 2, 3),
        Slot(1, TensorElementType.Float, "current_end", 0),
        Slot(2, TensorElementType.Int64, "step", 1),
        Slot(3, TensorElementType.Float, "cache", 2, 1, Capacity, 2, 3),
        Slot(4, TensorElementType.Int64, "step", 1),
    ];

    [Fact]
    public void UsedRowsOfEveryLayer_AreCarriedOver_AndNothingElse()
    {
        var (source, target) = (Tensors(firstValue: 0), Tensors(firstValue: 1000));

        var snapshot = FlowSnapshot.Capture(Used, Slots, source);
        Array.ForEach(source, t => t.Bytes.Clear()); // the snapshot must not look back
        snapshot.Restore(Slots, target);

        foreach (var (layer, slot) in new[] { (0, 0), (1, 3) })
        {
            for (var i = 0; i < 2 * Capacity * Row; i++)
            {
                var isUsed = i / Row % Capacity < Used;
                Assert.Equal((isUsed ? 0 : 1000) + (100 * layer) + i, target[slot].Floats[i]);
            }
        }

        Assert.Equal(Used, target[2].Integers[0]);
        Assert.Equal(Used, target[4].Integers[0]);
        Array.ForEach([.. source, .. target], t => t.Dispose());
    }

    [Fact]
    public void RowsThatWereUsedSince_AreCleared()
    {
        var (source, target) = (Tensors(firstValue: 0), Tensors(firstValue: 1000));
        target[2].Integers[0] = target[4].Integers[0] = Used + 1;

        FlowSnapshot.Capture(Used, Slots, source).Restore(Slots, target);

        for (var i = 0; i < 2 * Capacity * Row; i++)
        {
            var row = i / Row % Capacity;
            Assert.Equal(row < Used ? i : row == Used ? 0 : 1000 + i, target[0].Floats[i]);
        }

        Array.ForEach([.. source, .. target], t => t.Dispose());
    }

    private static NativeTensor[] Tensors(int firstValue)
    {
        var tensors = Array.ConvertAll(Slots, s => s.CreateTensor());
        foreach (var (layer, slot) in new[] { (0, 0), (1, 3) })
        {
            for (var i = 0; i < tensors[slot].Floats.Length; i++)
                tensors[slot].Floats[i] = firstValue + (100 * layer) + i;
        }

        return tensors;
    }

    private static StateSlot Slot(int index, TensorElementType type, string key, params long[] shape) =>
        new($"state_{index}", $"out_state_{index}", type, shape, $"layers.{index / 3}", key, StartsAtOne: false);
}
