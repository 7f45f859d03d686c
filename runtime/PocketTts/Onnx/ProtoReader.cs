using System.Buffers.Binary;

namespace PocketTts.Onnx;

/// <summary>Reads the wire format of Protocol Buffers, one level of a message at a time and without copying.</summary>
internal static class ProtoReader
{
    /// <param name="message">One message; that of a field of kind bytes may be read in turn.</param>
    /// <param name="damaged">Makes the error for a message that is cut off or is none.</param>
    /// <returns>The fields in their order; a number or bytes, whichever the field is.</returns>
    public static IEnumerable<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> message, Func<Exception> damaged)
    {
        const int varint = 0, fixed64 = 1, bytes = 2, fixed32 = 5;
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint();
            var number = (int)(tag >> 3);
            switch ((int)(tag & 7))
            {
                case varint:
                    yield return (number, Varint(), default);
                    break;
                case fixed64:
                    yield return (number, BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(ulong)).Span), default);
                    break;
                case bytes:
                    yield return (number, 0, Take(Varint()));
                    break;
                case fixed32:
                    yield return (number, BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)).Span), default);
                    break;
                default:
                    throw damaged();
            }

            ulong Varint()
            {
                ulong value = 0;
                var rest = message.Span[at..];
                for (var index = 0; index < rest.Length && index < 10; index++)
                {
                    value |= (ulong)(rest[index] & 0x7f) << (7 * index);
                    if (rest[index] >= 0x80)
                        continue;
                    at += index + 1;
                    return value;
                }

                throw damaged();
            }

            ReadOnlyMemory<byte> Take(ulong count)
            {
                if (count > (ulong)(message.Length - at))
                    throw damaged();
                at += (int)count;
                return message.Slice(at - (int)count, (int)count);
            }
        }
    }
}
