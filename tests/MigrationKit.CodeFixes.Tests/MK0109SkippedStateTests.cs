using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;
using static MigrationKit.CodeFixes.Tests.Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpAnalyzerVerifier<MigrationKit.Analyzers.Rules.MK0109SkippedStateAnalyzer>;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Each case runs on V1's types in all states, and with V2's names in the states that have them.</summary>
public sealed class MK0109SkippedStateTests
{
    private const string Fields = """

        private AudioStream _stream = new AudioStream(0, 1);
        private readonly VoiceForgeApp _app = new VoiceForgeApp();
        internal AudioStream shared = new AudioStream(0, 1);
        private static void Other() { }
        private static bool Fails(object o) => o is null;
        """;

    [Theory]
    [InlineData("s.Start(); s.[|Start|]();")]
    [InlineData("s?.Start(); s!.[|Start|](); (s).[|Start|]();")]
    [InlineData("s.Start(); Console.WriteLine(\"on\"); s.SetProcessingCallback(block => block); s.[|Start|]();")]
    [InlineData("s.Start(); var n = 1; n++; s.[|Start|]();")]
    [InlineData("s.Start(); { s.[|Start|](); }")]
    [InlineData("s.Start(); if (flag) Console.WriteLine(); else n0 = 1; s.[|Start|]();")]
    [InlineData("s.Start(); if (flag) return; s.[|Start|]();")]
    [InlineData("s.Stop(); s.Start(); s.Stop(); s.Start(); s.[|Start|]();")]
    [InlineData("if (flag) { s.Start(); s.[|Start|](); }")]
    [InlineData("while (flag) { s.Start(); s.[|Start|](); s.Stop(); }")]
    [InlineData("try { s.Start(); s.[|Start|](); } finally { s.Stop(); }")]
    [InlineData("s.Dispose(); s.[|Start|]();")]
    [InlineData("s.Dispose(); s.Stop(); s.[|Start|]();")]
    [InlineData("s.Start(); s.Dispose(); Other(); s.[|Start|]();")]
    [InlineData("s = new AudioStream(0, 1); s.[|Stop|]();")]
    [InlineData("s = new(0, 1); Other(); s.[|Stop|](); s.Start();")]
    public Task LocalThatSkipsAState_IsReported(string statements) => VerifyBoth(Method("var s = new AudioStream(0, 1); s.Start(); s.Stop(); var n0 = 0; " + statements));

    [Theory]
    [InlineData("_stream.Start(); this._stream.[|Start|]();")]
    [InlineData("_stream.Dispose(); _stream.[|Start|]();")]
    [InlineData("_stream = new AudioStream(0, 1); _stream?.[|Stop|]();")]
    [InlineData("_app.Initialize(); _app.StartGoldenPath(); _app.[|StartGoldenPath|]();")]
    [InlineData("_app.Dispose(); _app.[|StartGoldenPath|]();")]
    [InlineData("var app = new VoiceForgeApp(); app.Initialize(); app.[|Stop|]();")]
    [InlineData("using var s = new AudioStream(0, 1); s.[|Stop|]();")]
    [InlineData("using (var s = new AudioStream(0, 1)) { s.Start(); s.[|Start|](); }")]
    [InlineData("Action a = () => { var s = new AudioStream(0, 1); s.[|Stop|](); };")]
    public Task FieldsAppsAndNestedFunctions_AreFollowed(string statements) => VerifyBoth(Method(statements));

    [Theory]
    [InlineData("s.Start(); s.Stop(); s.Start(); s.Stop(); s.Stop(); s.Dispose();")]
    [InlineData("s.Start(); Other(); s.Start();")]
    [InlineData("s.Start(); while (s.IsRunning) { } s.Start();")]
    [InlineData("s.Start(); System.Threading.Thread.Sleep(1); s.Start();")]
    [InlineData("s.Start(); if (flag) s.Stop(); s.Start();")]
    [InlineData("s.Start(); if (!s.IsRunning) s.Start();")]
    [InlineData("s.Start(); if (Fails(s)) return; s.Start();")]
    [InlineData("if (flag) s.Start(); else s.Start(); s.Start();")]
    [InlineData("for (var i = 0; i < 2; i++) s.Start();")]
    [InlineData("try { s.Start(); } catch (Exception) { s.Start(); }")]
    [InlineData("try { s.Start(); } catch (Exception) { } s.Start();")]
    [InlineData("switch (audio.Length) { case 0: s.Start(); break; case 1: s.Start(); break; }")]
    [InlineData("s.Start(); goto again; again: s.Start();")]
    [InlineData("Action stop = () => s.Stop(); s.Start(); stop(); s.Start();")]
    [InlineData("s.Start(); Stop(); s.Start(); void Stop() => s.Stop();")]
    [InlineData("var t = s; s.Start(); t.Stop(); s.Start();")]
    [InlineData("s.Dispose(); s = new AudioStream(0, 1); s.Start();")]
    [InlineData("s = new AudioStream(0, 1); Fails(s); s.Stop();")]
    [InlineData("s = flag ? new AudioStream(0, 1) : s; s.Stop();")]
    [InlineData("var d = new Derived(); d.Stop(); d.Start(); d.Start();")]
    [InlineData("var o = new Own(); o.Stop(); o.Start(); o.Start();")]
    [InlineData("foreach (var each in new[] { s }) { each.Start(); }")]
    [InlineData("_stream.Start(); Other(); _stream.Start();")]
    [InlineData("_stream.Dispose(); Other(); _stream.Start();")]
    [InlineData("_stream = new AudioStream(0, 1); Other(); _stream.Stop();")]
    [InlineData("_stream.Stop();")]
    [InlineData("_stream.Start(); new C()._stream.Start();")]
    [InlineData("shared.Start(); shared.Start();")]
    [InlineData("_stream.Start(); if (flag) { Other(); } _stream.Start();")]
    public Task WhatIsNotCertain_HasNoFinding(string statements) => Verify.VerifyAsync(Method("var s = new AudioStream(0, 1); s.Start(); s.Stop(); " + statements));

    [Theory]
    [InlineData("if (!s.Start()) throw new InvalidOperationException(); if (!s.[|Start|]()) { Other(); return; } s.[|Start|]();")]
    [InlineData("if (s?.Start() == false) return; s.[|Start|]();")]
    [InlineData("_ = s.Start(); _ = s.[|Start|]();")]
    [InlineData("if (!s.Start()) s.Start();")]
    [InlineData("if (!s.Start()) { Other(); } s.Start();")]
    [InlineData("if (!s.Start()) { Other(); if (!s.Start()) return; }")]
    [InlineData("var ok = s.Start(); if (!ok) s.Start();")]
    [InlineData("if (s.Start()) return; s.Start();")]
    [InlineData("s.Start(); s.StateChanged += (_, _) => { }; s.Start();")]
    public Task CheckedStart_IsAStartOnlyWhereItWorked(string statements) => Verify.VerifyAsync(
        InMethod("var s = new AudioStreamV2(0, 1, new BufferPool(256)); s.Start(); s.Stop(); " + statements).Replace("static void Use", "static void Other() { }\n    static void Use", StringComparison.Ordinal),
        CodeState.S2 | CodeState.S3);

    [Fact]
    public Task Interface_IsAStream() => Verify.VerifyAsync(
        InClass("private readonly IAudioStream _out = null!;\nvoid M() { _out.Start(); _out.[|Start|](); _out.Dispose(); _out.[|Start|](); }"), CodeState.S2 | CodeState.S3);

    [Fact]
    public Task TopLevelStatements_AreABody() => VerifyBoth(TopLevel("var s = new AudioStream(0, 1);\ns.Start();\ns.[|Start|]();\ns.Dispose();\ns.[|Start|]();"));

    [Fact]
    public async Task Message_SaysWhichStateIsSkippedAndNothingIsEdited()
    {
        var found = await Verify.VerifyAsync(Method("var s = new AudioStream(0, 1); s.[|Stop|](); s.Start(); s.[|Start|](); s.Dispose(); s.[|Start|]();"), CodeState.S2);
        Assert.Equal(
            [
                "Start 's' before it is stopped: it was made in this body and never ran",
                "Stop 's' before it is started again: from running it can only go to stopped",
                "Make a new object instead of starting 's': nothing leads out of disposed",
            ],
            found.Select(diagnostic => diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(found, diagnostic => Assert.Equal(Facts.Manual, diagnostic.Properties[Facts.Safety]));
        Assert.All(found, diagnostic => Assert.False(DocumentPass.CanFix(diagnostic)));
    }

    private static async Task VerifyBoth(string source)
    {
        await Verify.VerifyAsync(source);
        var migrated = source.Replace("AudioStream(0, 1)", "AudioStreamV2(0, 1, new BufferPool(256))", StringComparison.Ordinal)
            .Replace("new(0, 1)", "new(0, 1, new BufferPool(256))", StringComparison.Ordinal)
            .Replace("AudioStream ", "AudioStreamV2 ", StringComparison.Ordinal)
            .Replace("VoiceForgeApp", "VoiceForgeAppV2", StringComparison.Ordinal);
        await Verify.VerifyAsync(migrated, CodeState.S2 | CodeState.S3);
    }

    private static string Method(string statements) => InClass(
        "void M(bool flag, float[] audio)\n{\n    " + statements + "\n}\n" + Fields) + """

        class Derived() : AudioStream(0, 1) { }
        class Own { public void Start() { } public void Stop() { } }
        """;
}
