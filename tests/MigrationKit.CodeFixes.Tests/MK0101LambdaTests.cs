using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Lambdas that write, or give, a ring: <c>TripleBuffer.Write</c> returns a value, where <c>RingBuffer.Write</c> returned none.</summary>
public sealed class MK0101LambdaTests
{
    [Theory]
    [InlineData("var write = (float[] block) => ring.Write(block);\nwrite = Take;", "var write = (float[] block) => { ring.Write(block); };\nwrite = Take;")]
    [InlineData("Delegate write = () => ring.Write(audio);", "Delegate write = () => { ring.Write(audio); };")]
    [InlineData("Either(block => ring.Write(block));", "Either(block => { ring.Write(block); });")]
    [InlineData("Any((float[] block) => ring.Write(block));", "Any((float[] block) => { ring.Write(block); });")]
    [InlineData("var task = Task.Run(() => ring.Write(audio));\ntask = Task.CompletedTask;", "var task = Task.Run(() => { ring.Write(audio); });\ntask = Task.CompletedTask;")]
    [InlineData("Task.Run(async () => ring?.Write(audio)).Wait();", "Task.Run(async () => { ring?.Write(audio); }).Wait();")]
    [InlineData("Either(/* a */ block => /* b */ ring.Write(block) /* c */);", "Either(/* a */ block => /* b */ { ring.Write(block); } /* c */);")]
    [InlineData("new C(() => ring.Write(audio));", "new C(() => { ring.Write(audio); });")]
    public Task LambdaThatAResultWouldChange_GetsBraces(string before, string after) => MigrationVerifier.VerifyAsync(Frame("RingBuffer", before), Frame("TripleBuffer", after));

    [Theory]
    [InlineData("Action<float[]> write = block => ring.Write(block);")]
    [InlineData("var write = void (float[] block) => ring.Write(block);")]
    [InlineData("Take(() => ring.Write(audio));")]
    [InlineData("Either(taken: block => ring.Write(block));")]
    [InlineData("System.Linq.Expressions.Expression<Action> write = () => ring.Write(audio);")]
    [InlineData("Task.Run(() => { ring.Write(audio); });")]
    public Task LambdaThatNoResultChanges_Stays(string statement) => MigrationVerifier.VerifyAsync(Frame("RingBuffer", statement), Frame("TripleBuffer", statement));

    [Theory]
    [InlineData("Func<RingBuffer> Make = () => new(480000);", "Func<TripleBuffer> Make = () => new(bufferSize: 48000);")]
    [InlineData("Lazy<RingBuffer> Made = new(() => new(480000));", "Lazy<TripleBuffer> Made = new(() => new(bufferSize: 48000));")]
    [InlineData("Func<Task<RingBuffer>> Make = async () => new(480000);", "Func<Task<TripleBuffer>> Make = async () => new(bufferSize: 48000);")]
    [InlineData("async Task<RingBuffer> Make() => await Task.FromResult(true) ? new(480000) : throw new Exception();",
        "async Task<TripleBuffer> Make() => await Task.FromResult(true) ? new(bufferSize: 48000) : throw new Exception();")]
    public Task TargetTypedCreationThatALambdaOrATaskGives_ChangesItsArguments(string before, string after) => MigrationVerifier.VerifyAsync(
        $$"""
        using System;
        using System.Threading.Tasks;
        using VoiceForge.Audio;

        class C
        {
            {{before}}
        }
        """,
        $$"""
        using System;
        using System.Threading.Tasks;
        using VoiceForge.Audio;

        class C
        {
            {{after}}
        }
        """);

    [Fact]
    public Task TargetTypedStreamThatALambdaGives_GetsItsPool() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            Lazy<AudioStream> Made = new Lazy<AudioStream>(() => new(0, 1));
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            Lazy<AudioStreamV2> Made = new Lazy<AudioStreamV2>(() => new(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100)));
        }
        """);

    [Theory]
    [InlineData("hooks.Add(stream.Start);", Facts.Safe)]
    [InlineData("stream = new(2, 3);\nhooks.Add(stream.Start);", Facts.Safe)]
    [InlineData("hooks.Add(stream.Start);\nstream = new(2, 3);", Facts.Review)]
    [InlineData("hooks.Add(stream.Start);\n(stream, var other) = (new(2, 3), 1);", Facts.Review)]
    [InlineData("while (hooks.Count < 3)\n{\n    stream = new(2, 3);\n    hooks.Add(stream.Start);\n}", Facts.Review)]
    [InlineData("Action renew = () => stream = new(2, 3);\nhooks.Add(stream.Start);", Facts.Review)]
    public async Task MethodGroupOnAVariable_IsForReviewWhereThatIsWrittenLater(string statements, string safety)
    {
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var found = await TestProject.AnalyzeAsync(TestProject.Create(state, Sources.InMethod("var stream = new AudioStream(0, 1);\nvar hooks = new List<Action>();\n" + statements, "using System.Collections.Generic;")), RuleCatalog.CreateAnalyzers());
            Assert.Equal(safety, Assert.Single(found, finding => finding.Id == RuleIds.UncheckedStart).Properties[Facts.Safety]);
        }
    }

    private static string Frame(string type, string statements) => $$"""
        using System;
        using System.Threading.Tasks;
        using VoiceForge.Audio;

        class C
        {
            C(Action taken) { }

            C(Func<object> taken) { }

            void M({{type}} ring, float[] audio)
            {
                {{statements.Replace("\n", "\n        ")}}
            }

            static void Take(float[] block) { }

            static void Take(Action taken) { }

            static void Either(Action<float[]> taken) { }

            static void Either(Func<float[], bool> given) { }

            static void Any<T>(T taken) { }
        }
        """;
}
