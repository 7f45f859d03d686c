using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;

namespace PocketTts.Tests;

public sealed class GraphWiringTests
{
    [Fact]
    public void OutputsThatAreAnInput_AreTold_OthersAreNot()
    {
        var g = new OnnxGraphWriter("test");
        var (a, b) = (g.Input("a", TensorElementType.Float, 1), g.Input("b", TensorElementType.Float, 1));
        g.Output("same", a, TensorElementType.Float, 1);
        g.Output("sameTwice", g.Op("Identity", g.Op("Identity", b)), TensorElementType.Float, 1);
        g.Output("changed", g.Op("Neg", a), TensorElementType.Float, 1);

        var wiring = GraphWiring.Of(g.ToModel(), "test");

        Assert.True(wiring.IsUnchanged("a", "same"));
        Assert.True(wiring.IsUnchanged("b", "sameTwice"));
        Assert.False(wiring.IsUnchanged("b", "same"));
        Assert.False(wiring.IsUnchanged("a", "changed"));
        Assert.False(wiring.IsUnchanged("a", "a"));
    }

    [Fact]
    public void ModelThatIsCutOff_IsRefused()
    {
        var g = new OnnxGraphWriter("test");
        g.Output("same", g.Input("a", TensorElementType.Float, 1), TensorElementType.Float, 1);

        Assert.Throws<InvalidDataException>(() => GraphWiring.Of(g.ToModel().AsMemory(0, 40), "test"));
    }

    [Fact]
    public void StatesOfTheCodecThatOnlyPassThrough_AreNotFetched()
    {
        using var tiny = new TinyModel(TinyLayout.L);
        using var engine = SpeechEngine.Load(tiny.Options);

        // 1: the flag, 2: the empty one, 4: of the encoder. 0 carries the sound over, 3 counts.
        Assert.Equal([false, true, true, false, true], engine.Graphs.MimiSlots.Select(s => s.IsConstant));
        Assert.All(engine.Graphs.FlowSlots, s => Assert.False(s.IsConstant || s.IsInPlace));
    }

    [Theory]
    [InlineData("ScatterND")]
    [InlineData("ScatterElements")]
    public void CacheThatOnlyAScatterReads_CanBeWrittenInPlace(string scatter)
    {
        var wiring = Cache((g, state, indices, rows) => g.Op(scatter, g.Op("Identity", state), indices, rows));

        Assert.True(wiring.CanShareMemory("state", "next"));
        Assert.False(wiring.CanShareMemory("rows", "next"));
        Assert.False(wiring.IsUnchanged("state", "next"));
    }

    [Fact]
    public void CacheWhoseShapeIsAsked_CanBeWrittenInPlace() =>
        Assert.True(Cache((g, state, indices, rows) =>
        {
            g.Op("Shape", state);
            return g.Op("ScatterND", state, indices, rows);
        }).CanShareMemory("state", "next"));

    /// <summary>Whatever else reads the old values, under their name or another, would read the new ones.</summary>
    [Theory]
    [InlineData("Neg")]
    [InlineData("Reshape")]
    public void CacheThatSomethingElseReads_IsNotWrittenInPlace(string operation)
    {
        Assert.False(Cache((g, state, indices, rows) => Both(g, state, state, indices, rows)).CanShareMemory("state", "next"));
        Assert.False(Cache((g, state, indices, rows) => Both(g, state, g.Op("Identity", state), indices, rows)).CanShareMemory("state", "next"));

        string Both(OnnxGraphWriter g, string state, string alias, string indices, string rows)
        {
            g.Op(operation, alias);
            return g.Op("ScatterND", state, indices, rows);
        }
    }

    [Fact]
    public void CacheThatIsMadeAnew_IsNotWrittenInPlace()
    {
        Assert.False(Cache((g, state, _, rows) => g.Op("Concat", [state, rows], ("axis", 0))).CanShareMemory("state", "next"));
        Assert.False(Cache((g, state, indices, rows) => g.Op("ScatterND", rows, indices, state)).CanShareMemory("state", "next"));
        Assert.False(Cache((g, state, indices, rows) => g.Op("ScatterND", g.Op("Reshape", state, indices), indices, rows)).CanShareMemory("state", "next"));
        Assert.False(Cache((g, state, indices, _) => g.Op("ScatterND", state, indices, state)).CanShareMemory("state", "next"));
    }

    [Fact]
    public void IdentitiesInARing_AreFollowedOnce()
    {
        var g = new OnnxGraphWriter("damaged");
        g.OpNamed("a", "Identity", "b");
        g.OpNamed("b", "Identity", "a");

        var wiring = GraphWiring.Of(g.ToModel(), "damaged");

        Assert.False(wiring.IsUnchanged("state", "a"));
        Assert.False(wiring.CanShareMemory("a", "b"));
    }

    private static GraphWiring Cache(Func<OnnxGraphWriter, string, string, string, string> next)
    {
        var g = new OnnxGraphWriter("cache");
        var (state, indices) = (g.Input("state", TensorElementType.Float, 4), g.Input("indices", TensorElementType.Int64, 1, 1));
        g.Output("next", next(g, state, indices, g.Input("rows", TensorElementType.Float, 1)), TensorElementType.Float, 4);
        return GraphWiring.Of(g.ToModel(), "cache");
    }
}
