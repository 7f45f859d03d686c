using System.Text;

namespace PocketTts.Onnx;

/// <summary>Which outputs of a graph are an input unchanged, and which an input with some of its elements replaced.</summary>
/// <remarks>
/// Read from the graph, because no session tells. Immutable and thread-safe.
/// <list type="bullet">
/// <item>The exports of the codec hand the states of its encoder on as they come: those need neither be fetched nor held twice.</item>
/// <item>A cache of keys and values gets new rows by a scatter node. Where nothing else reads the cache, input and output can be one piece of
/// memory, and the megabytes that do not change need not be copied in every step. Source of the idea: PocketTTS.cpp, which tries it out where
/// this reads the graph.</item>
/// </list>
/// </remarks>
internal sealed class GraphWiring
{
    private const string Identity = "Identity", Shape = "Shape";

    // ONNX Runtime declares that these may write their result over their first input, so they neither read it after writing nor copy it to itself.
    private static readonly string[] Scatters = ["ScatterND", "ScatterElements"];

    private readonly Dictionary<string, GraphNode> _producers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<GraphNode>> _readers = new(StringComparer.Ordinal);
    private bool _hasSubgraphs;

    private GraphWiring()
    {
    }

    /// <param name="model">A serialised ONNX model. Field numbers are those of onnx.proto (github.com/onnx/onnx, Apache-2.0).</param>
    /// <param name="location">For messages.</param>
    /// <exception cref="InvalidDataException">The model is cut off.</exception>
    public static GraphWiring Of(ReadOnlyMemory<byte> model, string location)
    {
        const int modelGraph = 7, graphNode = 1;
        var wiring = new GraphWiring();
        foreach (var graph in ProtoReader.Fields(model, Damaged).Where(f => f.Number == modelGraph))
        {
            foreach (var node in ProtoReader.Fields(graph.Bytes, Damaged).Where(f => f.Number == graphNode))
                wiring.Add(node.Bytes, Damaged);
        }

        return wiring;

        InvalidDataException Damaged() => new($"'{location}' is no whole ONNX model.");
    }

    /// <summary>Whether only <c>Identity</c> nodes stand between the two.</summary>
    public bool IsUnchanged(string input, string output) => input != output && Source(output) == input;

    /// <summary>
    /// Whether the output may be written over the input: a scatter node makes the one of the other, and nothing else reads what is in the input.
    /// </summary>
    public bool CanShareMemory(string input, string output)
    {
        if (_hasSubgraphs) // they may read any value by its name
            return false;
        return _producers.TryGetValue(Source(output), out var writer)
            && writer.Is(Scatters)
            && Source(writer.Inputs[0]) == input
            && writer.Inputs.Skip(1).All(i => Source(i) != input)
            && ReadersOf(input).All(r => r == writer || r.Is(Shape));
    }

    private string Source(string value)
    {
        // A graph has no cycles, but a damaged file may: each node is followed once.
        for (var hops = 0; hops < _producers.Count && _producers.TryGetValue(value, out var node) && node.Is(Identity); hops++)
            value = node.Inputs[0];
        return value;
    }

    /// <summary>Whoever reads the value, under this name or another.</summary>
    private HashSet<GraphNode> ReadersOf(string value)
    {
        var found = new HashSet<GraphNode>();
        var waiting = new Queue<string>([value]);
        while (waiting.TryDequeue(out var name))
        {
            foreach (var reader in _readers.GetValueOrDefault(name, []).Where(found.Add).Where(r => r.Is(Identity)))
                waiting.Enqueue(reader.Outputs[0]);
        }

        found.RemoveWhere(r => r.Is(Identity));
        return found;
    }

    private void Add(ReadOnlyMemory<byte> bytes, Func<Exception> damaged)
    {
        const int nodeInput = 1, nodeOutput = 2, nodeOperation = 4, nodeAttribute = 5, nodeDomain = 7, attributeGraph = 6, attributeGraphs = 11;
        List<string> inputs = [], outputs = [];
        string operation = "", domain = "";
        foreach (var (number, _, content) in ProtoReader.Fields(bytes, damaged))
        {
            switch (number)
            {
                case nodeInput:
                    inputs.Add(Encoding.UTF8.GetString(content.Span));
                    break;
                case nodeOutput:
                    outputs.Add(Encoding.UTF8.GetString(content.Span));
                    break;
                case nodeOperation:
                    operation = Encoding.UTF8.GetString(content.Span);
                    break;
                case nodeDomain:
                    domain = Encoding.UTF8.GetString(content.Span);
                    break;
                case nodeAttribute:
                    _hasSubgraphs |= ProtoReader.Fields(content, damaged).Any(f => f.Number is attributeGraph or attributeGraphs);
                    break;
            }
        }

        var isStandard = domain is ("" or "ai.onnx") && inputs.Count > 0 && outputs.Count > 0;
        var node = new GraphNode(isStandard ? operation : "", inputs, outputs);
        foreach (var output in outputs)
            _producers[output] = node;
        foreach (var input in inputs)
        {
            if (!_readers.TryGetValue(input, out var readers))
                _readers[input] = readers = [];
            readers.Add(node);
        }
    }

    /// <param name="operation">Of the standard operators; empty for any other.</param>
    /// <param name="inputs">Names of values; empty where an optional one is left out.</param>
    /// <param name="outputs">Names of values.</param>
    private sealed class GraphNode(string operation, List<string> inputs, List<string> outputs)
    {
        public List<string> Inputs => inputs;

        public List<string> Outputs => outputs;

        public bool Is(params ReadOnlySpan<string> operations) => operations.Contains(operation);
    }
}
