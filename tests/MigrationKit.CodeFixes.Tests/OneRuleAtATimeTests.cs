using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Rules applied one after another, as <c>dotnet format</c> and a user with light bulbs do, in any order of their IDs.</summary>
public sealed class OneRuleAtATimeTests
{
    private const int MostRounds = 5;

    [Theory]
    [InlineData("""
        var heard = new RingBuffer(480000, 1);
        using var stream = new AudioStream(0, 1, sampleRate: 48000, bufferSize: 256);
        stream.Start();
        heard.Write(block);
        System.Console.WriteLine(heard.Read(256).Length);
        """)]
    [InlineData("""
        var stream = new AudioStream(0, 1);
        var ring = new RingBuffer(48000);
        var second = new AudioStream(0, 2);
        stream.Start();
        second.Start();
        """)]
    [InlineData("""
        var pool = new BufferPool(480000, 10);
        var stream = new AudioStream(0, 1);
        stream.Start();
        """)]
    public async Task AnyOrderOfRules_GivesTheTextOfAllAtOnce(string body)
    {
        var source = $"using VoiceForge.Audio;\n\nclass C\n{{\n    void M(float[] block)\n    {{\n        {body.Replace("\n", "\n        ", StringComparison.Ordinal)}\n    }}\n}}\n";
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var (expected, _) = await MigrationVerifier.MigrateAsync(state, source);
            Assert.NotEqual(source, expected);
            var rules = RuleCatalog.CreateAnalyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).Distinct().Order(StringComparer.Ordinal).ToList();

            Assert.Equal(expected, await ApplyInOrderAsync(state, source, rules));
            Assert.Equal(expected, await ApplyInOrderAsync(state, source, [.. rules.AsEnumerable().Reverse()]));
        }
    }

    private static async Task<string> ApplyInOrderAsync(CodeState state, string source, List<string> rules)
    {
        var document = TestProject.Create(state, source).Documents.First();
        for (var round = 0; round < MostRounds; round++)
        {
            var before = document;
            foreach (var rule in rules)
            {
                var findings = await TestProject.AnalyzeAsync(document.Project, RuleCatalog.CreateAnalyzers());
                document = await DocumentPass.ApplyAsync(document, [.. findings.Where(finding => finding.Id == rule)], default);
            }

            if (before == document)
                break;
        }

        return (await document.GetTextAsync()).ToString();
    }
}
