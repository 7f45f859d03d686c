using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;
using PocketTts.Tone;

namespace PocketTts.Tests;

/// <summary>Replacements of <c>flow_lm_flow</c> with a direction that a test can compute by hand.</summary>
internal static class FlowGraphs
{
    /// <param name="direction">From the inputs <c>x</c>, <c>s</c> and <c>t</c>, a value that broadcasts to <c>[1, latent size]</c>.</param>
    public static byte[] Write(Func<OnnxGraphWriter, string> direction)
    {
        var g = new OnnxGraphWriter("flow_lm_flow");
        g.Input("c", TensorElementType.Float, 1, ToneGraphs.RowSize);
        g.Input("s", TensorElementType.Float, 1, 1);
        g.Input("t", TensorElementType.Float, 1, 1);
        var x = g.Input("x", TensorElementType.Float, 1, ToneGraphs.LatentSize);
        var result = g.Op("Add", direction(g), g.Op("Mul", x, g.Constant(0f)));
        g.Output("flow_dir", result, TensorElementType.Float, 1, ToneGraphs.LatentSize);
        return g.ToModel();
    }
}
