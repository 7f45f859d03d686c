using System.Collections.Immutable;
using static MigrationKit.Generated.Model.ValueKind;

namespace MigrationKit.Generated.Model;

/// <summary>The V1 surface, as far as programs are made of it: all of both libraries.</summary>
public sealed record V1Type(Api Api, string Name, bool IsDisposable, ImmutableArray<V1Parameter> Constructor, ImmutableArray<V1Member> Members)
{
    private static readonly V1Parameter Block = Required("audio", ValueKind.Block, "new float[256]", "new float[256]", "new float[128]");
    private static readonly V1Parameter Voice = Required("voiceState", ValueKind.Voice);
    private static readonly V1Parameter Text = Required("text", ValueKind.Text, "\"Hello world\"", "\"a, b\"", "\"\"");

    public static ImmutableArray<V1Type> All { get; } =
    [
        new(Api.Tts, "TtsModel", true,
            [
                Optional("variant", ValueKind.Text, "\"b6369a24\"", "\"tone\""), Optional("temp", ValueKind.Double, "0.7", "0.25", "1"),
                Optional("steps", Int, "1", "4"), Optional("eos", ValueKind.Double, "-4.0", "-3"),
            ],
            [
                new("LoadVoice", ValueKind.Voice, [Required("voice", ValueKind.Text, "\"alba\"", "\"marius\"")]),
                new("Generate", ValueKind.Block, [Voice, Text]),
                new("Stream", Blocks, [Voice, Text]),
                Property("SampleRate", Int), new("Dispose", Nothing, []),
            ]),
        new(Api.Ring, "RingBuffer", false,
            [Required("capacitySamples", Int, "480000", "48000", "4096", "12 * 1000"), Optional("channels", Int, "1", "2")],
            [
                new("Write", Nothing, [Block]), new("Write", Nothing, [Block]),
                new("Read", ValueKind.Block, [Required("count", Int, "256", "256", "128")]), new("Read", ValueKind.Block, [Required("count", Int, "256")]),
                new("Clear", Nothing, []), Property("Channels", Int), Property("Available", Int), Property("CapacitySamples", Int),
            ]),
        new(Api.Stream, "AudioStream", true,
            [
                Required("inputDeviceIndex", Int, "0", "1"), Required("outputDeviceIndex", Int, "0", "1"),
                Optional("sampleRate", Int, "48000", "44100"), Optional("bufferSize", Int, "256", "512"),
            ],
            [
                new("SetProcessingCallback", Nothing, [Required("callback", Callback, "block => block", "Log.Same", "null", "(float[] block) => { return block; }")]),
                new("Start", Nothing, []), new("Start", Nothing, []), new("Stop", Nothing, []), new("Dispose", Nothing, []), Property("IsRunning", Flag),
            ]),
        new(Api.App, "VoiceForgeApp", true, [], [new("Initialize", Nothing, []), new("StartGoldenPath", Nothing, []), new("Stop", Nothing, []), new("Dispose", Nothing, [])]),
        new(Api.Loader, "ModelLoader", false, [Optional("device", ValueKind.Text, "\"cuda\"", "\"cpu\"")],
            [new("LoadModel", ValueKind.Model, [Required("pthPath", ValueKind.Text, "\"a.onnx\"", "\"b.onnx\""), Optional("indexPath", ValueKind.Text, "\"a.index\"", "null")])]),
    ];

    public static V1Type Of(Api api) => All.Single(type => type.Api == api);

    public V1Member Member(string name) => Members.First(member => member.Name == name);

    private static V1Member Property(string name, ValueKind result) => new(name, result, [], IsProperty: true);

    private static V1Parameter Required(string name, ValueKind kind, params ImmutableArray<string> constants) => new(name, kind, true, constants);

    private static V1Parameter Optional(string name, ValueKind kind, params ImmutableArray<string> constants) => new(name, kind, false, constants);
}
