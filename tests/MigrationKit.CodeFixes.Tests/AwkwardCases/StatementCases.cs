namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 23 to 26: where a check or a new name stands.</summary>
public sealed class StatementCases
{
    [Fact]
    public Task A23_ConditionalStart_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStream? stream)
            {
                stream?.Start();
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStreamV2? stream)
            {
                if (stream?.Start() == false)
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            }
        }
        """);

    [Fact]
    public Task A24_RenameBehindNullOperators_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using PocketTts;

        class C
        {
            void M(TtsModel? model, VoiceState voice)
            {
                var hash = model?.LoadVoice("alba")?.GetHashCode();
                var audio = model!.Generate(voice, "Hello");
                Console.WriteLine((hash, audio));
            }
        }
        """,
        """
        using System;
        using PocketTts;

        class C
        {
            void M(TtsModel? model, VoiceState voice)
            {
                var hash = model?.GetStateForAudioPrompt("alba")?.GetHashCode();
                var audio = model!.GenerateAudio(voice, "Hello");
                Console.WriteLine((hash, audio));
            }
        }
        """);

    [Fact]
    public Task A25_UnbracedBranches_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStream stream, bool flag)
            {
                if (flag) stream.Start(); else Console.WriteLine("no");
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStreamV2 stream, bool flag)
            {
                if (flag)
                {
                    if (!stream.Start())
                    {
                        throw new InvalidOperationException("Audio stream failed to start.");
                    }
                }
                else Console.WriteLine("no");
            }
        }
        """);

    [Fact]
    public Task A26_ExpressionBody_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void Go(AudioStream stream) => stream.Start();
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void Go(AudioStreamV2 stream)
            {
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            }
        }
        """);
}
