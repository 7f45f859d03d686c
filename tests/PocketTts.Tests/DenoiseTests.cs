using PocketTts.Onnx;

namespace PocketTts.Tests;

public sealed class DenoiseTests
{
    public static TheoryData<string, int, float, float> Directions => new()
    {
        { "2", 1, 0, 2 }, { "2", 2, 0, 2 }, { "2", 5, 0, 2 },
        { "x", 1, 1, 2 }, { "x", 2, 1, 2.25f }, { "x", 4, 1, 2.44140625f },
        { "s", 1, 0, 0 }, { "s", 2, 0, 0.25f }, { "s", 4, 0, 0.375f },
        { "t", 1, 0, 1 }, { "t", 2, 0, 0.75f }, { "t", 4, 0, 0.625f },
        { "t-s", 1, 0, 1 }, { "t-s", 4, 0, 0.25f },
    };

    [Theory]
    [MemberData(nameof(Directions))]
    public void Steps_FollowTheDirection(string direction, int steps, float start, float end)
    {
        using var folder = new BundleFolder(f => f["flow_lm_flow.onnx"] = FlowGraphs.Write(g => Direction(g, direction)));
        using var engine = folder.LoadEngine();
        var workspace = engine.Rent();
        workspace.Latents.Latent.Fill(start);

        workspace.Latents.Denoise(steps);

        Assert.All(workspace.Latents.Latent.ToArray(), v => Assert.Equal(end, v, 1e-6f));
        engine.Return(workspace);
    }

    private static string Direction(OnnxGraphWriter g, string direction) => direction switch
    {
        "2" => g.Constant(2f),
        "t-s" => g.Op("Sub", "t", "s"),
        _ => direction,
    };
}
