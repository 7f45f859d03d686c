using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MigrationKit.Cli.Tests.Infrastructure;

/// <summary>Emits assemblies with V1's public names, so that a test solution can reference V1 without building it.</summary>
internal static class V1Library
{
    private const string PocketTts = """
        [assembly: System.Reflection.AssemblyVersion("0.2.3.0")]
        namespace PocketTts;
        public class VoiceState : System.IDisposable { public void Dispose() { } }
        public partial class TtsModel : System.IDisposable
        {
            public TtsModel(string variant = "b6369a24", double temp = 0.7, int steps = 1, double eos = -4.0) { }
            public VoiceState LoadVoice(string voice) => null!;
            public float[] Generate(VoiceState voiceState, string text) => null!;
            public System.Collections.Generic.IEnumerable<float[]> Stream(VoiceState voiceState, string text) => null!;
            public int SampleRate => 24000;
            public void Dispose() { }
        }
        """;

    private const string VoiceForge = """
        [assembly: System.Reflection.AssemblyVersion("1.4.0.0")]
        namespace VoiceForge.Audio
        {
            public class RingBuffer
            {
                public RingBuffer(int capacitySamples, int channels = 1) { }
                public void Write(float[] audio) { }
                public float[] Read(int count) => null!;
            }
            public class AudioStream : System.IDisposable
            {
                public AudioStream(int inputDeviceIndex, int outputDeviceIndex, int sampleRate = 48000, int bufferSize = 256) { }
                public virtual void Start() { }
                public virtual void Stop() { }
                public void Dispose() { }
            }
        }
        namespace VoiceForge
        {
            public class VoiceForgeApp : System.IDisposable
            {
                public void Initialize() { }
                public void StartGoldenPath() { }
                public void Stop() { }
                public void Dispose() { }
            }
        }
        """;

    public static void Emit(string folder)
    {
        Directory.CreateDirectory(folder);
        Emit("PocketTts", PocketTts, folder);
        Emit("VoiceForge", VoiceForge, folder);
    }

    /// <summary>Emits an assembly of any source.</summary>
    public static void Emit(string name, string source, string folder)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "System.Collections.dll")
            .Select(p => MetadataReference.CreateFromFile(p));
        var result = CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(source)], platform, new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
            .Emit(Path.Combine(folder, $"{name}.dll"));
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
    }
}
