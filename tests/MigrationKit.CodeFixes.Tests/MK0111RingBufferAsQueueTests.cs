using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;
using static MigrationKit.CodeFixes.Tests.Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0111RingBufferAsQueueAnalyzer, MigrationKit.CodeFixes.Rules.MK0111RingBufferAsQueueFix>;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0111RingBufferAsQueueTests
{
    private const string Drain = "while (ring.Available > 0)\n    Use(ring.Read(256));";

    private const string Everything = """
        using System;
        using System.Collections.Generic;
        using VoiceForge.Audio;
        using RB = VoiceForge.Audio.RingBuffer;

        namespace Case;

        /// <summary><see cref="RingBuffer.Read(int)"/></summary>
        class Recorder
        {
            private readonly RB _ring = new(480000, 2), _other = new(64);
            private readonly List<RingBuffer> _all = new() { new RingBuffer(1) };

            public RingBuffer? Ring { get { return _ring ?? _other; } set { } }

            static RingBuffer Make(int size, RingBuffer? old = null) => old is { } known ? known : new(size);

            void Run(System.IO.Stream file, bool flag)
            {
                var ring = Make(1, old: (flag ? _ring : _other)!);
                Action<float[]> write = ring.Write;
                lock (_all)
                    write(new float[64]);
                float[] block;
                while ((block = ring.Read(128)).Length > 0 && Ring?.Available > 0)
                {
                    file.WriteByte((byte)block[0]);
                    foreach (var each in _all)
                        if (each.Read(3)[0] == 0) break;
                    ring.Clear();
                }

                var (a, b) = (ring, nameof(ring.Available));
                switch (flag) { case true: _other.Write(_other.Read(2)); break; default: _other.Read(_other.Read(1).Length); break; }
            }
        }
        """;

    [Theory]
    [InlineData("new {|MK0111:RingBuffer|}(480000, 1)", "new SampleQueue(480000, 1)")]
    [InlineData("new {|MK0111:RingBuffer|}(capacitySamples: 480000, channels: 1)", "new SampleQueue(capacitySamples: 480000, channels: 1)")]
    [InlineData("new {|MK0111:RingBuffer|}(audio.Length)", "new SampleQueue(audio.Length)")]
    [InlineData("new VoiceForge.Audio.{|MK0111:RingBuffer|} /* a */ ( 480000 /* b */ ) /* c */", "new VoiceForge.Audio.SampleQueue /* a */ ( 480000 /* b */ ) /* c */")]
    public Task Creation_KeepsItsArgumentsAndTrivia(string before, string after) =>
        Verify.VerifyCodeFixAsync(InMethod($"var ring = {before}; // all of it\n{Drain}"), InMethod($"var ring = {after}; // all of it\n{Drain}"));

    [Theory]
    [InlineData("if (ring.Available >= 64) Use(ring.Read(64));")]
    [InlineData("float[] block;\nwhile ((block = ring.Read(64)).Length > 0)\n    Use(block);")]
    [InlineData("var block = ring.Read(64);\nwhile (block[0] != 0)\n{\n    Use(block);\n    block = ring.Read(64);\n}")]
    [InlineData("float[] block;\ndo\n{\n    block = ring.Read(64);\n    Use(block);\n}\nwhile (Array.Exists(block, sample => sample != 0));")]
    [InlineData("while (true)\n{\n    var block = ring.Read(64);\n    if (Array.TrueForAll(block, sample => sample == 0))\n        break;\n    Use(block);\n}")]
    [InlineData("ring.Write(audio);\nfor (var i = 0; i < 4; i++)\n    Use(ring.Read(64));")]
    [InlineData("ring.Write(audio);\nUse(ring.Read(64));\nUse(ring.Read(64));")]
    [InlineData("Action fill = () => ring.Write(audio);\nvar left = ring.Read(64);\nvar right = ring.Read(64);\nUse(left);\nUse(right);")]
    [InlineData("ring.Write(new float[256]);\nUse(ring.Read(64));")]
    [InlineData("var block = new float[64];\nring.Write(block);\nUse(ring.Read(256));")]
    [InlineData("using var writer = new System.IO.BinaryWriter(System.IO.Stream.Null);\nforeach (var sample in ring.Read(64))\n    writer.Write(sample);")]
    [InlineData("var block = ring.Read(64);\nSystem.IO.Stream.Null.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(block.AsSpan()));")]
    [InlineData("System.IO.File.WriteAllText(\"block\", string.Join(\" \", ring.Read(64)));")]
    public Task SignOfAQueue_BecomesSampleQueue(string uses) => Verify.VerifyCodeFixAsync(
        InMethod("var ring = new {|MK0111:RingBuffer|}(4800);\n" + uses), InMethod("var ring = new SampleQueue(4800);\n" + uses));

    [Theory]
    [InlineData("ring.Write(audio);\nUse(ring.Read(64));")]
    [InlineData("while (flag)\n    Use(ring.Read(64));")]
    [InlineData("Use(ring.Read(64));\nUse(ring.Read(64));")]
    [InlineData("if (flag)\n    Use(ring.Read(64));\nelse\n    Use(ring.Read(32));")]
    [InlineData("if (flag)\n{\n    Use(ring.Read(64));\n    return;\n}\nUse(ring.Read(32));")]
    [InlineData("Use(flag ? ring.Read(64) : ring.Read(32));")]
    [InlineData("ring.Write(new float[64]);\nUse(ring.Read(64));")]
    [InlineData("ring.Write(audio);\nvar first = ring.Read(64);\nring.Write(first);\nUse(ring.Read(64));")]
    [InlineData("var name = nameof(ring.Available);")]
    [InlineData("using var writer = new System.IO.BinaryWriter(System.IO.Stream.Null);\nvar block = ring.Read(64);\nwriter.Write(block.Length);")]
    public Task NewestBlock_IsNotReported(string uses) => Verify.VerifyAnalyzerAsync(InMethod("var ring = new RingBuffer(4800);\n" + uses));

    [Theory]
    [InlineData(", 2", "new float[128]", false)]
    [InlineData(", channels: 2", "new float[64]", true)]
    [InlineData(", audio.Length", "new float[128]", false)]
    public Task Sizes_AreComparedInSamplesOfAllChannels(string channels, string block, bool isQueue)
    {
        var uses = $"(4800{channels});\nring.Write({block});\nUse(ring.Read(64));";
        return isQueue
            ? Verify.VerifyCodeFixAsync(InMethod("var ring = new {|MK0111:RingBuffer|}" + uses), InMethod("var ring = new SampleQueue" + uses))
            : Verify.VerifyAnalyzerAsync(InMethod("var ring = new RingBuffer" + uses));
    }

    [Fact]
    public Task Field_ChangesWithItsUsesAndGetsNoPool() => Verify.VerifyCodeFixAsync(
        InClass("""
            // Everything that was said.
            private readonly {|MK0111:RingBuffer|} _ring = new(480000, 1);

            public void Feed(float[] audio) => _ring.Write(audio);

            public float[] Next() => this._ring.Available < 256 ? Array.Empty<float>() : _ring.Read(256);

            public int Size => _ring.CapacitySamples;
            """),
        InClass("""
            // Everything that was said.
            private readonly SampleQueue _ring = new(480000, 1);

            public void Feed(float[] audio) => _ring.Write(audio);

            public float[] Next() => this._ring.Available < 256 ? Array.Empty<float>() : _ring.Read(256);

            public int Size => _ring.CapacitySamples;
            """));

    [Fact]
    public Task MethodGroups_StillBind()
    {
        const string Uses = """
            (480000);
            Action<float[]> write = ring.Write;
            Func<int, float[]> read = ring.Read;
            var cast = (Func<int, float[]>)ring.Read;
            Array.ForEach(new[] { audio }, ring.Write);
            var clear = ring.Clear;
            if (ring.Available > 0)
                clear();
            """;
        return Verify.VerifyCodeFixAsync(InMethod("var ring = new {|MK0111:RingBuffer|}" + Uses), InMethod("var ring = new SampleQueue" + Uses));
    }

    [Theory]
    [InlineData("var write = ring.Write;")]
    [InlineData("Delegate read = ring.Read;")]
    public Task MethodGroupWithoutDelegateType_IsReportedWithoutFix(string use) =>
        IsManual(InMethod($"var ring = new {{|MK0111:RingBuffer|}}(480000);\n{use}\n{Drain}"));

    [Theory]
    [InlineData("public void A(float[] audio) => _ring.Write(audio);\n\npublic void B(float[] audio) => _ring.Write(audio);\n\npublic bool Any => _ring.Available > 0;")]
    [InlineData("public float[]? A() => _ring.Available > 0 ? _ring.Read(64) : null;\n\npublic float[] B() => _ring.Read(64);")]
    [InlineData("public float[]? A() => _ring.Available > 0 ? _ring.Read(64) : null;\n\npublic void Reset() => _ring.Clear();")]
    [InlineData("public void A(float[] audio)\n{\n    lock (this)\n        _ring.Write(audio);\n}\n\npublic bool Any => _ring.Available > 0;")]
    [InlineData("public void A(float[] audio)\n{\n    Action<float[]> late = block => _ring.Write(block);\n    _ring.Write(audio);\n}\n\npublic bool Any => _ring.Available > 0;")]
    public Task SeveralWritersOrReaders_AreReportedWithoutFix(string members) =>
        IsManual(InClass("private readonly {|MK0111:RingBuffer|} _ring = new(480000);\n\n" + members));

    [Fact]
    public Task RingThatIsPassedOn_ChangesEverywhereInTheFile() => Verify.VerifyCodeFixAsync(
        InClass("""
            private {|MK0111:RingBuffer|}? _ring;

            private static RingBuffer Make(int size) => new RingBuffer(size);

            void Run()
            {
                var ring = Make(4800);
                _ring = ring;
                Drain(ring);
            }

            static void Drain(RingBuffer from)
            {
                while (from.Available > 0)
                    from.Read(64);
            }
            """),
        InClass("""
            private SampleQueue? _ring;

            private static SampleQueue Make(int size) => new SampleQueue(size);

            void Run()
            {
                var ring = Make(4800);
                _ring = ring;
                Drain(ring);
            }

            static void Drain(SampleQueue from)
            {
                while (from.Available > 0)
                    from.Read(64);
            }
            """));

    [Theory]
    [InlineData("var rings = new System.Collections.Generic.List<{|MK0111:RingBuffer|}>();\nrings.Add(new RingBuffer(64));\nif (rings[0].Available > 0)\n    Use(audio);")]
    [InlineData("{|MK0111:RingBuffer|}[] rings = { new RingBuffer(64) };\nforeach (var ring in rings)\n    if (ring.Available > 0)\n        Use(audio);")]
    [InlineData("var rings = new {|MK0111:RingBuffer|}[] { new(64) };\nvar first = rings[0];\nif (first.Available > 0)\n    Use(audio);")]
    [InlineData("var rings = new[] { new {|MK0111:RingBuffer|}(64) };\nvar isAny = Array.Exists(rings, ring => ring.Available > 0);")]
    public Task RingsInACollection_AreReportedWithoutFix(string uses) => IsManual(InMethod(uses));

    [Theory]
    [InlineData("public int Lacks({|MK0111:RingBuffer|} ring) => ring.CapacitySamples - ring.Available;", "public int Lacks(SampleQueue ring) => ring.CapacitySamples - ring.Available;")]
    [InlineData("public {|MK0111:RingBuffer|} Ring { get; } = new(64);\n\nbool Any() => Ring?.Available > 0;", "public SampleQueue Ring { get; } = new(64);\n\nbool Any() => Ring?.Available > 0;")]
    [InlineData("bool Any({|MK0111:RingBuffer|} a, RingBuffer b) => (Any(b, a!) ? a : b).Available > 0;", "bool Any(SampleQueue a, SampleQueue b) => (Any(b, a!) ? a : b).Available > 0;")]
    public Task Signatures_Change(string before, string after) => Verify.VerifyCodeFixAsync(InClass(before), InClass(after));

    [Fact]
    public async Task Fix_IsReviewWithItsReason()
    {
        var finding = await OnlyFindingAsync(InMethod($"var ring = new RingBuffer(64);\n{Drain}"));
        Assert.Equal(Facts.Review, finding.Properties[Facts.Safety]);
        Assert.Equal("when it is full, a RingBuffer overwrites the oldest samples, and a SampleQueue refuses the newest", finding.Properties[Facts.Reason]);
        Assert.Equal("Replace 'RingBuffer' by 'SampleQueue', because 'Available' is consulted", finding.GetMessage(CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task SeveralWriters_AreTheReason()
    {
        var finding = await OnlyFindingAsync(InClass("""
            private readonly RingBuffer _ring = new(64);

            public bool Any => _ring.Available > 0;

            public void A(float[] audio) => _ring.Write(audio);

            public void B(float[] audio) => _ring.Write(audio);
            """));
        Assert.Equal(Facts.Manual, finding.Properties[Facts.Safety]);
        Assert.Equal("the buffer is written in several members, and a SampleQueue takes one writer thread and one reader thread", finding.Properties[Facts.Reason]);
    }

    [Fact]
    public Task TwoQueues_AreTwoFindings() => Verify.VerifyCodeFixAsync(
        InMethod("var a = new {|MK0111:RingBuffer|}(64);\nvar b = new {|MK0111:RingBuffer|}(32);\nif (a.Available > b.Available)\n    Use(audio);"),
        InMethod("var a = new SampleQueue(64);\nvar b = new SampleQueue(32);\nif (a.Available > b.Available)\n    Use(audio);"));

    [Fact]
    public Task QueueBesideAStreamAndAMeter_LeavesThemTheirPool() => MigrationVerifier.VerifyAsync(
        InMethod("""
            var queue = new RingBuffer(960000);
            var meter = new RingBuffer(96000);
            var stream = new AudioStream(0, 1);
            stream.SetProcessingCallback(block => { queue.Write(block); meter.Write(block); return block; });
            while (queue.Available > 0)
            {
                var block = queue.Read(256);
                Use(block);
            }
            Use(meter.Read(256));
            """),
        InMethod("""
            var queue = new SampleQueue(960000);
            var bufferPool = new BufferPool(slotSizeSamples: 96000, numSlots: 100);
            var meter = new TripleBuffer(bufferSize: 48000);
            var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool);
            stream.SetProcessingCallback(block => { queue.Write(block); meter.Write(block); return block; });
            while (queue.Available > 0)
            {
                var block = queue.Read(256);
                Use(block);
            }
            Use(meter.Read() ?? Array.Empty<float>());
            """));

    [Fact]
    public Task QueueAlone_GetsNoPoolAndNoGuard() => MigrationVerifier.VerifyAsync(
        InMethod($"var ring = new RingBuffer(480000, 1);\nring.Write(audio);\n{Drain}"),
        InMethod($"var ring = new SampleQueue(480000, 1);\nring.Write(audio);\n{Drain}"));

    [Theory]
    [InlineData(CodeState.S2)]
    [InlineData(CodeState.S3)]
    public async Task HalfTypedCode_ThrowsNothing(CodeState state)
    {
        var tokens = CSharpSyntaxTree.ParseText(Everything).GetRoot().DescendantTokens().Where((_, index) => index % 6 == 0).ToList();
        var cases = tokens.SelectMany(token => new[] { Everything[..token.SpanStart], Everything.Remove(token.SpanStart, token.Span.Length) });
        var project = TestProject.Create(state, "namespace Empty;");
        foreach (var (source, index) in cases.Select((source, index) => (source, index)))
            project = project.AddDocument($"Case{index}.cs", source.Replace("namespace Case;", $"namespace Case{index};", StringComparison.Ordinal)).Project;

        var found = await TestProject.AnalyzeAsync(project, RuleCatalog.CreateAnalyzers()); // throws what an analyzer throws

        Assert.Contains(found, finding => finding.Id == RuleIds.RingBufferAsQueue);
    }

    [Fact]
    public Task OwnTypeOfTheSameName_IsNotTouched() => Verify.VerifyAnalyzerAsync(
        "namespace Mine { class RingBuffer { public RingBuffer(int n) { } public int Available => 1; } class C { bool M() => new RingBuffer(5).Available > 0; } }");

    private static Task IsManual(string source) => Verify.VerifyCodeFixAsync(source, source);

    private static async Task<Diagnostic> OnlyFindingAsync(string source) =>
        Assert.Single(await TestProject.AnalyzeAsync(TestProject.Create(CodeState.S2, source), RuleCatalog.CreateAnalyzers()));
}
