using MigrationKit.Tests.Verifiers;
using static MigrationKit.CodeFixes.Tests.Sources;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>The before and after snippets of the two migration guides, in C#, through all rules at once.</summary>
public sealed class GuideTests
{
    [Fact]
    public Task R1_R2_R3_R4_BufferManagement() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        class Chain
        {
            void Run(float[] audioData)
            {
                var ringBuffer = new RingBuffer(capacitySamples: 480000, channels: 1);
                ringBuffer.Write(audioData);
                float[] audioChunk = ringBuffer.Read(4096);
                Console.WriteLine(audioChunk.Length);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class Chain
        {
            void Run(float[] audioData)
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                var ringBuffer = new TripleBuffer(bufferSize: 48000, channels: 1);
                ringBuffer.Write(audioData);
                float[]? audioChunk = ringBuffer.Read();
                if (audioChunk is not null)
                {
                    Console.WriteLine(audioChunk.Length);
                }
            }
        }
        """);

    [Fact]
    public Task R5_R6_R7_AudioStream() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        class Player
        {
            void Run()
            {
                var stream = new AudioStream(
                    inputDeviceIndex: 0,
                    outputDeviceIndex: 1,
                    sampleRate: 48000,
                    bufferSize: 256
                );
                stream.Start();
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class Player
        {
            void Run()
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                var stream = new AudioStreamV2(
                    inputDeviceIndex: 0,
                    outputDeviceIndex: 1,
                    sampleRate: 48000,
                    bufferSize: 256,
                    bufferPool: bufferPool
                );
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            }
        }
        """);

    [Fact]
    public Task R8_ProcessingCallback_StaysAsItIs() => MigrationVerifier.VerifyAsync(
        """
        using VoiceForge.Audio;

        class Player
        {
            private static float[] Process(float[] audio) => audio;

            public void Attach(AudioStream stream) => stream.SetProcessingCallback(Process);
        }
        """,
        """
        using VoiceForge.Audio;

        class Player
        {
            private static float[] Process(float[] audio) => audio;

            public void Attach(AudioStreamV2 stream) => stream.SetProcessingCallback(Process);
        }
        """);

    [Fact]
    public Task R9_ModelLoading() => MigrationVerifier.VerifyAsync(
        """
        using VoiceForge.Core;

        string pthPath = args[0], indexPath = args[1];
        var loader = new ModelLoader(device: "cuda");
        var modelData = loader.LoadModel(pthPath, indexPath);
        """,
        """
        using VoiceForge.Core;

        string pthPath = args[0], indexPath = args[1];
        var loader = new ModelLoader(device: "cuda");
        var modelCache = new ModelCache(maxCacheSizeGb: 8.0, device: "cuda");
        var modelData = modelCache.GetOrLoad(loader, pthPath, indexPath);
        """);

    [Fact]
    public Task R10_R11_R12_MainApplication() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge;

        var app = new VoiceForgeApp();
        app.Initialize();
        app.StartGoldenPath();
        """,
        """
        using System;
        using VoiceForge;

        var app = new VoiceForgeAppV2();
        if (!app.Initialize())
        {
            Console.Error.WriteLine("Init failed");
            return 1;
        }
        if (!app.StartGoldenPath())
        {
            Console.Error.WriteLine("Start failed");
            return 1;
        }
        return 0;
        """);

    [Fact]
    public Task R11_WithTheGuidesLogger() => MigrationVerifier.VerifyAsync(
        """
        using Microsoft.Extensions.Logging;
        using VoiceForge;

        static class Program
        {
            static int Main()
            {
                ILogger logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
                var app = new VoiceForgeApp();
                app.Initialize();
                return 0;
            }
        }
        """,
        """
        using Microsoft.Extensions.Logging;
        using VoiceForge;

        static class Program
        {
            static int Main()
            {
                ILogger logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
                var app = new VoiceForgeAppV2();
                if (!app.Initialize())
                {
                    logger.LogError("Init failed");
                    return 1;
                }
                return 0;
            }
        }
        """);

    [Fact]
    public Task R21_R22_R23_Construction() => MigrationVerifier.VerifyAsync(
        """
        using PocketTts;

        class Speech
        {
            private readonly TtsModel _model = new TtsModel(
                variant: "b6369a24",
                temp: 0.7,
                steps: 4
            );

            private readonly TtsModel _other = new("b6369a24", 0.7, 4, -4.0);

            TtsModel Quiet() => new TtsModel(eos: -3.0);
        }
        """,
        """
        using PocketTts;

        class Speech
        {
            private readonly TtsModel _model = TtsModel.LoadModel(
                variant: "b6369a24",
                temp: 0.7,
                lsdDecodeSteps: 4
            );

            private readonly TtsModel _other = TtsModel.LoadModel("b6369a24", 0.7, 4, eosThreshold: -4.0);

            TtsModel Quiet() => TtsModel.LoadModel(eosThreshold: -3.0);
        }
        """);

    [Fact]
    public Task R24_R25_R26_Methods() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using PocketTts;

        var model = new TtsModel();
        var voiceState = model.LoadVoice("alba");
        var audio = model.Generate(voiceState, "Hello world");
        foreach (var chunk in model.Stream(model.LoadVoice("alba"), "Hello world"))
            Console.WriteLine(chunk.Length + audio.Length);
        """,
        """
        using System;
        using PocketTts;

        var model = TtsModel.LoadModel();
        var voiceState = model.GetStateForAudioPrompt("alba");
        var audio = model.GenerateAudio(voiceState, "Hello world");
        foreach (var chunk in model.GenerateAudioStream(model.GetStateForAudioPrompt("alba"), "Hello world"))
            Console.WriteLine(chunk.Length + audio.Length);
        """);

    [Fact]
    public Task RingAndStreamInOneScope_ShareOnePool() => MigrationVerifier.VerifyAsync(
        InMethod("""
            using var stream = new AudioStream(0, 1);
            var meter = new RingBuffer(96000);
            stream.SetProcessingCallback(block => { meter.Write(block); return block; });
            stream.Start();
            while (flag)
            {
                var newest = meter.Read(256);
                Use(newest);
            }
            """),
        InMethod("""
            using var bufferPool = new BufferPool(slotSizeSamples: 96000, numSlots: 100);
            using var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool);
            var meter = new TripleBuffer(bufferSize: 48000);
            stream.SetProcessingCallback(block => { meter.Write(block); return block; });
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
            while (flag)
            {
                var newest = meter.Read();
                if (newest is null)
                {
                    // TODO(MigrationKit MK0102): nothing new was written; wait here, or the loop takes a whole processor until there is.
                    continue;
                }
                Use(newest);
            }
            """));

    [Theory]
    [InlineData("", 256)]
    [InlineData(", bufferSize: 1024", 1024, "MK0108")]
    [InlineData(", bufferSize: audio.Length", 4096)]
    public Task SmallRingBesideAStream_SlotsStillHoldTheStreamsBlocks(string bufferSize, int slotSize, params string[] left) => MigrationVerifier.VerifyAsync(
        InMethod($"var ring = new RingBuffer(64);\nvar stream = new AudioStream(0, 1{bufferSize});"),
        InMethod($"var bufferPool = new BufferPool(slotSizeSamples: {slotSize}, numSlots: 100);\nvar ring = new TripleBuffer(bufferSize: 64);\n"
            + $"var stream = new AudioStreamV2(0, 1{bufferSize}, bufferPool: bufferPool);"), left);

    [Fact]
    public Task SeveralRulesInOneClass_MeetInOnePass() => MigrationVerifier.VerifyAsync(
        InClass("""
            private readonly AudioStream _stream;
            private readonly RingBuffer _last = new(capacitySamples: 48000);
            private readonly PocketTts.TtsModel _model = new("tone", steps: 2);

            public C() => _stream = new AudioStream(0, 1, 24000);

            public void Say(string text)
            {
                if (!_stream.IsRunning) _stream.Start();
                foreach (var block in _model.Stream(_model.LoadVoice("alba"), text))
                    _last.Write(block);
            }

            public void Dispose()
            {
                _stream.Dispose();
                _model.Dispose();
            }
            """, "sealed class C : IDisposable"),
        InClass("""
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 48000, numSlots: 100);
            private readonly AudioStreamV2 _stream;
            private readonly TripleBuffer _last = new(bufferSize: 48000);
            private readonly PocketTts.TtsModel _model = PocketTts.TtsModel.LoadModel("tone", lsdDecodeSteps: 2);

            public C() => _stream = new AudioStreamV2(0, 1, sampleRate: 24000, bufferPool: _bufferPool);

            public void Say(string text)
            {
                if (!_stream.IsRunning)
                {
                    if (!_stream.Start())
                    {
                        throw new InvalidOperationException("Audio stream failed to start.");
                    }
                }
                foreach (var block in _model.GenerateAudioStream(_model.GetStateForAudioPrompt("alba"), text))
                    _last.Write(block);
            }

            public void Dispose()
            {
                _stream.Dispose();
                _bufferPool.Dispose();
                _model.Dispose();
            }
            """, "sealed class C : IDisposable"), "MK0108");
}
