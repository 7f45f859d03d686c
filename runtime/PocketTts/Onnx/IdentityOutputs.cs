using System.Text;

namespace PocketTts.Onnx;

/// <summary>Knows which outputs of a graph are an input unchanged: those that only <c>Identity</c> nodes stand before.</summary>
/// <remarks>
/// The exports of the codec hand the states of its encoder on like this. They never change, so they need neither be fetched nor held twice.
/// </remarks>
internal sealed class IdentityOutputs
{
    private readonly Dictionary<string, string> _sources = new(StringComparer.Ordinal);

    private IdentityOutputs()
    {
    }

    /// <param name="model">A serialised ONNX model. Field numbers are those of onnx.proto (github.com/onnx/onnx, Apache-2.0).</param>
    /// <param name="location">For messages.</param>
    /// <exception cref="InvalidDataException">The model is cut off.</exception>
    public static IdentityOutputs Of(ReadOnlyMemory<byte> model, string location)
    {
        const int modelGraph = 7, graphNode = 1;
        var found = new IdentityOutputs();
        foreach (var graph in ProtoReader.Fields(model, Damaged).Where(f => f.Number == modelGraph))
        {
            foreach (var node in ProtoReader.Fields(graph.Bytes, Damaged).Where(f => f.Number == graphNode))
                found.Add(node.Bytes, Damaged);
        }

        return found;

        InvalidDataException Damaged() => new($"'{location}' is no whole ONNX model.");
    }

    public bool IsUnchanged(string input, string output)
    {
        // A graph has no cycles, but a damaged file may: each source is followed once.
        for (var hops = 0; hops < _sources.Count && _sources.TryGetValue(output, out var source); hops++)
        {
            if (source == input)
                return true;
            output = source;
        }

        return false;
    }

    private void Add(ReadOnlyMemory<byte> node, Func<Exception> damaged)
    {
        const int nodeInput = 1, nodeOutput = 2, nodeOperation = 4, nodeDomain = 7;
        string input = "", output = "", operation = "", domain = "";
        foreach (var (number, _, bytes) in ProtoReader.Fields(node, damaged))
        {
            switch (number)
            {
                case nodeInput:
                    input = Encoding.UTF8.GetString(bytes.Span);
                    break;
                case nodeOutput:
                    output = Encoding.UTF8.GetString(bytes.Span);
                    break;
                case nodeOperation:
                    operation = Encoding.UTF8.GetString(bytes.Span);
                    break;
                case nodeDomain:
                    domain = Encoding.UTF8.GetString(bytes.Span);
                    break;
            }
        }

        if (operation == "Identity" && domain is ("" or "ai.onnx"))
            _sources[output] = input;
    }
}
