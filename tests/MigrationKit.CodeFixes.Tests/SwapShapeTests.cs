using MigrationKit.Tests.Verifiers;
using static MigrationKit.CodeFixes.Tests.Sources;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>The shapes in which people write the swapped types, each from every state, through all rules at once.</summary>
public sealed class SwapShapeTests
{
    private const string Pool = "var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);";

    [Theory]
    // Nested calls: the creation or the call is an argument.
    [InlineData("Keep(new AudioStream(0, 1));", Pool + "\nKeep(new AudioStreamV2(0, 1, bufferPool: bufferPool));")]
    [InlineData("Keep(new RingBuffer(480000, 1));", Pool + "\nKeep(new TripleBuffer(bufferSize: 48000, channels: 1));")]
    [InlineData("Keep(new VoiceForgeApp());", "Keep(new VoiceForgeAppV2());")]
    [InlineData(
        "var ring = new RingBuffer(480000);\nUse(ring.Read(256));",
        Pool + "\nvar ring = new TripleBuffer(bufferSize: 48000);\nUse(ring.Read() ?? Array.Empty<float>());")]
    [InlineData(
        "var a = new RingBuffer(480000);\nvar b = new RingBuffer(480000);\na.Write(b.Read(64));",
        Pool + "\nvar a = new TripleBuffer(bufferSize: 48000);\nvar b = new TripleBuffer(bufferSize: 48000);\na.Write(b.Read() ?? Array.Empty<float>());")]
    // Positional, named, and both.
    [InlineData(
        "var s = new AudioStream(0, outputDeviceIndex: 1, sampleRate: 8000);",
        Pool + "\nvar s = new AudioStreamV2(0, outputDeviceIndex: 1, sampleRate: 8000, bufferPool: bufferPool);")]
    [InlineData("var r = new RingBuffer(480000, channels: 2);", Pool + "\nvar r = new TripleBuffer(bufferSize: 48000, channels: 2);")]
    // Explicit type and target-typed new.
    [InlineData("AudioStream s = new(0, 1);", Pool + "\nAudioStreamV2 s = new(0, 1, bufferPool: bufferPool);")]
    [InlineData("RingBuffer r = new(480000);", Pool + "\nTripleBuffer r = new(bufferSize: 48000);")]
    [InlineData("VoiceForgeApp app = new();\nKeep(app);", "VoiceForgeAppV2 app = new();\nKeep(app);")]
    [InlineData("AudioStream? s = null;\ns ??= new(0, 1);", "AudioStreamV2? s = null;\n" + Pool + "\ns ??= new(0, 1, bufferPool: bufferPool);")]
    public Task Local(string before, string after) => MigrationVerifier.VerifyAsync(InMethod(before), InMethod(after));

    [Theory]
    [InlineData("app?.Initialize();", "if (app?.Initialize() == false)")]
    [InlineData("app!.Initialize();", "if (!app!.Initialize())")]
    public Task ConditionalAccess(string before, string after) => MigrationVerifier.VerifyAsync(
        InClass($"void M(VoiceForgeApp? app)\n{{\n    {before}\n}}"),
        InClass($"void M(VoiceForgeAppV2? app)\n{{\n    {after}\n    {{\n        throw new InvalidOperationException(\"Init failed\");\n    }}\n}}"));

    [Fact]
    public Task UnbracedIf_OfAnApplication() => MigrationVerifier.VerifyAsync(
        InMethod("""
            var app = new VoiceForgeApp();
            if (flag)
                app.StartGoldenPath();
            else
                app.Stop();
            """),
        InMethod("""
            var app = new VoiceForgeAppV2();
            if (flag)
            {
                if (!app.StartGoldenPath())
                {
                    throw new InvalidOperationException("Start failed");
                }
            }
            else
                app.Stop();
            """));

    [Fact]
    public Task UnbracedIf_OfARing() => MigrationVerifier.VerifyAsync(
        InMethod("""
            var ring = new RingBuffer(480000);
            if (flag) ring.Write(audio);
            else Use(ring.Read(256));
            """),
        InMethod(Pool + "\n" + """
            var ring = new TripleBuffer(bufferSize: 48000);
            if (flag) ring.Write(audio);
            else Use(ring.Read() ?? Array.Empty<float>());
            """));

    [Fact]
    public Task MethodGroups_OfAnApplication() => MigrationVerifier.VerifyAsync(
        InMethod("""
            var app = new VoiceForgeApp();
            var thread = new System.Threading.Thread(app.StartGoldenPath);
            """),
        InMethod("""
            var app = new VoiceForgeAppV2();
            var thread = new System.Threading.Thread(() =>
            {
                if (!app.StartGoldenPath())
                {
                    throw new InvalidOperationException("Start failed");
                }
            });
            """));

    [Fact]
    public Task ExpressionBodies() => MigrationVerifier.VerifyAsync(
        InClass("""
            private readonly VoiceForgeApp _app = new();
            private readonly RingBuffer _ring = new(480000);

            public void Open() => _app.Initialize();

            public float[] Newest => _ring.Read(64);

            public static VoiceForgeApp Make() => new();

            public void Feed(float[] audio) => _ring.Write(audio);
            """),
        InClass("""
            private readonly VoiceForgeAppV2 _app = new();
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            private readonly TripleBuffer _ring = new(bufferSize: 48000);

            public void Open()
            {
                if (!_app.Initialize())
                {
                    throw new InvalidOperationException("Init failed");
                }
            }

            public float[] Newest => _ring.Read() ?? Array.Empty<float>();

            public static VoiceForgeAppV2 Make() => new();

            public void Feed(float[] audio) => _ring.Write(audio);
            """));

    [Fact]
    public Task Usings() => MigrationVerifier.VerifyAsync(
        InMethod("""
            using var app = new VoiceForgeApp();
            using (var stream = new AudioStream(0, 1))
                stream.Start();
            """),
        InMethod("""
            using var app = new VoiceForgeAppV2();
            using (var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100))
            using (var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool))
            {
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            }
            """));

    [Fact]
    public Task Properties() => MigrationVerifier.VerifyAsync(
        InClass("""
            internal RingBuffer Newest { get; } = new RingBuffer(480000);

            internal AudioStream? Output { get; private set; }

            internal void Open(int device)
            {
                Output = new AudioStream(device, device);
                Output.Start();
            }
            """),
        InClass("""
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);

            internal TripleBuffer Newest { get; } = new TripleBuffer(bufferSize: 48000);

            internal AudioStreamV2? Output { get; private set; }

            internal void Open(int device)
            {
                Output = new AudioStreamV2(device, device, bufferPool: _bufferPool);
                if (!Output.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            }
            """));
}
