using System.Text;

namespace VoiceForge.Tests.Core;

/// <summary>Writes the smallest ONNX models: one Identity node from <c>x</c> to <c>y</c>.</summary>
internal static class TinyModel
{
    private const int Float = 1;
    private const int Int64 = 7;

    /// <param name="dimensions">The shape of <c>x</c>; -1 is open.</param>
    /// <param name="padding">Bytes of documentation, to make the file larger.</param>
    /// <param name="elementType">ONNX element type of <c>x</c>.</param>
    /// <param name="filler">What the documentation consists of, to make files of one size differ.</param>
    /// <param name="operation">Another operator with one input and one output.</param>
    public static byte[] Identity(int[]? dimensions = null, int padding = 0, int elementType = Float, char filler = '-', string operation = "Identity")
    {
        dimensions ??= [1, -1];
        byte[] node = [.. Text(1, "x"), .. Text(2, "y"), .. Text(4, operation)];
        byte[] graph =
        [
            .. Message(1, node), .. Text(2, "g"), .. Message(11, ValueInfo("x", dimensions, elementType)), .. Message(12, ValueInfo("y", dimensions, elementType)),
        ];
        byte[] opset = [.. Text(1, ""), .. Number(2, 17)];
        return [.. Number(1, 8), .. Text(6, new string(filler, padding)), .. Message(7, graph), .. Message(8, opset)];
    }

    /// <summary>A model that picks value number <c>x</c> out of a constant of so many bytes.</summary>
    public static byte[] Weighty(int bytes)
    {
        var length = bytes / sizeof(float);
        var content = new byte[bytes];
        for (var index = 0; index < length; index++)
            BitConverter.TryWriteBytes(content.AsSpan(index * sizeof(float)), 1f / (index + 1));
        byte[] tensor = [.. Number(1, length), .. Number(2, Float), .. Text(8, "w"), .. Message(9, content)];
        byte[] pick = [.. Text(1, "w"), .. Text(1, "x"), .. Text(2, "y"), .. Text(4, "Gather")];
        byte[] graph =
        [
            .. Message(1, pick), .. Text(2, "g"), .. Message(5, tensor), .. Message(11, ValueInfo("x", [1], Int64)), .. Message(12, ValueInfo("y", [1], Float)),
        ];
        return [.. Number(1, 8), .. Message(7, graph), .. Message(8, [.. Text(1, ""), .. Number(2, 17)])];
    }

    /// <summary>A model with something else inside the graph or its node, as protobuf fields.</summary>
    public static byte[] With(byte[] inGraph, byte[] inNode)
    {
        byte[] node = [.. Text(1, "x"), .. Text(2, "y"), .. Text(4, "Identity"), .. inNode];
        return [.. Number(1, 8), .. Message(7, [.. Message(1, node), .. inGraph])];
    }

    private static byte[] ValueInfo(string name, int[] dimensions, int elementType)
    {
        var shape = dimensions.SelectMany(dimension => Message(1, dimension < 0 ? Text(2, "n") : Number(1, dimension))).ToArray();
        byte[] tensor = [.. Number(1, elementType), .. Message(2, shape)];
        return [.. Text(1, name), .. Message(2, Message(1, tensor))];
    }

    public static byte[] Text(int field, string text) => Message(field, Encoding.UTF8.GetBytes(text));

    public static byte[] Message(int field, byte[] content) => [.. Varint(field << 3 | 2), .. Varint(content.Length), .. content];

    public static byte[] Number(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Varint(int value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return [.. bytes];
    }
}
