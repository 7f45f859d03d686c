using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Rules;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>How much of each fix a person must look at.</summary>
public sealed class MK0102AndMK0104SafetyTests
{
    [Theory]
    [InlineData("void M() { _v2.Start(); }", Facts.Safe)]
    [InlineData("Task M() => Task.Run(() => _v2.Start());", Facts.Safe)]
    [InlineData("async Task M() => await Task.Run(() => _v2.Start());", Facts.Safe)]
    [InlineData("void M() { _ = Task.Run(() => _v2.Start()); }", Facts.Review)]
    [InlineData("C() { _v2.Start(); }", Facts.Review)]
    [InlineData("void Dispose() { _v2.Start(); }", Facts.Review)]
    [InlineData("void M() { try { } finally { _v2.Start(); } }", Facts.Review)]
    [InlineData("event Action? E; void M() { E += () => _v2.Start(); }", Facts.Review)]
    [InlineData("event Action? E; void M() { E += _v2.Start; }", Facts.Review)]
    [InlineData("event Action? E; void M() { E += _v2.Start; } void N(Action a) { E -= _v2.Start; }", Facts.Manual)]
    [InlineData("void M() { Action a = _v2.Start; }", Facts.Safe)]
    [InlineData("AudioStreamV2 P => _v2; void M() { Action a = P.Start; }", Facts.Review)]
    [InlineData("void M() { for (_v2.Start(); ; ) { } }", Facts.Manual)]
    [InlineData("void M() { var c = _tb.Read(); Use(c); }", Facts.Safe)]
    [InlineData("void M() { while (true) { var c = _tb.Read(); Use(c); } }", Facts.Review)]
    [InlineData("async Task M() { while (true) { await Task.Delay(5); var c = _tb.Read(); Use(c); } }", Facts.Safe)]
    [InlineData("void M() { var c = _tb.Read(); Use(c); GC.Collect(); Use(c); }", Facts.Review)]
    [InlineData("void M() { Use(_tb.Read()); }", Facts.Review)]
    public async Task Finding_SaysHowSafeItsFixIs(string member, string safety)
    {
        var project = TestProject.Create(CodeState.S3, $$"""
            using System;
            using System.Threading.Tasks;
            using VoiceForge.Audio;
            class C
            {
                readonly AudioStreamV2 _v2 = null!;
                readonly TripleBuffer _tb = null!;
                void Use(float[] block) { }
                {{member}}
            }
            """);

        var found = await TestProject.AnalyzeAsync(project, [new MK0102UncheckedReadAnalyzer(), new MK0104UncheckedStartAnalyzer()]);

        Assert.NotEmpty(found);
        Assert.All(found, diagnostic =>
        {
            Assert.Equal(safety, diagnostic.Properties[Facts.Safety]);
            Assert.Equal(safety != Facts.Safe, diagnostic.Properties.ContainsKey(Facts.Reason));
        });
    }
}
