namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 40 to 42: mocks and assertions.</summary>
public sealed class TestCodeCases
{
    [Fact]
    public Task A40_MoqSetup_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using Moq;
        using VoiceForge.Audio;

        class PlayerTests
        {
            void Test()
            {
                var stream = new Mock<AudioStream>(0, 1, 48000, 256);
                stream.Setup(s => s.Start());
                stream.Setup(s => s.Start()).Throws(new InvalidOperationException());
                stream.Verify(s => s.Start(), Times.Once());
            }
        }
        """,
        """
        using System;
        using Moq;
        using VoiceForge.Audio;

        class PlayerTests
        {
            void Test()
            {
                var stream = new Mock<AudioStreamV2>(0, 1, new BufferPool(slotSizeSamples: 480000, numSlots: 100), 48000, 256, null, null);
                stream.Setup(s => s.Start()).Returns(true);
                stream.Setup(s => s.Start()).Throws(new InvalidOperationException());
                stream.Verify(s => s.Start(), Times.Once());
            }
        }
        """,
        "MK0103 review: the mock constructs 'AudioStreamV2', and its 'Start' gives false unless it is set up; a mock of 'IAudioStream' needs no constructor");

    [Fact]
    public Task A40_StrictMoq_Migrates() => AwkwardCase.BecomesAsync(
        """
        using Moq;
        using VoiceForge.Audio;

        class PlayerTests
        {
            void Test()
            {
                var stream = new Mock<AudioStream>(MockBehavior.Strict, 0, 1, 48000, 256);
                stream.Setup(s => s.Start());
            }
        }
        """,
        """
        using Moq;
        using VoiceForge.Audio;

        class PlayerTests
        {
            void Test()
            {
                var stream = new Mock<AudioStreamV2>(MockBehavior.Strict, 0, 1, new BufferPool(slotSizeSamples: 480000, numSlots: 100), 48000, 256, null, null);
                stream.Setup(s => s.Start()).Returns(true);
            }
        }
        """,
        "MK0103 review: the mock constructs 'AudioStreamV2', and its 'Start' gives false unless it is set up; a mock of 'IAudioStream' needs no constructor");

    [Fact]
    public Task A40_NSubstitute_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using NSubstitute;
        using VoiceForge.Audio;

        class PlayerTests
        {
            void Test()
            {
                var stream = Substitute.For<AudioStream>(0, 1, 48000, 256);
                stream.When(s => s.Start()).Do(_ => { });
                stream.Received().Start();
            }
        }
        """,
        """
        using System;
        using NSubstitute;
        using VoiceForge.Audio;

        class PlayerTests
        {
            void Test()
            {
                var stream = Substitute.For<AudioStreamV2>(0, 1, new BufferPool(slotSizeSamples: 480000, numSlots: 100), 48000, 256, null, null);
                stream.When(s => s.Start()).Do(_ => { });
                stream.Received().Start();
            }
        }
        """,
        "MK0103 review: the mock constructs 'AudioStreamV2', and its 'Start' gives false unless it is set up; a mock of 'IAudioStream' needs no constructor");

    [Fact]
    public Task A41_MockOfTheClass_Migrates() => AwkwardCase.BecomesAsync(
        """
        using Moq;
        using VoiceForge.Audio;

        class PlayerTests
        {
            AudioStream Make() => new Mock<AudioStream>(0, 1, 48000, 256).Object;
        }
        """,
        """
        using Moq;
        using VoiceForge.Audio;

        class PlayerTests
        {
            AudioStreamV2 Make() => new Mock<AudioStreamV2>(0, 1, new BufferPool(slotSizeSamples: 480000, numSlots: 100), 48000, 256, null, null).Object;
        }
        """,
        "MK0103 review: the mock constructs 'AudioStreamV2', and its 'Start' gives false unless it is set up; a mock of 'IAudioStream' needs no constructor");

    [Fact]
    public Task A42_AssertionOnLength_LeavesThatPart() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class RingTests
        {
            void Read_GivesWhatWasAskedFor()
            {
                var ring = new RingBuffer(4800);
                ring.Write(new float[480]);
                Assert.Equal(480, ring.Read(480).Length);
            }

            void Start_DoesNotThrow(AudioStream stream)
            {
                Assert.Null(Record.Exception(() => stream.Start()));
            }
        }

        static class Assert
        {
            public static void Equal(int expected, int actual) => Console.WriteLine((expected, actual));

            public static void Null(object? actual) => Console.WriteLine(actual);
        }

        static class Record
        {
            public static Exception? Exception(Action action) { action(); return null; }

            public static Exception? Exception(Func<object?> function) { function(); return null; }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class RingTests
        {
            void Read_GivesWhatWasAskedFor()
            {
                var ring = new RingBuffer(4800);
                ring.Write(new float[480]);
                Assert.Equal(480, ring.Read(480).Length);
            }

            void Start_DoesNotThrow(AudioStreamV2 stream)
            {
                Assert.Null(Record.Exception(() =>
                {
                    if (!stream.Start())
                    {
                        throw new InvalidOperationException("Audio stream failed to start.");
                    }
                }));
            }
        }

        static class Assert
        {
            public static void Equal(int expected, int actual) => Console.WriteLine((expected, actual));

            public static void Null(object? actual) => Console.WriteLine(actual);
        }

        static class Record
        {
            public static Exception? Exception(Action action) { action(); return null; }

            public static Exception? Exception(Func<object?> function) { function(); return null; }
        }
        """,
        "MK0101 manual: a test asserts what 'Read' gives, and a TripleBuffer gives the newest block as it was written, or null",
        "MK0102 manual: 'RingBuffer' stays here: a test asserts what 'Read' gives, and a TripleBuffer gives the newest block as it was written, or null");
}
