namespace VoiceForge.Core;

/// <summary>
/// Walks through the protobuf of a model before ONNX Runtime sees it and refuses what would make it read other files or memory: external
/// tensor data (its in-memory markers included) and precompiled contexts. Such paths have been a way out of the model's folder before
/// (CVE-2022-25882, CVE-2024-27318).
/// </summary>
internal static class OnnxGuard
{
    private const int MaxDepth = 64;
    private const string Broken = "is no valid ONNX model; it is damaged or another kind of file";

    private const string External =
        "keeps tensors outside the file (external data), which is not read; save it as one file, for instance with " +
        "onnx.save(onnx.load(path), path, save_as_external_data=False)";

    // The messages of onnx.proto that lead to a tensor or a node.
    private enum Kind
    {
        Other,
        Model,
        Function,
        Graph,
        Node,
        Attribute,
        Tensor,
        SparseTensor,
    }

    /// <exception cref="InvalidDataException">The model reaches out, or is no protobuf.</exception>
    public static void Refuse(ReadOnlySpan<byte> model, string path)
    {
        var problem = Walk(Kind.Model, model, depth: 0);
        if (problem is not null)
            throw new InvalidDataException($"'{path}' {problem}.");
    }

    private static string? Walk(Kind kind, ReadOnlySpan<byte> message, int depth)
    {
        if (depth > MaxDepth)
            return $"is nested deeper than {MaxDepth} levels; no exporter writes such a model";

        while (!message.IsEmpty)
        {
            if (!TryReadVarint(ref message, out var tag))
                return Broken;

            var field = (int)(tag >> 3);
            switch ((int)(tag & 7))
            {
                case 0: // varint
                    if (!TryReadVarint(ref message, out var value))
                        return Broken;
                    if ((kind, field, value) is (Kind.Tensor, 14, 1)) // data_location: EXTERNAL
                        return External;
                    break;
                case 1 when message.Length >= sizeof(ulong):
                    message = message[sizeof(ulong)..];
                    break;
                case 5 when message.Length >= sizeof(uint):
                    message = message[sizeof(uint)..];
                    break;
                case 2 when TryReadVarint(ref message, out var length) && length <= (ulong)message.Length: // bytes, text or a message
                    var content = message[..(int)length];
                    message = message[(int)length..];
                    if (CheckContent(kind, field, content, depth) is { } problem)
                        return problem;
                    break;
                default:
                    return Broken;
            }
        }

        return null;
    }

    private static string? CheckContent(Kind kind, int field, ReadOnlySpan<byte> content, int depth)
    {
        if ((kind, field) is (Kind.Tensor, 13)) // external_data
            return External;
        if ((kind, field) is (Kind.Node, 4) && content.SequenceEqual("EPContext"u8)) // op_type
            return "holds an EPContext node, which names a precompiled binary; export the model without one";

        var child = Child(kind, field);
        return child == Kind.Other ? null : Walk(child, content, depth + 1);
    }

    private static Kind Child(Kind kind, int field) => (kind, field) switch
    {
        (Kind.Model, 7) => Kind.Graph,
        (Kind.Model, 25) => Kind.Function,
        (Kind.Function, 7) or (Kind.Graph, 1) => Kind.Node,
        (Kind.Function, 11) or (Kind.Node, 5) => Kind.Attribute,
        (Kind.Attribute, 6 or 11) => Kind.Graph,
        (Kind.Graph, 5) or (Kind.Attribute, 5 or 10) or (Kind.SparseTensor, 1 or 2) => Kind.Tensor,
        (Kind.Graph, 15) or (Kind.Attribute, 22 or 23) => Kind.SparseTensor,
        _ => Kind.Other,
    };

    private static bool TryReadVarint(ref ReadOnlySpan<byte> message, out ulong value)
    {
        value = 0;
        for (var index = 0; index < message.Length && index < 10; index++)
        {
            value |= (ulong)(message[index] & 0x7F) << (7 * index);
            if (message[index] < 0x80)
            {
                message = message[(index + 1)..];
                return true;
            }
        }

        return false;
    }
}
