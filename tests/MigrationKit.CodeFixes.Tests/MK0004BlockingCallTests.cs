using MigrationKit.Tests.Verifiers;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0004BlockingCallAnalyzer, MigrationKit.CodeFixes.Rules.MK0004BlockingCallFix>;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0004BlockingCallTests
{
    // V1 has nothing to await.
    private const CodeState V2 = CodeState.S2 | CodeState.S3;

    private const string Head = "using System;\nusing System.Collections.Generic;\nusing System.Linq;\nusing System.Threading;\nusing System.Threading.Tasks;\nusing PocketTts;\n\n";

    [Theory]
    [InlineData("""using var other = TtsModel.[|LoadModel|]();""", """using var other = await TtsModel.LoadModelAsync();""")]
    [InlineData("""var other = TtsModel.[|LoadModel|]("tone", temp: 0.5 /* calm */);""", """var other = await TtsModel.LoadModelAsync("tone", temp: 0.5 /* calm */);""")]
    [InlineData("""var other = TtsModel.[|LoadModel|](new TtsModelOptions { Variant = "tone" });""", """var other = await TtsModel.LoadModelAsync(new TtsModelOptions { Variant = "tone" });""")]
    [InlineData("""var audio = model /* a */ .[|GenerateAudio|](voice, "Hello"); // b""", """var audio = await model /* a */ .GenerateAudioAsync(voice, "Hello"); // b""")]
    [InlineData("""var length = model.[|GenerateAudio|](voice, text: "Hello").Length;""", """var length = (await model.GenerateAudioAsync(voice, text: "Hello")).Length;""")]
    [InlineData("""var first = model.[|GenerateAudio|](voice, "Hello")[0];""", """var first = (await model.GenerateAudioAsync(voice, "Hello"))[0];""")]
    [InlineData("""model.[|GenerateAudio|](voice, "Hello", new GenerationOptions());""", """await model.GenerateAudioAsync(voice, "Hello", new GenerationOptions());""")]
    [InlineData("""Use(model.[|GenerateAudio|](voice, "a"), model.[|GenerateAudio|](voice, "b"));""", """Use(await model.GenerateAudioAsync(voice, "a"), await model.GenerateAudioAsync(voice, "b"));""")]
    [InlineData("""var audio = TtsModel.[|LoadModel|]().[|GenerateAudio|](voice, "Hello");""", """var audio = await (await TtsModel.LoadModelAsync()).GenerateAudioAsync(voice, "Hello");""")]
    [InlineData("""var audio = TtsModel.[|LoadModel|](Name(model.[|GenerateAudio|](voice, "a")));""", """var audio = await TtsModel.LoadModelAsync(Name(await model.GenerateAudioAsync(voice, "a")));""")]
    public Task CallInAnAsyncMethod_IsAwaited(string before, string after) => VerifyAsync(Method(before), Method(after));

    [Fact]
    public Task Loop_IsAwaitedTurnByTurn() => VerifyAsync(
        Method("// block by block\nforeach (var block in model.[|GenerateAudioStream|](voice, \"Hello\"))\n    Use(block, block);"),
        Method("// block by block\nawait foreach (var block in model.GenerateAudioStreamAsync(voice, \"Hello\"))\n    Use(block, block);"));

    [Fact]
    public Task Token_IsPassedOn() => VerifyAsync(
        Method("""
            foreach (var block in model.[|GenerateAudioStream|](voice, "Hello"))
                Use(block, model.[|GenerateAudio|](voice, "again"));
            var other = TtsModel.[|LoadModel|]();
            """, "CancellationToken stop"),
        Method("""
            await foreach (var block in model.GenerateAudioStreamAsync(voice, "Hello", cancellationToken: stop))
                Use(block, await model.GenerateAudioAsync(voice, "again", cancellationToken: stop));
            var other = await TtsModel.LoadModelAsync(cancellationToken: stop);
            """, "CancellationToken stop"));

    [Theory]
    [InlineData("readonly CancellationToken _stop;", "", "_stop")]
    [InlineData("CancellationToken Stop { get; set; }", "", "Stop")]
    [InlineData("static CancellationToken Stop => default;", "static ", "Stop")]
    [InlineData("CancellationToken @event;", "", "@event")]
    public Task OnlyTokenInScope_IsPassedOn(string member, string modifier, string token) => VerifyAsync(
        $"class C {{ {member} {modifier}async Task M(TtsModel model, VoiceState voice) => Console.WriteLine(model.[|GenerateAudio|](voice, \"a\").Length); }}\n",
        $"class C {{ {member} {modifier}async Task M(TtsModel model, VoiceState voice) => Console.WriteLine((await model.GenerateAudioAsync(voice, \"a\", cancellationToken: {token})).Length); }}\n");

    [Theory]
    [InlineData("CancellationToken _stop;", "static ")]
    [InlineData("CancellationToken _stop, _other;", "")]
    [InlineData("CancellationTokenSource _stop = new();", "")]
    [InlineData("class Inner { CancellationToken _stop; }", "")]
    public Task TokenThatIsNotThereOrNotTheOnlyOne_IsNotPassedOn(string member, string modifier) => VerifyAsync(
        $"class C {{ {member} {modifier}async Task M(TtsModel model, VoiceState voice) => Console.WriteLine(model.[|GenerateAudio|](voice, \"a\").Length); }}\n",
        $"class C {{ {member} {modifier}async Task M(TtsModel model, VoiceState voice) => Console.WriteLine((await model.GenerateAudioAsync(voice, \"a\")).Length); }}\n");

    [Fact]
    public Task TokenOfTheFunctionItself_WinsOverTheField() => VerifyAsync(
        "class C { CancellationToken _stop; async Task M(TtsModel model, VoiceState voice, CancellationToken own) => Console.WriteLine(model.[|GenerateAudio|](voice, \"a\").Length); }\n",
        "class C { CancellationToken _stop; async Task M(TtsModel model, VoiceState voice, CancellationToken own) => Console.WriteLine((await model.GenerateAudioAsync(voice, \"a\", cancellationToken: own)).Length); }\n");

    [Fact]
    public Task ContextIsLeft_WhereTheMethodAlwaysLeavesIt() => VerifyAsync(
        Method("""
            await Task.Delay(1).ConfigureAwait(false);
            foreach (var block in model.[|GenerateAudioStream|](voice, "Hello"))
                Use(block, model.[|GenerateAudio|](voice, "again"));
            """),
        Method("""
            await Task.Delay(1).ConfigureAwait(false);
            await foreach (var block in model.GenerateAudioStreamAsync(voice, "Hello").ConfigureAwait(false))
                Use(block, await model.GenerateAudioAsync(voice, "again").ConfigureAwait(false));
            """));

    [Fact]
    public Task AsyncLambdasAndLocalFunctions_AreMethodsToo() => VerifyAsync(
        Method("""
            Func<CancellationToken, Task<float[]>> say = async stop => model.[|GenerateAudio|](voice, "a");
            async Task<float[]> Say() => model.[|GenerateAudio|](voice, "b");
            lock (model) { Func<Task> later = async () => model.[|GenerateAudio|](voice, "c"); }
            """),
        Method("""
            Func<CancellationToken, Task<float[]>> say = async stop => await model.GenerateAudioAsync(voice, "a", cancellationToken: stop);
            async Task<float[]> Say() => await model.GenerateAudioAsync(voice, "b");
            lock (model) { Func<Task> later = async () => await model.GenerateAudioAsync(voice, "c"); }
            """));

    [Fact]
    public Task TopLevelStatementsThatAwait_AreAsync() => VerifyAsync(
        "await Task.Delay(1);\nusing var model = TtsModel.[|LoadModel|](\"tone\");\nint Sync() => TtsModel.LoadModel().SampleRate;\nConsole.WriteLine(Sync());\n",
        "await Task.Delay(1);\nusing var model = await TtsModel.LoadModelAsync(\"tone\");\nint Sync() => TtsModel.LoadModel().SampleRate;\nConsole.WriteLine(Sync());\n");

    [Theory]
    [InlineData("""lock (model) Use(model.[|GenerateAudio|](voice, "a"), []);""")]
    [InlineData("""try { } catch (Exception) when (model.[|GenerateAudio|](voice, "a").Length > 0) { }""")]
    [InlineData("""unsafe { Use(model.[|GenerateAudio|](voice, "a"), []); }""")]
    [InlineData("""var all = model.[|GenerateAudioStream|](voice, "a").ToList();""")]
    [InlineData("""TtsModel? maybe = null; var audio = maybe?.[|GenerateAudio|](voice, "a");""")]
    [InlineData("""var lengths = from text in new[] { "a" } select model.[|GenerateAudio|](voice, text).Length;""")]
    [InlineData("""Span<float> window = new float[4]; Use(model.[|GenerateAudio|](voice, "a"), []); window.Clear();""")]
    [InlineData("""Span<float> window = new float[4]; foreach (var block in model.[|GenerateAudioStream|](voice, "a")) block.CopyTo(window);""")]
    [InlineData("""(TtsModel Model, int Id)? pair = null; var length = pair?.Model.[|GenerateAudio|](voice, "a").Length;""")]
    [InlineData("""static void Mix(Span<float> a, float[] b) { } var window = new float[4]; Mix(window, model.[|GenerateAudio|](voice, "a"));""")]
    [InlineData("""var all = new int[1]; ref int Pick() => ref all[0]; Pick() += model.[|GenerateAudio|](voice, "a").Length;""")]
    [InlineData("""var all = new int[1]; { ref int r = ref all[0]; r = model.[|GenerateAudio|](voice, "a").Length; }""")]
    [InlineData("""foreach (var letter in "ab".AsSpan()) Use(model.[|GenerateAudio|](voice, "a"), []);""")]
    [InlineData("""var gate = new Lock(); using (gate.EnterScope()) { Use(model.[|GenerateAudio|](voice, "a"), []); }""")]
    [InlineData("""var gate = new Lock(); using var held = gate.EnterScope(); Use(model.[|GenerateAudio|](voice, "a"), []);""")]
    [InlineData("""var gate = new Lock(); using (var held = gate.EnterScope()) foreach (var block in model.[|GenerateAudioStream|](voice, "a")) Use(block, block);""")]
    [InlineData("""var same = new float[4].AsSpan().SequenceEqual(model.[|GenerateAudio|](voice, "a"));""")]
    public Task PlaceWithoutAwait_IsReportedWithoutFix(string body) => VerifyAsync(Method(body), Method(body));

    [Fact]
    public Task SpanThatIsDoneBefore_IsNoObstacle() => VerifyAsync(
        Method("""Span<float> window = new float[4]; window.Clear(); var copy = model.[|GenerateAudio|](voice, "a").AsSpan().ToArray();"""),
        Method("""Span<float> window = new float[4]; window.Clear(); var copy = (await model.GenerateAudioAsync(voice, "a")).AsSpan().ToArray();"""));

    [Theory]
    [InlineData("class C { float[] M(TtsModel model, VoiceState voice) => model.GenerateAudio(voice, \"a\"); }")]
    [InlineData("class C { async Task M(TtsModel model, VoiceState voice) { await Task.Run(() => model.GenerateAudio(voice, \"a\")); Func<VoiceState, string, float[]> say = model.GenerateAudio; } }")]
    [InlineData("class C { async Task M(TtsModel model, VoiceState voice) { await model.GenerateAudioAsync(voice, \"a\"); } }")]
    [InlineData("class Own { public int GenerateAudio() => 1; async Task M() { await Task.Yield(); GenerateAudio(); } }")]
    public Task CodeThatDoesNotBlockAnAsyncMethod_IsNotReported(string code) => Verify.VerifyAnalyzerAsync(Head + code + "\n", V2);

    [Fact]
    public async Task Rule_IsOffUntilStage2()
    {
        var project = TestProject.Create(CodeState.S3, Head + Method("""model.GenerateAudio(voice, "a");"""));
        Assert.Empty(await TestProject.AnalyzeAsync(project, Analyzers.RuleCatalog.CreateAnalyzers()));
    }

    private static Task VerifyAsync(string before, string after) => Verify.VerifyCodeFixAsync(Head + before, Head + after, V2);

    private static string Method(string body, string parameter = "int times") =>
        $$"""
        class C
        {
            static void Use(float[] a, float[] b) { }
            static string Name(float[] a) => "tone";

            async Task M(TtsModel model, VoiceState voice, {{parameter}})
            {
                {{body.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }
        }

        """;
}
