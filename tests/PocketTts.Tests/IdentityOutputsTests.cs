using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;

namespace PocketTts.Tests;

public sealed class IdentityOutputsTests
{
    [Fact]
    public void OutputsThatAreAnInput_AreTold_OthersAreNot()
    {
        var g = new OnnxGraphWriter("test");
        var (a, b) = (g.Input("a", TensorElementType.Float, 1), g.Input("b", TensorElementType.Float, 1));
        g.Output("same", a, TensorElementType.Float, 1);
        g.Output("sameTwice", g.Op("Identity", g.Op("Identity", b)), TensorElementType.Float, 1);
        g.Output("changed", g.Op("Neg", a), TensorElementType.Float, 1);

        var outputs = IdentityOutputs.Of(g.ToModel(), "test");

        Assert.True(outputs.IsUnchanged("a", "same"));
        Assert.True(outputs.IsUnchanged("b", "sameTwice"));
        Assert.False(outputs.IsUnchanged("b", "same"));
        Assert.False(outputs.IsUnchanged("a", "changed"));
        Assert.False(outputs.IsUnchanged("a", "a"));
    }

    [Fact]
    public void ModelThatIsCutOff_IsRefused()
    {
        var g = new OnnxGraphWriter("test");
        g.Output("same", g.Input("a", TensorElementType.Float, 1), TensorElementType.Float, 1);

        Assert.Throws<InvalidDataException>(() => IdentityOutputs.Of(g.ToModel().AsMemory(0, 40), "test"));
    }

    [Fact]
    public void StatesOfTheCodecThatOnlyPassThrough_AreNotFetched()
    {
        using var tiny = new TinyModel(TinyLayout.L);
        using var engine = SpeechEngine.Load(tiny.Options);

        // 1: the flag, 2: the empty one, 4: of the encoder. 0 carries the sound over, 3 counts.
        Assert.Equal([false, true, true, false, true], engine.Graphs.MimiSlots.Select(s => s.IsConstant));
        Assert.All(engine.Graphs.FlowSlots, s => Assert.False(s.IsConstant));
    }
}
