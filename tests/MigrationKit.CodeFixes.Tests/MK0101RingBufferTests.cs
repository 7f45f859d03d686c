using static MigrationKit.CodeFixes.Tests.Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0101RingBufferAnalyzer, MigrationKit.CodeFixes.Rules.MK0101RingBufferFix>;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0101RingBufferTests
{
    private const string Pool = "var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);";

    [Theory]
    [InlineData("new {|MK0101:RingBuffer|}(480000, 1)", "new TripleBuffer(bufferSize: 48000, channels: 1)")]
    [InlineData("new {|MK0101:RingBuffer|}(capacitySamples: 480000, channels: 1)", "new TripleBuffer(bufferSize: 48000, channels: 1)")]
    [InlineData("new {|MK0101:RingBuffer|}(channels: 1, capacitySamples: 480000)", "new TripleBuffer(channels: 1, bufferSize: 48000)")]
    [InlineData("new {|MK0101:RingBuffer|}(480000)", "new TripleBuffer(bufferSize: 48000)")]
    public Task Creation_BecomesTripleBufferBesideThePool(string before, string after) =>
        Verify.VerifyCodeFixAsync(InMethod($"var ring = {before};"), InMethod($"{Pool}\nvar ring = {after};"));

    [Fact]
    public Task Guide_R2_R3_R4() => Verify.VerifyCodeFixAsync(
        InMethod("""
            var ringBuffer = new {|MK0101:RingBuffer|}(capacitySamples: 480000, channels: 1);
            ringBuffer.Write(audio);
            float[] audioChunk = ringBuffer.Read(4096);
            Use(audioChunk);
            """),
        InMethod(Pool + "\n" + """
            var ringBuffer = new TripleBuffer(bufferSize: 48000, channels: 1);
            ringBuffer.Write(audio);
            float[]? audioChunk = ringBuffer.Read();
            if (audioChunk is not null)
            {
                Use(audioChunk);
            }
            """));

    [Fact]
    public Task SmallConstantCapacity_StaysTheBlockSize() => Verify.VerifyCodeFixAsync(
        InMethod("const int Block = 256;\n{|MK0101:RingBuffer|} ring = new(Block);"),
        InMethod("const int Block = 256;\nvar bufferPool = new BufferPool(slotSizeSamples: 256, numSlots: 100);\nTripleBuffer ring = new(bufferSize: Block);"));

    [Fact]
    public Task UnknownCapacity_IsLeftToAPerson() => Verify.VerifyCodeFixAsync(
        InMethod("var ring = new {|MK0101:RingBuffer|}(audio.Length);"),
        InMethod(Pool + "\n// TODO(MigrationKit MK0101): bufferSize is the largest block that is written, not the old capacity; choose it.\nvar ring = new TripleBuffer(bufferSize: audio.Length);"));

    [Fact]
    public Task Field_GetsAPoolFieldBeforeIt() => Verify.VerifyCodeFixAsync(
        InClass("""
            private readonly {|MK0101:RingBuffer|} _ring = new(480000, 1);

            public void Feed(float[] audio) => _ring.Write(audio);

            public float[] Next() => _ring.Read(256);

            public int Size => _ring.CapacitySamples;
            """),
        InClass("""
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            private readonly TripleBuffer _ring = new(bufferSize: 48000, channels: 1);

            public void Feed(float[] audio) => _ring.Write(audio);

            public float[] Next() => _ring.Read() ?? Array.Empty<float>();

            public int Size => _ring.BufferSize;
            """));

    [Fact]
    public Task MethodGroups_BecomeLambdas() => Verify.VerifyCodeFixAsync(
        InMethod("""
            var ring = new {|MK0101:RingBuffer|}(480000);
            Action<float[]> write = ring.Write;
            Func<int, float[]> read = ring.Read;
            var cast = (Action<float[]>)ring.Write;
            """),
        InMethod(Pool + "\n" + """
            var ring = new TripleBuffer(bufferSize: 48000);
            Action<float[]> write = audio => { ring.Write(audio); };
            Func<int, float[]> read = _ => ring.Read() ?? Array.Empty<float>();
            var cast = (Action<float[]>)(audio => { ring.Write(audio); });
            """));

    [Fact]
    public Task ReadInLoop_SkipsTheRound() => Verify.VerifyCodeFixAsync(
        InMethod("""
            var ring = new {|MK0101:RingBuffer|}(480000);
            while (flag)
            {
                var block = ring.Read(256); // newest
                Use(block);
            }
            """),
        InMethod(Pool + "\n" + """
            var ring = new TripleBuffer(bufferSize: 48000);
            while (flag)
            {
                var block = ring.Read(); // newest
                if (block is null)
                {
                    // TODO(MigrationKit MK0102): nothing new was written; wait here, or the loop takes a whole processor until there is.
                    continue;
                }
                Use(block);
            }
            """));

    [Fact]
    public Task UsedAsQueue_IsLeftToMK0111() => Verify.VerifyAnalyzerAsync(InMethod("""
        var ring = new RingBuffer(480000);
        while (ring.Available > 0)
            Use(ring.Read(256));
        """));

    [Fact]
    public Task ReadArgumentWithSideEffects_IsReportedWithoutFix()
    {
        var source = InMethod("var n = 1;\nvar ring = new {|MK0101:RingBuffer|}(480000);\nUse(ring.Read(n++));");
        return Verify.VerifyCodeFixAsync(source, source);
    }

    [Fact]
    public Task ConditionalAccess_KeepsTheQuestionMark() => Verify.VerifyCodeFixAsync(
        InClass("""
            private {|MK0101:RingBuffer|}? _ring;

            void Open() { _ring = new(480000); }

            void Feed(float[] audio) { _ring?.Write(audio); }

            float[]? Next() { return _ring?.Read(64); }
            """),
        InClass("""
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            private TripleBuffer? _ring;

            void Open() { _ring = new(bufferSize: 48000); }

            void Feed(float[] audio) { _ring?.Write(audio); }

            float[]? Next() { return _ring?.Read(); }
            """));

    [Fact]
    public Task OwnTypeOfTheSameName_IsNotTouched() => Verify.VerifyAnalyzerAsync(
        "namespace Mine { class RingBuffer { public RingBuffer(int n) { } public float[] Read(int n) => new float[n]; } class C { void M() { new RingBuffer(5).Read(3); } } }");
}
