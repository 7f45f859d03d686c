using System.Buffers.Binary;
using System.Text;

namespace PocketTts.Onnx;

/// <summary>Writes the wire format of Protocol Buffers: the few kinds of field that ONNX and SentencePiece files use.</summary>
internal sealed class ProtoWriter
{
    private const int VarintKind = 0;
    private const int BytesKind = 2;
    private const int Fixed32Kind = 5;
    private readonly MemoryStream _bytes = new();

    public ProtoWriter Integer(int field, long value)
    {
        Tag(field, VarintKind);
        Varint((ulong)value);
        return this;
    }

    public ProtoWriter Single(int field, float value)
    {
        Tag(field, Fixed32Kind);
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _bytes.Write(bytes);
        return this;
    }

    public ProtoWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Tag(field, BytesKind);
        Varint((ulong)value.Length);
        _bytes.Write(value);
        return this;
    }

    public ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Message(int field, ProtoWriter value) => Bytes(field, value.ToArray());

    public byte[] ToArray() => _bytes.ToArray();

    private void Tag(int field, int kind) => Varint((ulong)((field << 3) | kind));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            _bytes.WriteByte((byte)(value | 0x80));
        _bytes.WriteByte((byte)value);
    }
}
