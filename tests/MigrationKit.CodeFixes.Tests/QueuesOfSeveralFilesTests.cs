using MigrationKit.CodeFixes.Tests.AwkwardCases;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>A ring that one file uses as a queue and another declares or creates: both make a SampleQueue of it, or both leave it to a person.</summary>
public sealed class QueuesOfSeveralFilesTests
{
    private const string Overwrites = "MK0111 review: when it is full, a RingBuffer overwrites the oldest samples, and a SampleQueue refuses the newest";

    private const string Drain = """
        class Drain
        {
            void Empty(Hub hub)
            {
                while (hub.Ring.Available > 0)
                    System.Console.WriteLine(hub.Ring.Read(256).Length);
            }
        }
        """;

    [Theory]
    [InlineData("class Hub { internal readonly RingBuffer Ring = new(480000, 1); }")]
    [InlineData("class Hub { internal RingBuffer Ring { get; } = new RingBuffer(480000, 1); }")]
    [InlineData("class Hub { internal RingBuffer Ring => _ring; readonly RingBuffer _ring = new(480000, 1); }")]
    [InlineData("class Hub(RingBuffer ring) { internal RingBuffer Ring { get; } = ring; }")]
    [InlineData("record Hub(RingBuffer Ring);")]
    [InlineData("class Hub { internal RingBuffer? Maybe; internal RingBuffer Ring => Maybe ??= new(capacitySamples: 480000); }")]
    public Task InternalMember_ChangesInItsOwnFile(string hub) => AwkwardCase.BecomesAsync(
        [Using(hub), Drain],
        [Using(hub.Replace("RingBuffer", "SampleQueue", StringComparison.Ordinal)), Drain],
        Overwrites);

    [Fact]
    public Task MemberOfAPublicType_ChangesToo()
    {
        const string Hub = "public class Hub { public RingBuffer Ring { get; } = new(480000, 1); }";
        return AwkwardCase.BecomesAsync([Using(Hub), Drain], [Using(Hub.Replace("RingBuffer", "SampleQueue", StringComparison.Ordinal)), Drain],
            Overwrites);
    }

    [Fact]
    public Task FieldOfAPartialType_ChangesInThePartThatDeclaresIt() => AwkwardCase.BecomesAsync(
        [
            """
            using VoiceForge.Audio;

            partial class Recorder
            {
                private readonly RingBuffer _ring = new(480000, 1);
            }
            """,
            """
            partial class Recorder
            {
                void Put(float[] audio) => _ring.Write(audio);

                void Drain(System.IO.BinaryWriter file)
                {
                    foreach (var sample in _ring.Read(256))
                        file.Write(sample);
                }
            }
            """,
        ],
        [
            """
            using VoiceForge.Audio;

            partial class Recorder
            {
                private readonly SampleQueue _ring = new(480000, 1);
            }
            """,
            """
            partial class Recorder
            {
                void Put(float[] audio) => _ring.Write(audio);

                void Drain(System.IO.BinaryWriter file)
                {
                    foreach (var sample in _ring.Read(256))
                        file.Write(sample);
                }
            }
            """,
        ],
        Overwrites);

    [Fact]
    public Task Parameter_ChangesWithWhatIsPassed() => BothAsync(
        """
        class Program
        {
            void Run()
            {
                var ring = new RingBuffer(480000, 1);
                new Worker(ring).Run();
                Worker.Fill(into: ring);
            }
        }
        """,
        """
        class Worker(RingBuffer ring)
        {
            internal static void Fill(RingBuffer into) => into.Write(new float[64]);

            internal void Run()
            {
                while (ring.Available > 0)
                    System.Console.WriteLine(ring.Read(256).Length);
            }
        }
        """);

    [Fact]
    public Task ReturnValue_ChangesWithItsCallers() => BothAsync(
        """
        static class Factory
        {
            internal static RingBuffer Make() => new(480000, 1);
        }
        """,
        """
        class Worker
        {
            private readonly RingBuffer _ring = Factory.Make();

            int Left => _ring.Available;
        }
        """);

    [Fact]
    public Task FileThatOnlyHandsItOn_ConnectsTheOthers() => AwkwardCase.BecomesAsync(
        [Using("class Hub { internal RingBuffer Ring { get; } = new(480000, 1); }"), "class Glue { void Run(Hub hub, Sink sink) => sink.Take(hub.Ring); }", Using("class Sink { internal int Take(RingBuffer ring) => ring.Available; }")],
        [Using("class Hub { internal SampleQueue Ring { get; } = new(480000, 1); }"), "class Glue { void Run(Hub hub, Sink sink) => sink.Take(hub.Ring); }", Using("class Sink { internal int Take(SampleQueue ring) => ring.Available; }")],
        Overwrites);

    [Fact]
    public Task InterfaceAndImplementation_ChangeTogether() => BothAsync(
        """
        interface IHub
        {
            RingBuffer Ring { get; }

            void Take(RingBuffer ring);
        }
        """,
        """
        class Hub : IHub
        {
            public RingBuffer Ring { get; } = new(480000, 1);

            void IHub.Take(RingBuffer ring) => System.Console.WriteLine(ring.Channels);

            void Empty(IHub hub)
            {
                hub.Take(Ring);
                while (hub.Ring.Available > 0)
                    System.Console.WriteLine(Ring.Read(256).Length);
            }
        }
        """);

    [Fact]
    public Task SizesOfTwoFiles_AreCompared() => BothAsync(
        """
        class Input
        {
            internal readonly RingBuffer Ring = new(480000, 1);

            void Put() => Ring.Write(new float[64]);
        }
        """,
        """
        class Output(Input input)
        {
            RingBuffer Ring => input.Ring;

            float[] Take() => Ring.Read(256);
        }
        """);

    [Fact]
    public Task NewestBlockAcrossFiles_StaysATripleBuffer() => AwkwardCase.BecomesAsync(
        [
            Using("class Hub { internal readonly RingBuffer Ring = new(480, 1); internal void Put() => Ring.Write(new float[480]); }"),
            "class Meter { int Channels(Hub hub) => hub.Ring.Channels; }",
        ],
        [
            Using("class Hub { private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480, numSlots: 100); internal readonly TripleBuffer Ring = new(bufferSize: 480, channels: 1); internal void Put() => Ring.Write(new float[480]); }"),
            "class Meter { int Channels(Hub hub) => hub.Ring.Channels; }",
        ],
        "MK0101 review: 'Read' gives the newest block as it was written, which need not be as long as what was asked for");

    [Fact]
    public Task WritersInTwoFiles_AreManualInBoth()
    {
        const string Reason = "MK0111 manual: the buffer is written in several members, and a SampleQueue takes one writer thread and one reader thread";
        return AwkwardCase.StaysAsync(
            [
                Using("class Hub { internal readonly RingBuffer Ring = new(480000, 1); void Put() => Ring.Write(new float[64]); }"),
                "class Other(Hub hub) { void Put() => hub.Ring.Write(new float[64]); int Left => hub.Ring.Available; }",
            ],
            Reason);
    }

    [Fact]
    public Task CollectionInAnotherFile_IsManualInBoth() => AwkwardCase.StaysAsync(
        [
            Using("class Hub { internal readonly RingBuffer Ring = new(480000, 1); int Left => Ring.Available; }"),
            Using("class Other(Hub hub) { System.Collections.Generic.List<RingBuffer> All => new() { hub.Ring }; }"),
        ],
        "MK0111 manual: the buffer also goes to or comes from code that this fix does not follow; change all of it to SampleQueue together (in Test1.cs)",
        "MK0111 manual: the buffer also goes to or comes from code that this fix does not follow; change all of it to SampleQueue together");

    private static Task BothAsync(string first, string second) => AwkwardCase.BecomesAsync(
        [Using(first), Using(second)],
        [Using(first.Replace("RingBuffer", "SampleQueue", StringComparison.Ordinal)), Using(second.Replace("RingBuffer", "SampleQueue", StringComparison.Ordinal))],
        Overwrites);

    private static string Using(string source) => "using VoiceForge.Audio;\n\n" + source;
}
