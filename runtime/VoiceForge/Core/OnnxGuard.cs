using System.Text;

namespace VoiceForge.Core;

/// <summary>
/// Walks through the protobuf of a model before ONNX Runtime sees it and refuses what would make it read other files or memory, load code or
/// exhaust the machine: external tensor data (its in-memory markers included), precompiled contexts, operators of unknown domains, shapes
/// that cannot be. Such paths have been a way out of the model's folder before (CVE-2022-25882, CVE-2024-27318, CVE-2026-34447).
/// </summary>
internal sealed class OnnxGuard
{
    private const int MaxDepth = 64;
    private const int MaxNodes = 200_000;
    private const string Broken = "is no valid ONNX model; it is damaged or another kind of file";

    private const string External =
        "keeps tensors outside the file (external data), which is not read; save it as one file, for instance with " +
        "onnx.save(onnx.load(path), path, save_as_external_data=False)";

    // What ONNX Runtime brings itself; the models' own functions add to it.
    private readonly HashSet<string> _domains = new(["", "ai.onnx", "ai.onnx.ml", "com.microsoft", "com.ms.internal.nhwc", "com.microsoft.nchwc"], StringComparer.Ordinal);
    private readonly HashSet<string> _usedDomains = new(StringComparer.Ordinal);
    private readonly long _mostElements;
    private int _nodes;

    private OnnxGuard(int modelBytes) => _mostElements = 8L * modelBytes; // no element type takes less than a bit

    // The messages of onnx.proto that lead to a tensor, a node or a shape.
    private enum Kind
    {
        Other,
        Model,
        Training,
        Function,
        Graph,
        Node,
        Attribute,
        Tensor,
        SparseTensor,
    }

    /// <exception cref="InvalidDataException">The model reaches out, asks for too much, or is no protobuf.</exception>
    public static void Refuse(ReadOnlySpan<byte> model, string path)
    {
        var guard = new OnnxGuard(model.Length);
        var problem = guard.Walk(Kind.Model, model, depth: 0) ?? guard.FindUnknownDomain();
        if (problem is not null)
            throw new InvalidDataException($"'{path}' {problem}.");
    }

    private string? FindUnknownDomain() => _usedDomains.Except(_domains).Order(StringComparer.Ordinal).FirstOrDefault() is { } domain
        ? $"uses operators of the domain '{domain}', which only a custom-operator library has; none is ever loaded. Export the model with standard operators"
        : null;

    private string? Walk(Kind kind, ReadOnlySpan<byte> message, int depth)
    {
        if (depth > MaxDepth)
            return $"is nested deeper than {MaxDepth} levels; no exporter writes such a model";
        if (kind == Kind.Node && ++_nodes > MaxNodes)
            return $"has more than {MaxNodes} nodes; no voice model needs so many";

        var elements = new ElementCount(_mostElements);
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
                    if ((kind, field) is (Kind.Tensor, 1)) // dims, one at a time
                        elements.Multiply(value);
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
                    if ((kind, field) is (Kind.Tensor, 1) && !elements.MultiplyAll(content))
                        return Broken;
                    if (CheckContent(kind, field, content, depth) is { } problem)
                        return problem;
                    break;
                default:
                    return Broken;
            }
        }

        return elements.IsTooMany ? "holds a tensor whose shape has more elements than the file could; it is damaged or made to do harm" : null;
    }

    private string? CheckContent(Kind kind, int field, ReadOnlySpan<byte> content, int depth)
    {
        switch (kind, field)
        {
            case (Kind.Tensor, 13): // external_data
                return External;
            case (Kind.Node, 4) when content.SequenceEqual("EPContext"u8): // op_type
                return "holds an EPContext node, which names a precompiled binary; export the model without one";
            case (Kind.Node, 7): // domain
                _usedDomains.Add(Encoding.UTF8.GetString(content));
                return null;
            case (Kind.Function, 10):
                _domains.Add(Encoding.UTF8.GetString(content));
                return null;
            default:
                var child = Child(kind, field);
                return child == Kind.Other ? null : Walk(child, content, depth + 1);
        }
    }

    private static Kind Child(Kind kind, int field) => (kind, field) switch
    {
        (Kind.Model, 7) or (Kind.Training, 1 or 2) => Kind.Graph,
        (Kind.Model, 20) => Kind.Training,
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

    // The product of a shape, kept below overflow.
    private ref struct ElementCount(long most)
    {
        private long _product = 1;
        private bool _exceeds;
        private bool _isEmpty;

        public readonly bool IsTooMany => _exceeds && !_isEmpty;

        public void Multiply(ulong size)
        {
            _isEmpty |= size == 0;
            _exceeds |= size > (ulong)(most / Math.Max(1, _product)); // a negative size is a huge one here
            if (!_exceeds)
                _product = Math.Max(1, _product * (long)size);
        }

        public bool MultiplyAll(ReadOnlySpan<byte> packed)
        {
            while (!packed.IsEmpty)
            {
                if (!TryReadVarint(ref packed, out var size))
                    return false;
                Multiply(size);
            }

            return true;
        }
    }
}
