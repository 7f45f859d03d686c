using System.Text;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Every two rules that change the code of a library meet in one method, in one class and in one statement.</summary>
public sealed class InterplayMatrixTests
{
    // Rule, statements before, and what must stand there afterwards.
    private static readonly (string Rule, string Before, string After)[] Rules =
    [
        ("MK0001", "using var model = new TtsModel(\"tone\", steps: 4); Use(model);", "using var model = TtsModel.LoadModel(\"tone\", lsdDecodeSteps: 4);"),
        ("MK0002", "using var loaded = TtsModel.LoadModel(eos: -3, steps: 2); Use(loaded);", "using var loaded = TtsModel.LoadModel(eosThreshold: -3, lsdDecodeSteps: 2);"),
        ("MK0003", "Use(tts.Generate(tts.LoadVoice(\"alba\"), \"Hi\"));", "Use(tts.GenerateAudio(tts.GetStateForAudioPrompt(\"alba\"), \"Hi\"));"),
        ("MK0005", "Use(typeof(TtsModel).GetMethod(\"Generate\", new[] { typeof(VoiceState), typeof(string) })!);", "GetMethod(\"GenerateAudio\", new[] {"),
        ("MK0101", "var ring = new RingBuffer(48000, 1); ring.Write(audio); Use(ring.Channels);", "var ring = new TripleBuffer(bufferSize: 48000, channels: 1);"),
        ("MK0102", "var old = new RingBuffer(480, 1); old.Write(audio); var block = old.Read(64); Use(block.Length);", "if (block is not null)"),
        ("MK0103", "using var stream = new AudioStream(0, 1); Use(stream.IsRunning);", "using var stream = new AudioStreamV2(0, 1, bufferPool: "),
        ("MK0104", "using var input = new AudioStream(0, 1); input.Start();", "if (!input.Start())"),
        ("MK0105", "using var effect = new AudioStream(0, 1); effect.SetProcessingCallback(heard => heard.Length < 3 ? null! : heard);", "heard.Length < 3 ? new float[heard.Length] : heard"),
        ("MK0106", "var loader = new ModelLoader(\"cpu\"); Use(loader.LoadModel(path));", ".GetOrLoad(loader, path)"),
        ("MK0107", "var app = new VoiceForgeApp(); app.Initialize();", "if (!app.Initialize())"),
        ("MK0108", "using var pool = new BufferPool(480000, 100); using var wide = new AudioStreamV2(0, 1, pool, 44100); Use(wide.IsRunning);", "using var wide = new AudioStreamV2(0, 1, pool, config.Audio.SampleRate);"),
        ("MK0110", "using var spare = new BufferPool(480, 10); var lease = spare.Acquire(); Use(lease.Samples.Length);", "using var lease = spare.Acquire();"),
        ("MK0111", "var queue = new RingBuffer(960, 1); while (queue.Available > 0) Use(queue.Read(3));", "var queue = new SampleQueue(960, 1);"),
    ];

    // Reported in async methods only, and only at the last stage, where it also awaits what other rules leave behind.
    private static readonly (string Rule, string Before, string After) Awaiting =
        ("MK0004", "Use(tts.GenerateAudio(tts.GetStateForAudioPrompt(\"alba\"), \"Ho\"));", "Use(await tts.GenerateAudioAsync(tts.GetStateForAudioPrompt(\"alba\"), \"Ho\"));");

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task EveryPair_EndsAsTheSameCompilingText(bool isOneMethod, bool isAsync)
    {
        var rules = isAsync ? Rules.Select(rule => rule with { After = Awaited(rule.After) }).Append(Awaiting).ToArray() : Rules;
        string[] on = isAsync ? ["MK0004"] : [];
        var source = new StringBuilder("using System;\nusing System.Threading.Tasks;\nusing PocketTts;\nusing VoiceForge;\nusing VoiceForge.Audio;\nusing VoiceForge.Core;\n\n");
        foreach (var (first, second) in Pairs(rules))
        {
            source.Append($"class {first.Rule}{second.Rule}\n{{\n");
            if (isOneMethod)
                source.Append(Method("Both", isAsync, first.Before, second.Before));
            else
                source.Append(Method("First", isAsync, first.Before)).Append('\n').Append(Method("Second", isAsync, second.Before));
            source.Append("\n    static void Use(object value) => Console.WriteLine(value);\n}\n\n");
        }

        await TestProject.AssertCompilesAsync(TestProject.Create(CodeState.S2, source.ToString()), "before, in S2");
        var (fromS2, leftInS2) = await MigrationVerifier.MigrateAsync(CodeState.S2, source.ToString(), on);
        var (fromS3, leftInS3) = await MigrationVerifier.MigrateAsync(CodeState.S3, source.ToString(), on);

        Assert.Equal(fromS2, fromS3);
        Assert.Empty(leftInS2);
        Assert.Empty(leftInS3);
        await TestProject.AssertCompilesAsync(TestProject.Create(CodeState.S3, fromS3), "after, in S3");
        foreach (var (first, second) in Pairs(rules))
        {
            var type = fromS3.Split($"class {first.Rule}{second.Rule}\n", 2)[1].Split("\nclass ", 2)[0];
            Assert.Contains(first.After, type, StringComparison.Ordinal);
            Assert.Contains(second.After, type, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Use((new TtsModel(\"tone\"), new RingBuffer(480)));", "Use((TtsModel.LoadModel(\"tone\"), new TripleBuffer(bufferSize: 480)));")]
    [InlineData("Use(new TtsModel(steps: 2).Generate(tts.LoadVoice(\"a\"), \"b\"));", "Use(TtsModel.LoadModel(lsdDecodeSteps: 2).GenerateAudio(tts.GetStateForAudioPrompt(\"a\"), \"b\"));")]
    [InlineData("if (tts.Generate(tts.LoadVoice(\"a\"), \"b\").Length > 0) stream.Start(); else ring.Write(tts.Generate(tts.LoadVoice(\"a\"), \"c\"));",
        "if (tts.GenerateAudio(tts.GetStateForAudioPrompt(\"a\"), \"b\").Length > 0) { if (!stream.Start()) { throw new InvalidOperationException(\"Audio stream failed to start.\"); } } else ring.Write(tts.GenerateAudio(tts.GetStateForAudioPrompt(\"a\"), \"c\"));")]
    public async Task OneStatement_TakesTheFixesOfAllItsRules(string before, string after)
    {
        const string Head = "using System; using PocketTts; using VoiceForge.Audio; class C { static void Use(object value) { } void M(TtsModel tts, ";
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var (text, left) = await MigrationVerifier.MigrateAsync(state, Head + "AudioStream stream, RingBuffer ring) { " + before + " } }");

            Assert.Empty(left);
            Assert.Contains(Words(after), Words(text), StringComparison.Ordinal);
            await TestProject.AssertCompilesAsync(TestProject.Create(CodeState.S3, text), "after, in S3");
        }
    }

    [Fact]
    public async Task Program_LoadsOneConfigurationForWhatOtherRulesBring()
    {
        const string Before = "using VoiceForge;\nusing VoiceForge.Audio;\nusing VoiceForge.Core;\n\nconst int Rate = 44100;\nusing var stream = new AudioStream(0, 1, Rate, 512);\nvar cache = new ModelCache(4);\n";
        const string After = """
            using VoiceForge;
            using VoiceForge.Audio;
            using VoiceForge.Core;

            var config = VoiceForgeConfig.Load();
            int Rate = config.Audio.SampleRate;
            using var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            using var stream = new AudioStreamV2(0, 1, sampleRate: Rate, bufferSize: config.Audio.BufferSize, bufferPool: bufferPool);
            var cache = new ModelCache(config.Resources.Allocation.ModelCacheGb);

            """;
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var (text, left) = await MigrationVerifier.MigrateAsync(state, Before);

            Assert.Equal(After, text);
            Assert.Empty(left);
        }
    }

    private static IEnumerable<((string Rule, string Before, string After) First, (string Rule, string Before, string After) Second)> Pairs((string Rule, string Before, string After)[] rules) =>
        rules.SelectMany(first => rules.Where(second => second.Rule != first.Rule).Select(second => (first, second)));

    private static string Awaited(string after) => after
        .Replace("TtsModel.LoadModel(", "await TtsModel.LoadModelAsync(", StringComparison.Ordinal)
        .Replace("tts.GenerateAudio(", "await tts.GenerateAudioAsync(", StringComparison.Ordinal);

    private static string Method(string name, bool isAsync, params string[] statements) =>
        $"    public {(isAsync ? "async Task" : "void")} {name}(TtsModel tts, float[] audio, string path, VoiceForgeConfig config)\n    {{\n        {(isAsync ? "await Task.Yield();\n        " : "")}{string.Join("\n        ", statements.Select(each => each.Replace("; ", ";\n        ", StringComparison.Ordinal)))}\n    }}\n";

    private static string Words(string text) => string.Join(" ", text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries));
}
