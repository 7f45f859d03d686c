using MigrationKit.Cli.Tests.Infrastructure;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.Cli.Tests;

/// <summary>One program with a case of every rule and with rules that meet, migrated by the command line from each state.</summary>
[Collection(RunsCollection.Name)]
public sealed class SameTextTests
{
    private static readonly Dictionary<string, string> Sources = new()
    {
        ["Hub.cs"] = "using VoiceForge.Audio;\n\nclass Hub { internal RingBuffer Ring { get; } = new(480000, 1); }\n",
        ["Drain.cs"] = "class Drain(Hub hub)\n{\n    internal void Run()\n    {\n        while (hub.Ring.Available > 0)\n            System.Console.WriteLine(hub.Ring.Read(256).Length);\n    }\n}\n",
        ["Part1.cs"] = "using VoiceForge.Audio;\n\npartial class Recorder { private readonly RingBuffer _ring = new(480000, 1); }\n",
        ["Part2.cs"] = "partial class Recorder { internal void Put(float[] audio) => _ring.Write(audio); internal int Left => _ring.Available; }\n",
        ["Wrapper.cs"] = "using VoiceForge.Audio;\n\ninterface IPlayer { void Start(); }\n\nclass Wrapper(AudioStream stream) : IPlayer { public void Start() => stream.Start(); }\n",
        ["Meter.cs"] = "using VoiceForge.Audio;\n\nclass Meter\n{\n    internal void Run(float[] audio)\n    {\n        var ring = new RingBuffer(480000, 1);\n        ring.Write(audio);\n        float[] chunk = ring.Read(4096);\n        System.Console.WriteLine(chunk.Length);\n    }\n}\n",
        ["Statement.cs"] = "using PocketTts;\n\nstatic class Statement { internal static float[] Say(string text) { using var model = new TtsModel(\"tone\", steps: 4); return model.Generate(model.LoadVoice(\"alba\"), text); } }\n",
        ["Method.cs"] = "using VoiceForge;\nusing VoiceForge.Audio;\n\nstatic class Method\n{\n    internal static void Run(VoiceForgeApp app)\n    {\n        app.Initialize();\n        using var stream = new AudioStream(0, 1);\n        stream.Start();\n    }\n}\n",
        ["Class.cs"] = "using VoiceForge.Audio;\nusing VoiceForge.Core;\n\nclass Everything\n{\n    private readonly RingBuffer _ring = new(48000, 1);\n    private readonly AudioStream _stream = new(0, 1);\n    private readonly ModelLoader _loader = new(\"cpu\");\n\n    public object Open(string path)\n    {\n        _stream.Start();\n        System.Console.WriteLine(_ring.Read(256).Length);\n        return _loader.LoadModel(path);\n    }\n}\n",
        ["Branches.cs"] = "using VoiceForge.Audio;\n\nclass Branches\n{\n#if NEVER\n    RingBuffer _never = new(1);\n#else\n    internal RingBuffer? Ring;\n#endif\n}\n",
        ["Program.cs"] = "var hub = new Hub();\nnew Drain(hub).Run();\nnew Recorder().Put([]);\n",
    };

    [Fact]
    public async Task EveryState_EndsAsTheSameText()
    {
        var ends = new List<(string State, ExitCode Code, string Left, Dictionary<string, string> Texts)>();
        foreach (var state in new[] { "S1", "S2", "S3" })
        {
            using var bench = Bench(state);
            var fix = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");
            Assert.Equal("", fix.Error);
            var left = fix.Json["findings"]!.AsArray().Where(f => (string?)f!["status"] != "fixed").Select(f => $"{f!["rule"]} {f["file"]} {f["status"]}").Order(StringComparer.Ordinal);
            ends.Add((state, fix.ExitCode, string.Join("\n", left), Sources.Keys.ToDictionary(name => name, name => File.ReadAllText(Path.Combine(bench.App, name)))));
        }

        foreach (var (_, code, left, texts) in ends)
        {
            Assert.Equal(ExitCode.FindingsLeft, code);
            Assert.Equal("MK0104 Wrapper.cs manual", left);
            Assert.Equal(ends[0].Texts, texts);
        }

        var end = ends[0].Texts;
        Assert.Contains("internal SampleQueue Ring { get; } = new(480000, 1);", end["Hub.cs"], StringComparison.Ordinal);
        Assert.Equal(Sources["Drain.cs"], end["Drain.cs"]);
        Assert.Contains("SampleQueue _ring", end["Part1.cs"], StringComparison.Ordinal);
        Assert.Equal(Sources["Wrapper.cs"].Replace("AudioStream", "AudioStreamV2", StringComparison.Ordinal), end["Wrapper.cs"]);
        Assert.Contains("return model.GenerateAudio(model.GetStateForAudioPrompt(\"alba\"), text);", end["Statement.cs"], StringComparison.Ordinal);
        Assert.Contains("internal TripleBuffer? Ring;", end["Branches.cs"], StringComparison.Ordinal);
        Assert.Contains("RingBuffer _never", end["Branches.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task MigratedProgram_IsLeftAloneByASecondRun()
    {
        using var bench = Bench("S2");
        await bench.RunAsync("fix", bench.App, "--no-restore");
        var texts = Sources.Keys.Select(name => File.ReadAllText(Path.Combine(bench.App, name))).ToList();

        var again = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal(("", ExitCode.FindingsLeft), (again.Error, again.ExitCode));
        Assert.Equal(texts, Sources.Keys.Select(name => File.ReadAllText(Path.Combine(bench.App, name))));
        Assert.Equal("MK0104", (string?)Assert.Single(again.Json["findings"]!.AsArray())!["rule"]);
    }

    private static Workbench Bench(string state)
    {
        var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace(
            "    <Reference Include=\"PocketTts\">",
            "    <Reference Include=\"VoiceForge\">\n      <HintPath>..\\lib\\VoiceForge.dll</HintPath>\n    </Reference>\n    <Reference Include=\"PocketTts\">", StringComparison.Ordinal));
        foreach (var (name, text) in Sources)
            bench.Write("App/" + name, text);
        foreach (var library in new[] { "PocketTts", "VoiceForge" })
        {
            using var resource = typeof(StateReferences).Assembly.GetManifestResourceStream($"Reference/{state}/{library}.dll") ?? throw new InvalidOperationException($"No {library} of {state}.");
            using var file = File.Create(Path.Combine(bench.Root, "lib", library + ".dll"));
            resource.CopyTo(file);
        }

        return bench;
    }
}
