namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 18 to 22: method groups and event hooks.</summary>
public sealed class DelegateCases
{
    [Fact]
    public Task A18_MethodGroupOfStart_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using System.Threading;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStream stream)
            {
                Action start = stream.Start;
                var thread = new Thread(stream.Start);
                thread.Start();
                start();
            }
        }
        """,
        """
        using System;
        using System.Threading;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStreamV2 stream)
            {
                Action start = () =>
                {
                    if (!stream.Start())
                    {
                        throw new InvalidOperationException("Audio stream failed to start.");
                    }
                };
                var thread = new Thread(() =>
                {
                    if (!stream.Start())
                    {
                        throw new InvalidOperationException("Audio stream failed to start.");
                    }
                });
                thread.Start();
                start();
            }
        }
        """);

    [Fact]
    public Task A19_EventHook_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            event Action? Opened;

            void M(AudioStream stream)
            {
                Opened += stream.Start;
                Opened?.Invoke();
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            event Action? Opened;

            void M(AudioStreamV2 stream)
            {
                Opened += () =>
                {
                    if (!stream.Start())
                    {
                        throw new InvalidOperationException("Audio stream failed to start.");
                    }
                };
                Opened?.Invoke();
            }
        }
        """,
        "MK0103 review: the exception reaches whoever raises the event",
        "MK0104 review: the exception reaches whoever raises the event");

    [Fact]
    public Task A19_EventHookThatIsRemoved_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            event Action? Opened;

            void M(AudioStream stream)
            {
                Opened += stream.Start;
                Opened?.Invoke();
                Opened -= stream.Start;
            }
        }
        """,
        "MK0103 manual: the event handler is removed again, which a lambda cannot be",
        "MK0104 manual: the event handler is removed again, which a lambda cannot be",
        "MK0104 manual: an event handler is removed here: it must be the same delegate that was added");

    [Fact]
    public Task A20_ReadAsFunc_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(RingBuffer ring)
            {
                Func<int, float[]> read = ring.Read;
                Console.WriteLine(read(480).Length);
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
                Func<int, float[]> read = _ => ring.Read() ?? Array.Empty<float>();
                Console.WriteLine(read(480).Length);
            }
        }
        """,
        "MK0101 review: the delegate gives an empty block when nothing new was written");

    [Fact]
    public Task A21_WriteAsAction_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(RingBuffer ring)
            {
                Action<float[]> write = ring.Write;
                write(new float[480]);
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
                Action<float[]> write = audio => { ring.Write(audio); };
                write(new float[480]);
            }
        }
        """);

    [Fact]
    public Task A22_GenerateAsFunc_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using PocketTts;

        class C
        {
            void M(TtsModel model)
            {
                Func<VoiceState, string, float[]> generate = model.Generate;
                Console.WriteLine(generate);
            }
        }
        """,
        """
        using System;
        using PocketTts;

        class C
        {
            void M(TtsModel model)
            {
                Func<VoiceState, string, float[]> generate = model.GenerateAudio;
                Console.WriteLine(generate);
            }
        }
        """);
}
