namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 34 to 39: tasks, iterators, lambdas, expression trees.</summary>
public sealed class FunctionCases
{
    [Fact]
    public Task A34_AwaitedTask_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using System.Threading.Tasks;
        using VoiceForge.Audio;

        class C
        {
            async Task M(AudioStream stream)
            {
                await Task.Run(() => stream.Start());
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using VoiceForge.Audio;

        class C
        {
            async Task M(AudioStreamV2 stream)
            {
                await Task.Run(() =>
                {
                    if (!stream.Start())
                    {
                        throw new InvalidOperationException("Audio stream failed to start.");
                    }
                });
            }
        }
        """);

    [Fact]
    public Task A35_FireAndForget_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using System.Threading.Tasks;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStream stream)
            {
                _ = Task.Run(() => stream.Start());
            }
        }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using VoiceForge.Audio;

        class C
        {
            void M(AudioStreamV2 stream)
            {
                _ = Task.Run(() =>
                {
                    if (!stream.Start())
                    {
                        throw new InvalidOperationException("Audio stream failed to start.");
                    }
                });
            }
        }
        """,
        "MK0103 review: nobody awaits the task that the exception ends in",
        "MK0104 review: nobody awaits the task that the exception ends in");

    [Fact]
    public Task A36_AsyncAndIterator_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using VoiceForge.Audio;

        class C
        {
            async Task M(RingBuffer ring, float[] audio)
            {
                ring.Write(audio);
                await Task.Yield();
                var block = ring.Read(480);
                await Task.Yield();
                Console.WriteLine(block.Length);
            }

            IEnumerable<float[]> N(RingBuffer ring, Func<bool> isRunning)
            {
                while (isRunning())
                {
                    var block = ring.Read(480);
                    yield return block;
                }
            }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;
        using VoiceForge.Audio;

        class C
        {
            async Task M(TripleBuffer ring, float[] audio)
            {
                ring.Write(audio);
                await Task.Yield();
                var block = ring.Read();
                await Task.Yield();
                if (block is not null)
                {
                    Console.WriteLine(block.Length);
                }
            }

            IEnumerable<float[]> N(TripleBuffer ring, Func<bool> isRunning)
            {
                while (isRunning())
                {
                    var block = ring.Read();
                    if (block is null)
                    {
                        continue;
                    }
                    yield return block;
                }
            }
        }
        """,
        "MK0101 review: 'Read' gives the newest block as it was written, which need not be as long as what was asked for");

    [Fact]
    public Task A37_Lambdas_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            Action Get(AudioStream stream) => () => stream.Start();

            void Run(AudioStream stream) => Call(() => stream.Start());

            static void Call(Action action) => action();

            static void Call(Func<bool> function) => Console.WriteLine(function());
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            Action Get(AudioStreamV2 stream) => () =>
            {
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            };

            void Run(AudioStreamV2 stream) => Call(() =>
            {
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            });

            static void Call(Action action) => action();

            static void Call(Func<bool> function) => Console.WriteLine(function());
        }
        """);

    [Fact]
    public Task A38_StaticLambdaAndLocalFunction_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                Func<AudioStream> make = static () => new AudioStream(0, 1);
                Console.WriteLine(make().IsRunning | Create().IsRunning);

                static AudioStream Create()
                {
                    return new AudioStream(1, 1);
                }
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
                Func<AudioStreamV2> make = static () => new AudioStreamV2(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));
                Console.WriteLine(make().IsRunning | Create().IsRunning);

                static AudioStreamV2 Create()
                {
                    var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                    return new AudioStreamV2(1, 1, bufferPool: bufferPool);
                }
            }
        }
        """,
        "MK0103 review: the pool is written inline, because nothing can be declared there; share one pool where several streams live together");

    [Fact]
    public Task A39_CheckInAnExpressionTree_LeavesThatPart() => AwkwardCase.BecomesAsync(
        """
        using System;
        using System.Linq.Expressions;
        using VoiceForge.Audio;

        class C
        {
            Expression<Action<AudioStream>> _tree = stream => stream.Start();
        }
        """,
        """
        using System;
        using System.Linq.Expressions;
        using VoiceForge.Audio;

        class C
        {
            Expression<Action<AudioStreamV2>> _tree = stream => stream.Start();
        }
        """,
        "MK0104 manual: an expression tree cannot hold the check");

    [Fact]
    public Task A39_RenameInAnExpressionTree_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using System.Linq.Expressions;
        using PocketTts;

        class C
        {
            Expression<Func<TtsModel, VoiceState, float[]>> _tree = (model, voice) => model.Generate(voice, "Hello");
        }
        """,
        """
        using System;
        using System.Linq.Expressions;
        using PocketTts;

        class C
        {
            Expression<Func<TtsModel, VoiceState, float[]>> _tree = (model, voice) => model.GenerateAudio(voice, "Hello");
        }
        """);
}
