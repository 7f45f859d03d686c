namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 79 to 82: failures, comments, chains.</summary>
public sealed class HandlingCases
{
    [Fact]
    public Task A79_PlacesThatMustNotThrow_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C : IDisposable
        {
            readonly AudioStream _stream;

            public C(AudioStream stream)
            {
                _stream = stream;
                _stream.Start();
            }

            ~C() => _stream.Start();

            public void Dispose() => _stream.Start();

            void M()
            {
                try
                {
                    Console.WriteLine("work");
                }
                finally
                {
                    _stream.Start();
                }
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C : IDisposable
        {
            readonly AudioStreamV2 _stream;

            public C(AudioStreamV2 stream)
            {
                _stream = stream;
                if (!_stream.Start())
                {
                    Console.Error.WriteLine("Audio stream failed to start.");
                }
            }

            ~C()
            {
                if (!_stream.Start())
                {
                    Console.Error.WriteLine("Audio stream failed to start.");
                }
            }

            public void Dispose()
            {
                if (!_stream.Start())
                {
                    Console.Error.WriteLine("Audio stream failed to start.");
                }
            }

            void M()
            {
                try
                {
                    Console.WriteLine("work");
                }
                finally
                {
                    if (!_stream.Start())
                    {
                        Console.Error.WriteLine("Audio stream failed to start.");
                    }
                }
            }
        }
        """,
        "MK0103 review: throwing in a constructor would leave resources undisposed, so the failure is only logged",
        "MK0104 review: throwing in a constructor would leave resources undisposed, so the failure is only logged",
        "MK0104 review: throwing in a finalizer ends the process, so the failure is only logged",
        "MK0104 review: 'Dispose' must not throw, so the failure is only logged",
        "MK0104 review: throwing in 'finally' would hide another exception, so the failure is only logged");

    [Fact]
    public Task A80_SwallowedFailure_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStream stream)
            {
                lock (stream)
                    try { stream.Start(); } catch { }
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStreamV2 stream)
            {
                lock (stream)
                    try { if (!stream.Start()) { throw new InvalidOperationException("Audio stream failed to start."); } } catch { }
            }
        }
        """);

    [Fact]
    public Task A81_TriviaOnReplacedNodes_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStream stream)
            {
                #region Streams
                // The ring of the meter.
                /* a */ var ring = new RingBuffer( /* b */ 480 /* c */, 1 /* d */); // e
                #if DEBUG
                Console.WriteLine("debug");
                #endif
                stream.Start(); // starts
                #endregion
                Console.WriteLine(ring.Channels);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStreamV2 stream)
            {
                #region Streams
                // The ring of the meter.
                /* a */ var bufferPool = new BufferPool(slotSizeSamples: 480, numSlots: 100); var ring = new TripleBuffer( /* b */ bufferSize: 480 /* c */, channels: 1 /* d */); // e
                #if DEBUG
                Console.WriteLine("debug");
                #endif
                if (!stream.Start()) // starts
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
                #endregion
                Console.WriteLine(ring.Channels);
            }
        }
        """);

    [Fact]
    public Task A82_ChainedStart_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                new AudioStream(0, 1).Start();
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
                var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                if (!new AudioStreamV2(0, 1, bufferPool: bufferPool).Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            }
        }
        """);

    [Fact]
    public Task A82_ChainedStartTargets_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(bool flag)
            {
                (new AudioStream(0, 1)).Start();
                if (flag)
                    new AudioStream(1, 1).Start();
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(bool flag)
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                if (!(new AudioStreamV2(0, 1, bufferPool: bufferPool)).Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
                if (flag)
                {
                    if (!new AudioStreamV2(1, 1, bufferPool: bufferPool).Start())
                    {
                        throw new InvalidOperationException("Audio stream failed to start.");
                    }
                }
            }
        }
        """);
}
