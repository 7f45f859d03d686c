using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;

namespace MigrationKit.Benchmarks;

/// <summary>Model files of a chosen size that process a block of 256 frames within a millisecond or so, in a temporary folder.</summary>
internal sealed class CachesModel : IDisposable
{
    public const int Block = 256;
    private const int Inner = 1024;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("migrationkit-caches-");

    /// <summary>Writes a model: two layers, and a table of so many bytes of which it reads one row, as a voice model does with its speakers.</summary>
    /// <param name="megabytes">Size of the table in MiB.</param>
    /// <param name="seed">Models of different seeds are different files.</param>
    public string Write(int megabytes, int seed)
    {
        var builder = new TtsGraphBuilder("voice", seed);
        var graph = builder.Graph;
        var audio = graph.Input("audio", TtsGraphBuilder.Float, 1, Block);
        var speaker = graph.Input("speaker", TtsGraphBuilder.Integer, 1);
        var speakers = graph.Op("Gather", builder.Weights(Block, megabytes * (1 << 20) / (Block * sizeof(float)), Block), speaker);
        graph.Output("voice", builder.FeedForward(graph.Op("Add", audio, speakers), Block, Inner), TtsGraphBuilder.Float, 1, Block);
        var path = Path.Combine(_folder.FullName, $"voice-{megabytes}-{seed}.onnx");
        File.WriteAllBytes(path, graph.ToModel());
        return path;
    }

    /// <summary>Processes one block.</summary>
    public static void Run(InferenceSession session, ReadOnlySpan<float> input, Span<float> output)
    {
        using var results = session.Run(
        [
            NamedOnnxValue.CreateFromTensor("audio", new DenseTensor<float>(input.ToArray(), [1, Block])),
            NamedOnnxValue.CreateFromTensor("speaker", new DenseTensor<long>(new long[] { 1 }, [1])),
        ]);
        ((DenseTensor<float>)results[0].Value).Buffer.Span.CopyTo(output);
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
