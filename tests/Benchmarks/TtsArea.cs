using System.Diagnostics;
using PocketTts;
using PocketTts.Onnx;
namespace MigrationKit.Benchmarks;
internal static class TtsArea
{
    public static IEnumerable<Claim> Run()
    {

        using var opts = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1 };
        using var ro = new Microsoft.ML.OnnxRuntime.RunOptions();
        using var full = new Microsoft.ML.OnnxRuntime.InferenceSession(TtsCodecGraph.Decoder(), opts);
        using var cut = new Microsoft.ML.OnnxRuntime.InferenceSession(TtsCodecGraph.Decoder(true), opts);
        var slots = StateReader.Read(full, "mimi_decoder");
        using var lat = new NativeTensor(Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, 1, 1, 32);
        using var aud = new NativeTensor(Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, 1, 1, 1920);
        using var a = new StatefulGraph(full, ro, slots, [("latent", lat)], [("audio_frame", aud)]);
        var s1 = Array.ConvertAll(slots, s => s.CreateTensor()); var s2 = Array.ConvertAll(slots, s => s.CreateTensor());
        // bools are pass-through too
        Microsoft.ML.OnnxRuntime.OrtIoBinding C(Microsoft.ML.OnnxRuntime.InferenceSession q, NativeTensor[] f, NativeTensor[] to) { var b = q.CreateIoBinding(); b.BindInput("latent", lat.Value); b.BindOutput("audio_frame", aud.Value);
          for (var i = 0; i < slots.Length; i++) { var has = cut.OutputMetadata.ContainsKey(slots[i].Output); b.BindInput(slots[i].Input, (has ? f : s1)[i].Value); if (has) b.BindOutput(slots[i].Output, to[i].Value); } return b; }
        var (f1, f2) = (C(full, s1, s2), C(full, s2, s1)); var (c1, c2) = (C(cut, s1, s2), C(cut, s2, s1));
        for (var r = 0; r < 12; r++) {
          var t = Stopwatch.GetTimestamp(); for (var i = 0; i < 20; i++) a.Step(); var ta = Stopwatch.GetElapsedTime(t) / 20;
          t = Stopwatch.GetTimestamp(); for (var i = 0; i < 10; i++) { full.RunWithBinding(ro, f1); full.RunWithBinding(ro, f2); } var tb = Stopwatch.GetElapsedTime(t) / 20;
          t = Stopwatch.GetTimestamp(); for (var i = 0; i < 10; i++) { cut.RunWithBinding(ro, c1); cut.RunWithBinding(ro, c2); } var tc = Stopwatch.GetElapsedTime(t) / 20;
          Console.WriteLine($"all {ta.TotalMilliseconds:0.00} unfetched {tb.TotalMilliseconds:0.00} cut {tc.TotalMilliseconds:0.00}");
        }
        yield break;
    }
}
