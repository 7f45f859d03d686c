namespace VoiceApp.Tests;

/// <summary>Writes the smallest voice model there is: an ONNX graph that multiplies its input by a constant.</summary>
internal static class GainModel
{
    private const int Float = 1;

    public static void Write(string path, float gain)
    {
        byte[] node = [.. Text(1, "voice"), .. Text(1, "gain"), .. Text(2, "converted"), .. Text(4, "Mul")];
        byte[] constant = [.. Number(2, Float), .. Field(4, BitConverter.GetBytes(gain)), .. Text(8, "gain")];
        byte[] graph =
        [
            .. Field(1, node), .. Text(2, "gain"), .. Field(5, constant),
            .. Field(11, Samples("voice")), .. Field(12, Samples("converted")),
        ];
        byte[] operatorSet = [.. Text(1, ""), .. Number(2, 13)];
        File.WriteAllBytes(path, [.. Number(1, 8), .. Field(7, graph), .. Field(8, operatorSet)]);
    }

    // A float tensor of rank 1 and any length.
    private static byte[] Samples(string name)
    {
        byte[] shape = Field(1, Text(2, "samples"));
        byte[] tensor = [.. Number(1, Float), .. Field(2, shape)];
        return [.. Text(1, name), .. Field(2, Field(1, tensor))];
    }

    // Protocol buffers: field number and wire type in one byte, then a small number or a length and that many bytes.
    private static byte[] Number(int field, byte value) => [(byte)(field << 3), value];

    private static byte[] Field(int field, byte[] content) => [(byte)(field << 3 | 2), checked((byte)content.Length), .. content];

    private static byte[] Text(int field, string content) => Field(field, System.Text.Encoding.UTF8.GetBytes(content));
}
