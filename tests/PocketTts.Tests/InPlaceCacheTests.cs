using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;

namespace PocketTts.Tests;

/// <summary>Graphs that scatter new rows into their caches get one piece of memory for input and output; what they say must not change.</summary>
public sealed class InPlaceCacheTests
{
    private static readonly float[] Prompt = Items.TinyRun.Samples(3 * TinyGraphs.SamplesPerFrame);

    [Theory]
    [InlineData(TinyLayout.K1)]
    [InlineData(TinyLayout.S)]
    [InlineData(TinyLayout.K2)]
    [InlineData(TinyLayout.L)]
    [InlineData(TinyLayout.V)]
    public void Caches_AreOneTensor_AndSayTheSame(TinyLayout layout)
    {
        using TinyModel copying = new(layout), inPlace = new(layout, graphs: new TinyGraphs(layout) { ScattersInPlace = true });
        using SpeechEngine expected = SpeechEngine.Load(copying.Options), found = SpeechEngine.Load(inPlace.Options);

        Assert.DoesNotContain(expected.Graphs.FlowSlots, s => s.IsInPlace);
        Assert.All(found.Graphs.FlowSlots, s => Assert.Equal(s.IsCache, s.IsInPlace));
        foreach (var text in (string[])["abc def. ghi", "hi", "a longer text, with commas"])
            Assert.Equal(Speak(expected, text), Speak(found, text));
    }

    [Fact]
    public void TerminatedRun_LeavesNothingBehind()
    {
        using var tiny = new TinyModel(TinyLayout.K2, graphs: new TinyGraphs(TinyLayout.K2) { ScattersInPlace = true });
        using var engine = SpeechEngine.Load(tiny.Options);
        var before = Speak(engine, "abc def");
        var workspace = engine.Rent();
        workspace.Latents.ResetFlow();
        workspace.Terminate();
        Assert.ThrowsAny<Exception>(() => workspace.Latents.StepMain());
        foreach (var state in workspace.Latents.FlowStates)
            state.Bytes.Fill(0x7f); // the worst that a run could leave
        engine.Return(workspace);

        Assert.Equal(before, Speak(engine, "abc def"));
    }

    /// <summary>What the whole idea rests on: the kernels write over their input if they are told to, and touch nothing but what is replaced.</summary>
    [Theory]
    [InlineData("ScatterND", TensorElementType.Float)]
    [InlineData("ScatterND", TensorElementType.Float16)]
    [InlineData("ScatterElements", TensorElementType.Float)]
    [InlineData("ScatterElements", TensorElementType.Float16)]
    public void Kernel_WritesOverItsInput(string operation, TensorElementType type)
    {
        const int rows = 6, width = 4, place = 2;
        var isWhole = operation == "ScatterND";
        var g = new OnnxGraphWriter("cache");
        var (state, news) = (g.Input("state_0", type, rows, width), g.Input("rows", type, 1, width));
        var indices = isWhole ? g.Constant([place], 1, 1) : g.Constant([.. Enumerable.Repeat((long)place, width)], 1, width);
        g.Output("out_state_0", g.OpNamed("out_state_0", operation, state, indices, news), type, rows, width);
        Assert.True(GraphWiring.Of(g.ToModel(), "cache").CanShareMemory("state_0", "out_state_0"));
        using var session = new InferenceSession(g.ToModel());
        using NativeTensor cache = new(type, rows, width), row = new(type, 1, width);
        cache.Bytes.Fill(0x11);
        row.Bytes.Fill(0x22);

        using (var binding = session.CreateIoBinding())
        using (var options = new RunOptions())
        {
            binding.BindInput("state_0", cache.Value);
            binding.BindInput("rows", row.Value);
            binding.BindOutput("out_state_0", cache.Value);
            session.RunWithBinding(options, binding);
        }

        var rowBytes = width * NativeTensor.SizeOf(type);
        Assert.Equal(Enumerable.Range(0, rows * rowBytes).Select(i => (byte)(i / rowBytes == place ? 0x22 : 0x11)), cache.Bytes.ToArray());
    }

    private static float[] Speak(SpeechEngine engine, string text)
    {
        using var voice = engine.CreateVoice(Prompt, 24000, truncate: false);
        return engine.Generate(voice, text, new GenerationOptions { MaxTokens = 12 });
    }
}
