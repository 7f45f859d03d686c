using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;

namespace MigrationKit.Benchmarks;

/// <summary>The layers that the graphs of <see cref="TtsSpeechGraphs"/> and <see cref="TtsCodecGraph"/> consist of, with random weights.</summary>
/// <remarks>Weights are uniform with the variance of one over their inputs, so that values neither grow nor vanish from layer to layer.</remarks>
internal sealed class TtsGraphBuilder(string name, int seed)
{
    public const TensorElementType Float = TensorElementType.Float, Integer = TensorElementType.Int64, Boolean = TensorElementType.Bool;
    private readonly Random _random = new(seed);

    public OnnxGraphWriter Graph { get; } = new(name);

    public string Weights(int inputs, params int[] shape)
    {
        var values = new float[shape.Aggregate(1, (product, size) => product * size)];
        var bound = MathF.Sqrt(3f / inputs);
        for (var i = 0; i < values.Length; i++)
            values[i] = ((2 * _random.NextSingle()) - 1) * bound;
        return Graph.Constant(values, shape);
    }

    public string Linear(string x, int from, int to) => Graph.Op("MatMul", x, Weights(from, from, to));

    public string Norm(string x, int size) =>
        Graph.Op("LayerNormalization", x, Graph.Constant([.. Enumerable.Repeat(1f, size)], size), Graph.Constant(new float[size], size));

    /// <summary>Two linear layers with GELU between them, in the form with the error function.</summary>
    public string FeedForward(string x, int size, int inner)
    {
        var hidden = Linear(x, size, inner);
        var gate = Graph.Op("Add", Graph.Op("Erf", Graph.Op("Mul", hidden, Graph.Constant(0.70710678f))), Graph.Constant(1f));
        return Linear(Graph.Op("Mul", Graph.Op("Mul", hidden, Graph.Constant(0.5f)), gate), inner, size);
    }

    public string Silu(string x) => Graph.Op("Mul", x, Graph.Op("Sigmoid", x));

    public string Slice(string x, long from, long to, long axis) => Graph.Op("Slice", x, Graph.Constant(from), Graph.Constant(to), Graph.Constant(axis));

    public string Pick(string x, long index, int axis) => Graph.Op("Gather", [x, Scalar(Graph.Constant(index))], ("axis", axis));

    public string Scalar(string single) => Graph.Op("Squeeze", single, Graph.Constant(0L));

    public string Reshape(string x, params long[] shape) => Graph.Op("Reshape", x, Graph.Constant(shape, shape.Length));

    public string Transpose(string x, params int[] order) => Graph.Op("Transpose", [x], ("perm", order));

    /// <summary>The whole numbers from <paramref name="from"/> on, as many as <paramref name="count"/> says; both <c>[1]</c>.</summary>
    public string Positions(string from, string count) =>
        Graph.Op("Range", Scalar(from), Scalar(Graph.Op("Add", from, count)), Scalar(Graph.Constant(1L)));

    /// <summary>Turns pairs of values by an angle that grows with the position.</summary>
    /// <param name="x"><c>[1, positions, heads, size]</c>.</param>
    /// <param name="positions">Of each row, <c>[positions]</c>.</param>
    /// <param name="heads">Their number.</param>
    /// <param name="size">Values of a head.</param>
    public string Rotate(string x, string positions, int heads, int size)
    {
        var half = size / 2;
        var frequencies = Graph.Constant([.. Enumerable.Range(0, half).Select(k => MathF.Pow(10000, -2f * k / size))], 1, half);
        var angles = Graph.Op("Mul", Graph.Op("Unsqueeze", Graph.Op("Cast", [positions], ("to", (int)Float)), Graph.Constant(1L)), frequencies);
        var (cos, sin) = (Reshape(Graph.Op("Cos", angles), 1, -1, 1, half), Reshape(Graph.Op("Sin", angles), 1, -1, 1, half));
        var pairs = Reshape(x, 1, -1, heads, half, 2);
        var (a, b) = (Pick(pairs, 0, 4), Pick(pairs, 1, 4));
        var first = Graph.Op("Sub", Graph.Op("Mul", a, cos), Graph.Op("Mul", b, sin));
        var second = Graph.Op("Add", Graph.Op("Mul", a, sin), Graph.Op("Mul", b, cos));
        var last = Graph.Constant(4L);
        var turned = Graph.Op("Concat", [Graph.Op("Unsqueeze", first, last), Graph.Op("Unsqueeze", second, last)], ("axis", 4));
        return Reshape(turned, 1, -1, heads, size);
    }

    /// <param name="queries"><c>[1, heads, rows, size]</c>.</param>
    /// <param name="keys"><c>[1, heads, size, positions]</c>.</param>
    /// <param name="values"><c>[1, heads, positions, size]</c>.</param>
    /// <param name="isSeen"><c>[rows, positions]</c>.</param>
    /// <param name="heads">Their number.</param>
    /// <param name="size">Values of a head.</param>
    /// <returns><c>[1, rows, heads × size]</c></returns>
    public string Attend(string queries, string keys, string values, string isSeen, int heads, int size)
    {
        var scores = Graph.Op("Mul", Graph.Op("MatMul", queries, keys), Graph.Constant(1 / MathF.Sqrt(size)));
        var seen = Graph.Op("Where", isSeen, scores, Graph.Constant(float.NegativeInfinity));
        var mixed = Graph.Op("MatMul", Graph.Op("Softmax", [seen], ("axis", 3)), values);
        return Reshape(Transpose(mixed, 0, 2, 1, 3), 1, -1, heads * size);
    }
}
