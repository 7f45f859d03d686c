namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 69 to 73: constants, models, own types.</summary>
public sealed class TtsModelCases
{
    [Fact]
    public Task A69_Constants_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        [AttributeUsage(AttributeTargets.All)]
        class RateAttribute(int rate) : Attribute
        {
            public int Rate => rate;
        }

        [Rate(SampleRate)]
        class C
        {
            const int SampleRate = 48000;

            AudioStream Make(int rate = SampleRate)
            {
                return new AudioStream(0, 1, rate, 256);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        [AttributeUsage(AttributeTargets.All)]
        class RateAttribute(int rate) : Attribute
        {
            public int Rate => rate;
        }

        [Rate(SampleRate)]
        class C
        {
            const int SampleRate = 48000;

            AudioStreamV2 Make(int rate = SampleRate)
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                return new AudioStreamV2(0, 1, sampleRate: rate, bufferSize: 256, bufferPool: bufferPool);
            }
        }
        """);

    [Fact]
    public Task A70_SubclassOfModel_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using PocketTts;

        class Mine : TtsModel
        {
            public Mine() : base("v", steps: 4) { }

            public float[] Speak(VoiceState voice) => Generate(voice, "Hello");

            public float[] SpeakAgain(VoiceState voice) => this.Generate(voice, "Hello");

            public float[] SpeakBase(VoiceState voice) => base.Generate(voice, "Hello");
        }

        class C
        {
            float[] M(Mine model) => model.Generate(model.LoadVoice("alba"), "Hello");
        }
        """,
        "MK0001 manual: a subclass of TtsModel cannot be created by LoadModel",
        "MK0003 manual: 'Mine' derives from TtsModel, which V2 seals; hold a model instead of being one");

    [Fact]
    public Task A71_ObjectInitializerOfModel_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using PocketTts;

        class C
        {
            TtsModel Empty() => new TtsModel("v") { };
        }
        """,
        """
        using System;
        using PocketTts;

        class C
        {
            TtsModel Empty() => TtsModel.LoadModel("v");
        }
        """);

    [Fact]
    public Task A71_ObjectInitializerWithMembers_Stays() => AwkwardCase.StaysAsync(
        """
        using PocketTts;

        static class C
        {
            static TtsModel? s_first = new TtsModel("v") { Tag = 2 }, s_second = new("v") { Tag = 3 };

            static object? Read() => s_first ?? s_second;
        }
        """,
        "MK0001 manual: a factory call cannot carry an object initializer");

    [Fact]
    public Task A72_ActivatedModel_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using PocketTts;

        class C
        {
            object? Make() => Activator.CreateInstance(typeof(TtsModel), "v", 0.7, 1, -4.0);
        }
        """,
        "MK0001 manual: the constructor is called by reflection");

    [Fact]
    public Task A72_RegisteredModel_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using Microsoft.Extensions.DependencyInjection;
        using PocketTts;

        class C
        {
            void Configure(IServiceCollection services)
            {
                services.AddSingleton<TtsModel>();
                services.AddScoped<IDisposable, TtsModel>();
            }
        }
        """,
        """
        using System;
        using Microsoft.Extensions.DependencyInjection;
        using PocketTts;

        class C
        {
            void Configure(IServiceCollection services)
            {
                services.AddSingleton(_ => TtsModel.LoadModel());
                services.AddScoped<IDisposable>(_ => TtsModel.LoadModel());
            }
        }
        """);

    [Fact]
    public Task A73_OwnTypes_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class RingBuffer(int capacity)
        {
            public float[] Read(int count) => new float[count + capacity];

            public void Stream(string text) => Console.WriteLine(text);

            public void Generate(string text) => Console.WriteLine(text);
        }

        class C
        {
            void M()
            {
                var ring = new RingBuffer(3);
                ring.Stream("a");
                ring.Generate("b");
                Console.WriteLine(ring.Read(3).Length + new BufferPool().Channels);
            }
        }
        """);
}
