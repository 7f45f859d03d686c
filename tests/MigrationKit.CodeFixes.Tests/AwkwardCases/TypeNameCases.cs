using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 49 to 54: patterns, constraints, extensions, aliases.</summary>
public sealed class TypeNameCases
{
    [Fact]
    public Task A49_PropertyPattern_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            bool M(object o) => o is RingBuffer { CapacitySamples: > 0 };
        }
        """,
        "MK0101 manual: the pattern asks for 'CapacitySamples', which 'TripleBuffer' does not have");

    [Fact]
    public Task A50_Constraint_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M<T>(T ring) where T : RingBuffer => Console.WriteLine(ring.Channels);
        }
        """,
        "MK0101 manual: 'TripleBuffer' does not fit a type constraint on 'RingBuffer'");

    [Fact]
    public Task A50_CreateInstance_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            RingBuffer Make() => Activator.CreateInstance<RingBuffer>();
        }
        """,
        "MK0101 manual: it exchanges values with code that keeps 'RingBuffer': the constructor of 'RingBuffer' is called by reflection, and 'TripleBuffer' takes other arguments",
        "MK0101 manual: the constructor of 'RingBuffer' is called by reflection, and 'TripleBuffer' takes other arguments");

    [Fact]
    public Task A51_ExtensionMethod_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        static class Extensions
        {
            public static void Restart(this AudioStream stream)
            {
                stream.Stop();
                stream.Start();
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        static class Extensions
        {
            public static void Restart(this AudioStreamV2 stream)
            {
                stream.Stop();
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            }
        }
        """);

    [Fact]
    public Task A51_ExtensionNamedLikeANewMember_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        static class Extensions
        {
            public static string GetStats(this AudioStream stream) => stream.IsRunning.ToString();
        }

        class C
        {
            string M(AudioStream stream) => stream.GetStats();
        }
        """,
        "MK0103 manual: 'AudioStreamV2' has a member 'GetStats', which would win over this extension",
        "MK0103 manual: it exchanges values with code that keeps 'AudioStream': 'AudioStreamV2' has a member 'GetStats', which would win over this extension");

    [Fact]
    public Task A52_Alias_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using RB = VoiceForge.Audio.RingBuffer;

        class C
        {
            void M()
            {
                RB ring = new RB(480);
                Console.WriteLine(ring.Channels);
            }
        }
        """,
        """
        using System;
        using RB = VoiceForge.Audio.TripleBuffer;

        class C
        {
            void M()
            {
                var bufferPool = new VoiceForge.Audio.BufferPool(slotSizeSamples: 480, numSlots: 100);
                RB ring = new RB(bufferSize: 480);
                Console.WriteLine(ring.Channels);
            }
        }
        """);

    [Fact]
    public Task A52_GlobalAliasInAnotherFile_Migrates() => AwkwardCase.BecomesAsync(
        [
            """
            global using Stream = VoiceForge.Audio.AudioStream;
            """,
            """
            class C
            {
                Stream? _stream;

                void M()
                {
                    _stream = new Stream(0, 1);
                    _stream.Start();
                }
            }
            """,
        ],
        [
            """
            global using Stream = VoiceForge.Audio.AudioStreamV2;
            """,
            """
            class C
            {
                private readonly VoiceForge.Audio.BufferPool _bufferPool = new VoiceForge.Audio.BufferPool(slotSizeSamples: 480000, numSlots: 100);
                Stream? _stream;

                void M()
                {
                    _stream = new Stream(0, 1, bufferPool: _bufferPool);
                    if (!_stream.Start())
                    {
                        throw new System.InvalidOperationException("Audio stream failed to start.");
                    }
                }
            }
            """,
        ]);

    [Fact]
    public Task A53_GlobalUsing_Migrates() => AwkwardCase.BecomesAsync(
        [
            """
            global using VoiceForge.Audio;
            """,
            """
            class C
            {
                readonly RingBuffer _ring = new RingBuffer(480);

                int Channels => _ring.Channels;
            }
            """,
        ],
        [
            """
            global using VoiceForge.Audio;
            """,
            """
            class C
            {
                private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480, numSlots: 100);
                readonly TripleBuffer _ring = new TripleBuffer(bufferSize: 480);

                int Channels => _ring.Channels;
            }
            """,
        ]);

    [Fact]
    public Task A54_QualifiedNames_Migrates() => AwkwardCase.BecomesAsync(
        """
        class C
        {
            VoiceForge.Audio.AudioStream _first = new VoiceForge.Audio.AudioStream(0, 1);
            global::VoiceForge.Audio.AudioStream? _second;

            object? M() => (_second ?? _first);
        }
        """,
        """
        class C
        {
            VoiceForge.Audio.AudioStreamV2 _first = new VoiceForge.Audio.AudioStreamV2(0, 1, bufferPool: new VoiceForge.Audio.BufferPool(slotSizeSamples: 480000, numSlots: 100));
            global::VoiceForge.Audio.AudioStreamV2? _second;

            object? M() => (_second ?? _first);
        }
        """,
        "MK0103 review: the pool is written inline, because nothing can be declared there; share one pool where several streams live together");

    [Theory]
    [InlineData(CodeState.S1)]
    [InlineData(CodeState.S2)]
    [InlineData(CodeState.S3)]
    public async Task A54_ExternAlias_Stays(CodeState state)
    {
        const string Source = """
            extern alias V;

            class C
            {
                V::VoiceForge.Audio.RingBuffer _ring = new V::VoiceForge.Audio.RingBuffer(48000, 1);

                int Channels => _ring.Channels;
            }
            """;
        var project = TestProject.Create(state, Source);
        project = project.WithMetadataReferences(project.MetadataReferences.Select(reference =>
            reference.Display?.EndsWith("VoiceForge.dll", StringComparison.Ordinal) == true ? reference.WithAliases(["V"]) : reference));

        var findings = await TestProject.AnalyzeAsync(project, RuleCatalog.CreateAnalyzers());

        Assert.Equal(["MK0101"], findings.Select(finding => finding.Id).Distinct());
        Assert.All(findings, finding => Assert.Equal(Facts.Manual, finding.Properties[Facts.Safety]));
        Assert.Contains("extern alias 'V'", findings[0].Properties[Facts.Reason], StringComparison.Ordinal);
    }
}
