namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 27 to 33: what becomes of the block that is read.</summary>
public sealed class ReadCases
{
    [Fact]
    public Task A27_Queue_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(float[] audio)
            {
                var ring = new RingBuffer(48000);
                ring.Write(audio);
                while (ring.Available > 0)
                    Console.WriteLine(ring.Read(256).Length);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(float[] audio)
            {
                var ring = new SampleQueue(48000);
                ring.Write(audio);
                while (ring.Available > 0)
                    Console.WriteLine(ring.Read(256).Length);
            }
        }
        """,
        "MK0111 review: when it is full, a RingBuffer overwrites the oldest samples, and a SampleQueue refuses the newest");

    [Fact]
    public Task A28_ConstantLoopBound_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(RingBuffer ring)
            {
                var block = ring.Read(4096);
                for (var i = 0; i < 4096; i++)
                    Console.WriteLine(block[i]);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(TripleBuffer ring)
            {
                var block = ring.Read();
                if (block is not null)
                {
                    for (var i = 0; i < block.Length; i++)
                        Console.WriteLine(block[i]);
                }
            }
        }
        """,
        "MK0101 review: 'Read' gives the newest block as it was written, which need not be as long as what was asked for");

    [Fact]
    public Task A28_LocalLoopBound_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(RingBuffer ring, int n)
            {
                var block = ring.Read(n);
                float sum = 0;
                for (var i = 0; i < n; i++)
                    sum += block[i];
                Console.WriteLine(sum);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(TripleBuffer ring, int n)
            {
                var block = ring.Read();
                float sum = 0;
                if (block is not null)
                {
                    for (var i = 0; i < block.Length; i++)
                        sum += block[i];
                    Console.WriteLine(sum);
                }
            }
        }
        """,
        "MK0101 review: 'Read' gives the newest block as it was written, which need not be as long as what was asked for");

    [Fact]
    public Task A29_ArgumentWithSideEffects_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(RingBuffer ring)
            {
                var block = ring.Read(Next());
                Console.WriteLine(block.Length);
            }

            static int Next() => 480;
        }
        """,
        "MK0101 manual: the argument of 'Read' has side effects, and 'TripleBuffer.Read' takes none",
        "MK0102 manual: 'RingBuffer' stays here: the argument of 'Read' has side effects, and 'TripleBuffer.Read' takes none");

    [Fact]
    public Task A30_ReadInExpressions_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            float[] Get(RingBuffer ring) => ring.Read(480);

            float[] Take(RingBuffer ring)
            {
                Console.WriteLine(ring.Read(480).Length);
                return ring.Read(480);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            float[] Get(TripleBuffer ring) => ring.Read() ?? Array.Empty<float>();

            float[] Take(TripleBuffer ring)
            {
                Console.WriteLine((ring.Read() ?? Array.Empty<float>()).Length);
                return ring.Read() ?? Array.Empty<float>();
            }
        }
        """,
        "MK0101 review: without a new block the code goes on with an empty array, where V1 gave silence",
        "MK0102 review: without a new block the code goes on with an empty array, where V1 gave silence");

    [Fact]
    public Task A31_LoopStatement_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void Loop(RingBuffer ring, Func<bool> isRunning)
            {
                while (isRunning())
                {
                    var block = ring.Read(480);
                    Console.WriteLine(block.Length);
                }
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void Loop(TripleBuffer ring, Func<bool> isRunning)
            {
                while (isRunning())
                {
                    var block = ring.Read();
                    if (block is null)
                    {
                        continue;
                    }
                    Console.WriteLine(block.Length);
                }
            }
        }
        """,
        "MK0101 review: 'Read' gives the newest block as it was written, which need not be as long as what was asked for");

    [Fact]
    public Task A31_Otherwise_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            float[] Other(RingBuffer ring)
            {
                var block = ring.Read(480);
                return block;
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            float[] Other(TripleBuffer ring)
            {
                var block = ring.Read() ?? Array.Empty<float>();
                return block;
            }
        }
        """,
        "MK0101 review: without a new block the code goes on with an empty array, where V1 gave silence",
        "MK0102 review: without a new block the code goes on with an empty array, where V1 gave silence");

    [Fact]
    public Task A31_VoidStatement_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void Once(RingBuffer ring)
            {
                var block = ring.Read(480);
                Console.WriteLine(block.Length);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void Once(TripleBuffer ring)
            {
                var block = ring.Read();
                if (block is not null)
                {
                    Console.WriteLine(block.Length);
                }
            }
        }
        """,
        "MK0101 review: 'Read' gives the newest block as it was written, which need not be as long as what was asked for");

    [Fact]
    public Task A32_BusyLoop_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(RingBuffer ring)
            {
                while (true)
                {
                    var block = ring.Read(480);
                    Console.WriteLine(block.Length);
                }
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(TripleBuffer ring)
            {
                while (true)
                {
                    var block = ring.Read();
                    if (block is null)
                    {
                        // TODO(MigrationKit MK0102): nothing new was written; wait here, or the loop takes a whole processor until there is.
                        continue;
                    }
                    Console.WriteLine(block.Length);
                }
            }
        }
        """,
        "MK0101 review: while nothing new is written, the loop turns without a pause",
        "MK0102 review: while nothing new is written, the loop turns without a pause");

    [Theory]
    [InlineData("while (isReady.WaitOne())")]
    [InlineData("for (var i = 0; i < 3; i++)")]
    [InlineData("foreach (var round in new int[3])")]
    public Task A32_LoopThatMayWaitOrEnd_GetsNoComment(string loop)
    {
        var source = $"using System;\nusing VoiceForge.Audio;\n\nclass C\n{{\n    void M(RingBuffer ring, System.Threading.EventWaitHandle isReady)\n    {{\n        {loop}\n        {{\n            var block = ring.Read(480);\n            Console.WriteLine(block.Length);\n        }}\n    }}\n}}\n";
        return AwkwardCase.BecomesAsync(
            source,
            source.Replace("RingBuffer", "TripleBuffer", StringComparison.Ordinal).Replace("Read(480);\n", "Read();\n            if (block is null)\n            {\n                continue;\n            }\n", StringComparison.Ordinal),
            "MK0101 review: 'Read' gives the newest block as it was written, which need not be as long as what was asked for");
    }

    [Fact]
    public Task A33_LockedRing_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            readonly RingBuffer _ring = new(48000);

            void Fill(float[] audio)
            {
                lock (_ring)
                    _ring.Write(audio);
            }

            void Drain()
            {
                lock (_ring)
                    Console.WriteLine(_ring.Read(256).Length);
            }
        }
        """,
        "MK0101 manual: the buffer is used under a 'lock', and a TripleBuffer takes one writer thread and one reader thread",
        "MK0102 manual: 'RingBuffer' stays here: the buffer is used under a 'lock', and a TripleBuffer takes one writer thread and one reader thread");

    [Fact]
    public Task A33_TwoWriters_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            readonly RingBuffer _ring = new(480);

            void Left(float[] audio) => _ring.Write(audio);

            void Right(float[] audio) => _ring.Write(audio);

            void Show() => Console.WriteLine(_ring.Read(480).Length);
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480, numSlots: 100);
            readonly TripleBuffer _ring = new(bufferSize: 480);

            void Left(float[] audio) => _ring.Write(audio);

            void Right(float[] audio) => _ring.Write(audio);

            void Show() => Console.WriteLine((_ring.Read() ?? Array.Empty<float>()).Length);
        }
        """,
        "MK0101 review: the buffer is written in several members, and a TripleBuffer takes one writer thread and one reader thread; make sure that one thread makes these calls",
        "MK0102 review: without a new block the code goes on with an empty array, where V1 gave silence");
}
