namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 74 to 78: what no rule sees or may touch.</summary>
public sealed class OutsideCases
{
    [Fact]
    public Task A74_Dynamic_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            float[] M(dynamic ring) => ring.Read(480);

            Type? N() => Type.GetType("VoiceForge.Audio.RingBuffer, VoiceForge");
        }
        """);

    [Fact]
    public Task A75_InactiveBranch_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
        #if V1_ONLY
            RingBuffer? _old;
        #endif
            RingBuffer? _ring;

            int Channels => _ring?.Channels ?? 0;
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
        #if V1_ONLY
            RingBuffer? _old;
        #endif
            TripleBuffer? _ring;

            int Channels => _ring?.Channels ?? 0;
        }
        """);

    [Fact]
    public Task A76_MixedProject_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            readonly BufferPool _pool = new BufferPool(slotSizeSamples: 4096, numSlots: 10);
            readonly AudioStreamV2 _new;
            readonly AudioStream _old;

            public C()
            {
                _new = new AudioStreamV2(0, 1, _pool);
                _old = new AudioStream(0, 1);
                Console.WriteLine((_new, _old));
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            readonly BufferPool _pool = new BufferPool(slotSizeSamples: 4096, numSlots: 10);
            readonly AudioStreamV2 _new;
            readonly AudioStreamV2 _old;

            public C()
            {
                _new = new AudioStreamV2(0, 1, _pool);
                _old = new AudioStreamV2(0, 1, bufferPool: _pool);
                Console.WriteLine((_new, _old));
            }
        }
        """);

    [Fact]
    public Task A78_ResultUsed_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStreamV2 stream)
            {
                if (!stream.Start())
                    Console.WriteLine("no sound");
                var ok = stream.Start();
                _ = stream.Start();
                Console.WriteLine(ok);
            }
        }
        """);
}
