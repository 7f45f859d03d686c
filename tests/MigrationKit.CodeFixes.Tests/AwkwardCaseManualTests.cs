using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Code that a swap of the type would break: it stays as it is, and every finding says why.</summary>
public sealed class AwkwardCaseManualTests
{
    [Fact]
    public Task A33_QueueUnderALock_KeepsWhatItIsPassedTo() => VerifyStaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            readonly RingBuffer _ring = new(480);

            void M()
            {
                if (_ring.Available > 3)
                    Consume(_ring);
            }

            void Fill(float[] audio)
            {
                lock (_ring)
                    _ring.Write(audio);
            }

            void Consume(RingBuffer ring) => Console.WriteLine(ring.Channels);

            RingBuffer Get() => _ring;
        }
        """);

    [Fact]
    public Task A44_NameofAvailable_KeepsTheRing() => VerifyStaysAsync(
        """
        using VoiceForge.Audio;

        class C
        {
            string OfType() => nameof(RingBuffer.Available);

            string OfVariable(RingBuffer ring) => nameof(ring.Available);
        }
        """);

    [Fact]
    public Task A19_MethodGroupThatIsRemovedAgain_KeepsTheRing() => VerifyStaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            readonly RingBuffer _ring = new(480);

            event Action<float[]>? Recorded;

            void On() => Recorded += _ring.Write;

            void Off() => Recorded -= _ring.Write;

            void Raise(float[] audio) => Recorded?.Invoke(audio);
        }
        """);

    [Fact]
    public Task A14_InstancesOfASubclass_KeepWhatHoldsThem() => VerifyStaysAsync(
        """
        using VoiceForge.Audio;

        class Special : AudioStream
        {
            public Special() : base(0, 1) { }
        }

        class C
        {
            readonly AudioStream _stream = new Special();

            AudioStream Make() => new Special();
        }
        """);

    [Fact]
    public Task A50_ArgumentOfABoundedTypeParameter_Stays() => VerifyStaysAsync(
        """
        using VoiceForge.Audio;

        class Holder<T> where T : AudioStream
        {
            public Holder<AudioStream>? Next;
        }

        class C
        {
            void Take<T>(T stream) where T : AudioStream { }

            void M() => Take(new AudioStream(0, 1));
        }
        """);

    [Fact]
    public Task A48_OverloadOrArmForTheNewType_KeepsTheOldOne() => VerifyStaysAsync(
        """
        using VoiceForge.Audio;

        class C
        {
            void F(AudioStream stream) { }

            void F(AudioStreamV2 stream) { }

            int M(object o) => o switch { AudioStream => 1, AudioStreamV2 => 2, _ => 3 };
        }
        """);

    [Fact]
    public Task A49_PropertyPatternThatV2CannotAnswer_Stays() => VerifyStaysAsync(
        """
        using VoiceForge.Audio;

        class C
        {
            bool M(object o) => o is RingBuffer { CapacitySamples: > 3 };
        }
        """);

    [Fact]
    public Task A57_ConstructorThatV1DidNotPublish_Stays() => VerifyStaysAsync(
        """
        using VoiceForge.Audio;

        class C
        {
            object M(object backend) => new AudioStream(0, 1, 48000, bufferSize: 256, backend);
        }
        """);

    private static async Task VerifyStaysAsync(string source)
    {
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var (text, left) = await MigrationVerifier.MigrateAsync(state, source);
            Assert.Equal(source, text);
            Assert.NotEmpty(left);
            Assert.All(left, finding => Assert.Equal(Facts.Manual, finding.Properties[Facts.Safety]));
        }
    }
}
