using static MigrationKit.CodeFixes.Tests.Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0103AudioStreamAnalyzer, MigrationKit.CodeFixes.Rules.MK0103AudioStreamFix>;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0103AudioStreamTests
{
    private const string Pool = "var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);";

    [Theory]
    [InlineData("new {|MK0103:AudioStream|}(0, 1, 44100, 512)", "new AudioStreamV2(0, 1, sampleRate: 44100, bufferSize: 512, bufferPool: bufferPool)")]
    [InlineData("new {|MK0103:AudioStream|}(0, 1)", "new AudioStreamV2(0, 1, bufferPool: bufferPool)")]
    [InlineData("new {|MK0103:AudioStream|}(0, 1, bufferSize: 128)", "new AudioStreamV2(0, 1, bufferSize: 128, bufferPool: bufferPool)")]
    [InlineData("new {|MK0103:AudioStream|}(outputDeviceIndex: 1, inputDeviceIndex: 0)", "new AudioStreamV2(outputDeviceIndex: 1, inputDeviceIndex: 0, bufferPool: bufferPool)")]
    [InlineData("new {|MK0103:AudioStream|}(0, 1, 44100 /* CD */)", "new AudioStreamV2(0, 1, sampleRate: 44100 /* CD */, bufferPool: bufferPool)")]
    [InlineData("new VoiceForge.Audio.{|MK0103:AudioStream|}(0, 1)", "new VoiceForge.Audio.AudioStreamV2(0, 1, bufferPool: bufferPool)")]
    [InlineData("new global::VoiceForge.Audio.{|MK0103:AudioStream|}(0, 1)", "new global::VoiceForge.Audio.AudioStreamV2(0, 1, bufferPool: bufferPool)")]
    public Task Creation_TakesTheScopesPool(string before, string after) =>
        Verify.VerifyCodeFixAsync(InMethod($"var stream = {before};"), InMethod($"{Pool}\nvar stream = {after};"));

    [Fact]
    public Task Guide_R6_NamedArguments() => Verify.VerifyCodeFixAsync(
        InMethod("""
            var stream = new {|MK0103:AudioStream|}(
                inputDeviceIndex: 0,
                outputDeviceIndex: 1,
                sampleRate: 48000,
                bufferSize: 256
            );
            stream.Start();
            """),
        InMethod(Pool + "\n" + """
            var stream = new AudioStreamV2(
                inputDeviceIndex: 0,
                outputDeviceIndex: 1,
                sampleRate: 48000,
                bufferSize: 256,
                bufferPool: bufferPool
            );
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
            """));

    [Fact]
    public Task TargetTypedLocal_ChangesTypeAndArguments() => Verify.VerifyCodeFixAsync(
        InMethod("{|MK0103:AudioStream|} stream = new(0, 1, 44100);"),
        InMethod(Pool + "\nAudioStreamV2 stream = new(0, 1, sampleRate: 44100, bufferPool: bufferPool);"));

    [Fact]
    public Task UsingDeclaration_DisposesThePoolAfterTheStream() => Verify.VerifyCodeFixAsync(
        InMethod("using var stream = new {|MK0103:AudioStream|}(0, 1);"),
        InMethod("using var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);\nusing var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool);"));

    [Fact]
    public Task UsingStatement_StacksAnotherOne() => Verify.VerifyCodeFixAsync(
        InMethod("""
            using (var stream = new {|MK0103:AudioStream|}(0, 1))
            {
                stream.Stop();
            }
            """),
        InMethod("""
            using (var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100))
            using (var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool))
            {
                stream.Stop();
            }
            """));

    [Fact]
    public Task SeveralStreamsOfABody_ShareOnePoolOutsideTheLoop() => Verify.VerifyCodeFixAsync(
        InMethod("""
            for (var i = 0; i < 2; i++)
            {
                var first = new {|MK0103:AudioStream|}(i, 1);
            }

            var second = new AudioStream(0, 1, bufferSize: 1024);
            """),
        InMethod(Pool + "\n" + """
            for (var i = 0; i < 2; i++)
            {
                var first = new AudioStreamV2(i, 1, bufferPool: bufferPool);
            }

            var second = new AudioStreamV2(0, 1, bufferSize: 1024, bufferPool: bufferPool);
            """));

    [Fact]
    public Task NameAlreadyTaken_PoolGetsAnother() => Verify.VerifyCodeFixAsync(
        InMethod("var bufferPool = 3;\nvar stream = new {|MK0103:AudioStream|}(0, bufferPool);"),
        InMethod("var bufferPool = 3;\nvar bufferPool2 = new BufferPool(slotSizeSamples: 480000, numSlots: 100);\nvar stream = new AudioStreamV2(0, bufferPool, bufferPool: bufferPool2);"));

    [Fact]
    public Task UnbracedIf_KeepsItsElse() => Verify.VerifyCodeFixAsync(
        InMethod("""
            var stream = new {|MK0103:AudioStream|}(0, 1);
            if (flag) stream.Start();
            else stream.Stop();
            """),
        InMethod(Pool + "\n" + """
            var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool);
            if (flag)
            {
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            }
            else stream.Stop();
            """));

    [Fact]
    public Task MethodGroupOfStart_BecomesACheckingLambda() => Verify.VerifyCodeFixAsync(
        InMethod("""
            var stream = new {|MK0103:AudioStream|}(0, 1);
            Action start = stream.Start;
            """),
        InMethod(Pool + "\n" + """
            var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool);
            Action start = () =>
            {
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            };
            """));

    [Fact]
    public Task FieldCreatedInConstructor_GetsAPoolFieldDisposedAfterIt() => Verify.VerifyCodeFixAsync(
        InClass("""
            /// <summary>Plays.</summary>
            private readonly {|MK0103:AudioStream|} _stream;
            private readonly AudioStream? _monitor;

            public C(int device)
            {
                _stream = new AudioStream(device, device);
                _monitor = new(device, 3, 48000, 256); // hears itself
            }

            public void Go() => _stream.Start();

            public void Listen() => _monitor?.Start();

            public void Dispose()
            {
                _stream.Dispose();
                _monitor?.Dispose(); // last
            }
            """, "sealed class C : IDisposable"),
        InClass("""
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);

            /// <summary>Plays.</summary>
            private readonly AudioStreamV2 _stream;
            private readonly AudioStreamV2? _monitor;

            public C(int device)
            {
                _stream = new AudioStreamV2(device, device, bufferPool: _bufferPool);
                _monitor = new(device, 3, sampleRate: 48000, bufferSize: 256, bufferPool: _bufferPool); // hears itself
            }

            public void Go()
            {
                if (!_stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            }

            public void Listen()
            {
                if (_monitor?.Start() == false)
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            }

            public void Dispose()
            {
                _stream.Dispose();
                _monitor?.Dispose(); // last
                _bufferPool.Dispose();
            }
            """, "sealed class C : IDisposable"));

    [Fact]
    public Task FieldInitializer_MovesIntoTheOnlyConstructor() => Verify.VerifyCodeFixAsync(
        InClass("""
            private readonly {|MK0103:AudioStream|} _stream = new(0, 1);

            public C()
            {
                _stream.SetProcessingCallback(null);
            }

            public void Dispose() => _stream.Dispose();
            """),
        InClass("""
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            private readonly AudioStreamV2 _stream;

            public C()
            {
                _stream = new(0, 1, bufferPool: _bufferPool);
                _stream.SetProcessingCallback(null);
            }

            public void Dispose()
            {
                _stream.Dispose();
                _bufferPool.Dispose();
            }
            """));

    [Fact]
    public Task FieldInitializerWithoutConstructor_WritesThePoolInline() => Verify.VerifyCodeFixAsync(
        InClass("private readonly {|MK0103:AudioStream|} _stream = new AudioStream(0, 1);"),
        InClass("private readonly AudioStreamV2 _stream = new AudioStreamV2(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));"));

    [Fact]
    public Task StaticField_PutsAStaticPoolBeforeIt() => Verify.VerifyCodeFixAsync(
        InClass("private static readonly {|MK0103:AudioStream|} Stream = new AudioStream(0, 1);"),
        InClass("""
            private static readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            private static readonly AudioStreamV2 Stream = new AudioStreamV2(0, 1, bufferPool: _bufferPool);
            """));

    [Fact]
    public Task ExistingPool_IsReused() => Verify.VerifyCodeFixAsync(
        InClass("""
            private readonly BufferPool _blocks = new();

            public void M()
            {
                var stream = new {|MK0103:AudioStream|}(0, 1);
            }
            """),
        InClass("""
            private readonly BufferPool _blocks = new();

            public void M()
            {
                var stream = new AudioStreamV2(0, 1, bufferPool: _blocks);
            }
            """), MigrationKit.Tests.Verifiers.CodeState.S2 | MigrationKit.Tests.Verifiers.CodeState.S3);

    [Fact]
    public Task ExpressionBody_WritesThePoolInline() => Verify.VerifyCodeFixAsync(
        InClass("public static {|MK0103:AudioStream|} Open(int device) => new {|MK0103:AudioStream|}(device, device);"),
        InClass("public static AudioStreamV2 Open(int device) => new AudioStreamV2(device, device, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));"));

    [Fact]
    public Task TopLevelStatements_ReturnOneOnFailure() => Verify.VerifyCodeFixAsync(
        TopLevel("""
            using var stream = new {|MK0103:AudioStream|}(0, 1);
            stream.Start();
            Console.ReadLine();
            """),
        TopLevel("""
            using var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            using var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool);
            if (!stream.Start())
            {
                Console.Error.WriteLine("Audio stream failed to start.");
                return 1;
            }
            Console.ReadLine();
            return 0;
            """));

    [Fact]
    public Task OtherMentions_AreRenamed() => Verify.VerifyCodeFixAsync(
        InClass("""
            private readonly System.Collections.Generic.List<{|MK0103:AudioStream|}> _streams = new();

            /// <summary>Like <see cref="{|MK0103:AudioStream|}"/>.</summary>
            public static bool Is(object o) => o is {|MK0103:AudioStream|} stream && stream.IsRunning && typeof({|MK0103:AudioStream|}).IsClass;

            private void Add({|MK0103:AudioStream|} stream) => _streams.Add(stream);
            """),
        InClass("""
            private readonly System.Collections.Generic.List<AudioStreamV2> _streams = new();

            /// <summary>Like <see cref="AudioStreamV2"/>.</summary>
            public static bool Is(object o) => o is AudioStreamV2 stream && stream.IsRunning && typeof(AudioStreamV2).IsClass;

            private void Add(AudioStreamV2 stream) => _streams.Add(stream);
            """));

    [Fact]
    public Task Alias_KeepsItsName() => Verify.VerifyCodeFixAsync(
        "using Stream = VoiceForge.Audio.{|MK0103:AudioStream|};\nusing VoiceForge.Audio;\nclass C { void M() { var s = new Stream(0, 1); } }",
        "using Stream = VoiceForge.Audio.AudioStreamV2;\nusing VoiceForge.Audio;\nclass C { void M() { var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100); var s = new Stream(0, 1, bufferPool: bufferPool); } }");

    [Fact]
    public Task Subclass_IsReportedWithoutFix()
    {
        const string source = "using VoiceForge.Audio;\nclass My : {|MK0103:AudioStream|} { public My() : base(0, 1) { } }";
        return Verify.VerifyCodeFixAsync(source, source);
    }

    [Fact]
    public Task OwnTypeOfTheSameName_IsNotTouched() => Verify.VerifyAnalyzerAsync(
        "namespace Mine { class AudioStream { public AudioStream(int a, int b) { } public void Start() { } } class C { void M() { new AudioStream(0, 1).Start(); } } }");

    [Fact]
    public Task TabsAndCrLf_AreKept() => Verify.VerifyCodeFixAsync(
        "using VoiceForge.Audio;\r\nclass C\r\n{\r\n\tvoid M()\r\n\t{\r\n\t\t// opens\r\n\t\tvar stream = new {|MK0103:AudioStream|}(0, 1); // both\r\n\t\tstream.Start(); // go\r\n\t}\r\n}",
        "using VoiceForge.Audio;\r\nclass C\r\n{\r\n\tvoid M()\r\n\t{\r\n\t\t// opens\r\n\t\tvar bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);\r\n\t\tvar stream = new AudioStreamV2(0, 1, bufferPool: bufferPool); // both\r\n\t\tif (!stream.Start()) // go\r\n\t\t{\r\n\t\t\tthrow new System.InvalidOperationException(\"Audio stream failed to start.\");\r\n\t\t}\r\n\t}\r\n}");
}
