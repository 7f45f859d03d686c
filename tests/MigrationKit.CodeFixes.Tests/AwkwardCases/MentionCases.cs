namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 43 to 48: every way to name a type.</summary>
public sealed class MentionCases
{
    [Fact]
    public Task A43_NameofGenerate_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using PocketTts;

        class C
        {
            string Name => nameof(TtsModel.Generate);
        }
        """,
        """
        using System;
        using PocketTts;

        class C
        {
            string Name => nameof(TtsModel.GenerateAudio);
        }
        """,
        "MK0003 review: the string that 'nameof' gives at run time changes");

    [Fact]
    public Task A43_NameofRing_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            string Ring => nameof(RingBuffer);

            string Stream => nameof(VoiceForge.Audio.AudioStream);
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            string Ring => nameof(TripleBuffer);

            string Stream => nameof(VoiceForge.Audio.AudioStreamV2);
        }
        """,
        "MK0101 review: the string that 'nameof' gives at run time changes",
        "MK0103 review: the string that 'nameof' gives at run time changes");

    [Theory]
    [InlineData("RingBuffer", "TripleBuffer")]
    [InlineData("VoiceForge.Audio.RingBuffer", "VoiceForge.Audio.TripleBuffer")]
    public Task A43_NameofARenamedMember_Migrates(string before, string after) => AwkwardCase.BecomesAsync(
        $"using VoiceForge.Audio;\n\nclass C\n{{\n    string Name => nameof({before}.CapacitySamples);\n}}\n",
        $"using VoiceForge.Audio;\n\nclass C\n{{\n    string Name => nameof({after}.BufferSize);\n}}\n",
        "MK0101 review: 'BufferSize' is the size of one block, not of the whole buffer");

    [Fact]
    public Task A44_NameofMember_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            string Name => nameof(RingBuffer.Read);
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            string Name => nameof(TripleBuffer.Read);
        }
        """);

    [Fact]
    public Task A45_Crefs_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        /// <summary>
        /// <see cref="RingBuffer"/>, <see cref="RingBuffer.Read(int)"/>, <see cref="RingBuffer.Write(float[])"/>, <see cref="RingBuffer.CapacitySamples"/>,
        /// <see cref="RingBuffer(int, int)"/>, <see cref="AudioStream.Start()"/>, <see cref="AudioStream.SetProcessingCallback"/>. A RingBuffer in prose stays.
        /// </summary>
        class C
        {
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        /// <summary>
        /// <see cref="TripleBuffer"/>, <see cref="TripleBuffer.Read()"/>, <see cref="TripleBuffer.Write(float[])"/>, <see cref="TripleBuffer.BufferSize"/>,
        /// <see cref="TripleBuffer(int, int)"/>, <see cref="AudioStreamV2.Start()"/>, <see cref="AudioStreamV2.SetProcessingCallback"/>. A RingBuffer in prose stays.
        /// </summary>
        class C
        {
        }
        """);

    [Fact]
    public Task A45_CrefsOfModels_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using PocketTts;

        /// <summary><see cref="TtsModel.Generate(VoiceState, string)"/>, <see cref="TtsModel.LoadVoice"/>, <see cref="TtsModel(string, double, int, double)"/></summary>
        class C
        {
        }
        """,
        """
        using System;
        using PocketTts;

        /// <summary><see cref="TtsModel.GenerateAudio(VoiceState, string)"/>, <see cref="TtsModel.GetStateForAudioPrompt(string)"/>, <see cref="TtsModel.LoadModel(string, double, int, double?, double)"/></summary>
        class C
        {
        }
        """);

    [Fact]
    public Task A46_GenericArguments_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using System.Collections.Generic;
        using VoiceForge.Audio;

        class C
        {
            readonly List<AudioStream> _streams = new();
            readonly AudioStream[] _array = new AudioStream[2];
            (AudioStream Left, AudioStream? Right) _pair;
            readonly Lazy<AudioStream> _lazy = new(() => new AudioStream(0, 1));

            void M()
            {
                _streams.Add(_lazy.Value);
                _array[0] = _streams[0];
                _pair = (_array[0], null);
                Console.WriteLine(_pair);
            }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using VoiceForge.Audio;

        class C
        {
            readonly List<AudioStreamV2> _streams = new();
            readonly AudioStreamV2[] _array = new AudioStreamV2[2];
            (AudioStreamV2 Left, AudioStreamV2? Right) _pair;
            readonly Lazy<AudioStreamV2> _lazy = new(() => new AudioStreamV2(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100)));

            void M()
            {
                _streams.Add(_lazy.Value);
                _array[0] = _streams[0];
                _pair = (_array[0], null);
                Console.WriteLine(_pair);
            }
        }
        """,
        "MK0103 review: the pool is written inline, because nothing can be declared there; share one pool where several streams live together");

    [Fact]
    public Task A47_Typeof_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            Type Stream => typeof(AudioStream);

            string Name() => typeof(RingBuffer).Name;
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            Type Stream => typeof(AudioStreamV2);

            string Name() => typeof(TripleBuffer).Name;
        }
        """,
        "MK0101 review: the type is looked at when the program runs");

    [Fact]
    public Task A47_TypeofForReflection_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            object? Make() => Activator.CreateInstance(typeof(AudioStream), 0, 1, 48000, 256);
        }
        """,
        "MK0103 manual: the constructor of 'AudioStream' is called by reflection, and 'AudioStreamV2' takes other arguments");

    [Fact]
    public Task A48_BothArms_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            int M(object o) => o switch { AudioStream => 1, AudioStreamV2 => 2, _ => 3 };
        }
        """,
        "MK0103 manual: another arm tests for 'AudioStreamV2' already");

    [Fact]
    public Task A48_PatternsAndCasts_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            bool Is(object o) => o is AudioStream stream && stream.IsRunning;

            AudioStream? As(object o) => o as AudioStream;

            AudioStream Cast(object o) => (AudioStream)o;

            int Switch(object o)
            {
                switch (o)
                {
                    case AudioStream:
                        return 1;
                    default:
                        return 2;
                }
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            bool Is(object o) => o is AudioStreamV2 stream && stream.IsRunning;

            AudioStreamV2? As(object o) => o as AudioStreamV2;

            AudioStreamV2 Cast(object o) => (AudioStreamV2)o;

            int Switch(object o)
            {
                switch (o)
                {
                    case AudioStreamV2:
                        return 1;
                    default:
                        return 2;
                }
            }
        }
        """);
}
