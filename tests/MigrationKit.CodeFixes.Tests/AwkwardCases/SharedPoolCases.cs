namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 61 to 63: names and sharing.</summary>
public sealed class SharedPoolCases
{
    [Fact]
    public Task A61_NameTaken_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                var bufferPool = 3;
                var stream = new AudioStream(0, 1);
                Console.WriteLine(bufferPool + stream.GetHashCode());
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                var bufferPool = 3;
                var bufferPool2 = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool2);
                Console.WriteLine(bufferPool + stream.GetHashCode());
            }
        }
        """);

    [Fact]
    public Task A62_SeveralStreams_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                var first = new AudioStream(0, 1);
                var second = new AudioStream(1, 1);
                var ring = new RingBuffer(480);
                Console.WriteLine((first, second, ring.Channels));
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480, numSlots: 100);
                var first = new AudioStreamV2(0, 1, bufferPool: bufferPool);
                var second = new AudioStreamV2(1, 1, bufferPool: bufferPool);
                var ring = new TripleBuffer(bufferSize: 480);
                Console.WriteLine((first, second, ring.Channels));
            }
        }
        """);

    [Fact]
    public Task A63_LoopThatCreates_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System.Collections.Generic;
        using VoiceForge.Audio;

        class C
        {
            void M(List<AudioStream> streams)
            {
                for (var device = 0; device < 2; device++)
                {
                    var stream = new AudioStream(device, 1);
                    streams.Add(stream);
                }
            }
        }
        """,
        """
        using System.Collections.Generic;
        using VoiceForge.Audio;

        class C
        {
            void M(List<AudioStreamV2> streams)
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                for (var device = 0; device < 2; device++)
                {
                    var stream = new AudioStreamV2(device, 1, bufferPool: bufferPool);
                    streams.Add(stream);
                }
            }
        }
        """);
}
