using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PocketTts.Onnx;

/// <summary>Builds an ONNX model (opset 17, IR 8) in memory, node by node; equal calls give equal bytes.</summary>
/// <remarks>Values are handed on by name. Field numbers are those of onnx.proto (github.com/onnx/onnx, Apache-2.0).</remarks>
internal sealed class OnnxGraphWriter(string name)
{
    private const int OpsetVersion = 17;
    private const int IrVersion = 8;
    private readonly ProtoWriter _graph = new ProtoWriter().Text(2, name);
    private int _values;

    /// <summary>Declares an input and gives its name back.</summary>
    /// <remarks>Dimensions are sizes (<see cref="int"/>), or names of sizes that differ from run to run (<see cref="string"/>).</remarks>
    public string Input(string input, TensorElementType type, params object[] dimensions)
    {
        _graph.Message(11, ValueInfo(input, type, dimensions));
        return input;
    }

    /// <summary>Declares an output and connects <paramref name="value"/> to it, unless it is the output already.</summary>
    public void Output(string output, string value, TensorElementType type, params object[] dimensions)
    {
        _graph.Message(12, ValueInfo(output, type, dimensions));
        if (value != output)
            Node("Identity", output, [value], []);
    }

    /// <summary>As <see cref="Output"/>, without saying which shape it has: some exporters do not know.</summary>
    public void OutputOfAnyShape(string output, string value, TensorElementType type)
    {
        var tensor = new ProtoWriter().Message(1, new ProtoWriter().Integer(1, (int)type));
        _graph.Message(12, new ProtoWriter().Text(1, output).Message(2, tensor));
        Node("Identity", output, [value], []);
    }

    public string Constant(float value) => Constant([value], 1);

    public string Constant(long value) => Constant([value], 1);

    public string Constant(ReadOnlySpan<float> values, params int[] shape) => Initializer(TensorElementType.Float, MemoryMarshal.AsBytes(values), shape);

    public string Constant(ReadOnlySpan<long> values, params int[] shape) => Initializer(TensorElementType.Int64, MemoryMarshal.AsBytes(values), shape);

    public string Op(string operation, params string[] inputs) => Op(operation, inputs, []);

    /// <param name="operation">An operator of the default domain with one output.</param>
    /// <param name="inputs">Names of values.</param>
    /// <param name="attributes">Integers (<see cref="int"/>) or lists of them (<c>int[]</c>).</param>
    public string Op(string operation, string[] inputs, params (string Name, object Value)[] attributes)
    {
        var output = NextName();
        Node(operation, output, inputs, attributes);
        return output;
    }

    /// <summary>As <see cref="Op(string, string[])"/>, with a result of the caller's name: an output that an operation writes itself.</summary>
    public string OpNamed(string output, string operation, params string[] inputs)
    {
        Node(operation, output, inputs, []);
        return output;
    }

    public byte[] ToModel() => new ProtoWriter()
        .Integer(1, IrVersion)
        .Text(2, "MigrationKit")
        .Message(7, _graph)
        .Message(8, new ProtoWriter().Text(1, "").Integer(2, OpsetVersion))
        .ToArray();

    private void Node(string operation, string output, string[] inputs, (string Name, object Value)[] attributes)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        node.Text(2, output).Text(3, $"{operation}_{output}").Text(4, operation);
        foreach (var (attribute, value) in attributes)
            node.Message(5, Attribute(attribute, value));
        _graph.Message(1, node);
    }

    private static ProtoWriter Attribute(string attribute, object value)
    {
        const int integer = 2, integers = 7;
        var message = new ProtoWriter().Text(1, attribute);
        if (value is int single)
            return message.Integer(3, single).Integer(20, integer);
        foreach (var element in (int[])value)
            message.Integer(8, element);
        return message.Integer(20, integers);
    }

    private string Initializer(TensorElementType type, ReadOnlySpan<byte> littleEndian, int[] shape)
    {
        var tensor = new ProtoWriter();
        foreach (var size in shape)
            tensor.Integer(1, size);
        var constant = NextName();
        _graph.Message(5, tensor.Integer(2, (int)type).Text(8, constant).Bytes(9, littleEndian));
        return constant;
    }

    private static ProtoWriter ValueInfo(string value, TensorElementType type, object[] dimensions)
    {
        var shape = new ProtoWriter();
        foreach (var dimension in dimensions)
            shape.Message(1, dimension is int size ? new ProtoWriter().Integer(1, size) : new ProtoWriter().Text(2, (string)dimension));
        var tensor = new ProtoWriter().Integer(1, (int)type).Message(2, shape);
        return new ProtoWriter().Text(1, value).Message(2, new ProtoWriter().Message(1, tensor));
    }

    private string NextName() => $"v{_values++}";
}
