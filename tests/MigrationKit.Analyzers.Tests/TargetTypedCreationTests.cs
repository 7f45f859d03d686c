using MigrationKit.Tests.Verifiers;

namespace MigrationKit.Analyzers.Tests;

/// <summary>A <c>new(...)</c> is ours by the type that its target has, whatever name that type is written with.</summary>
public sealed class TargetTypedCreationTests
{
    private const string GlobalAlias = "global using Model = PocketTts.TtsModel; global using Other = System.Text.StringBuilder;";

    [Theory]
    [InlineData("class C { Model model = new(\"v\"); }")]
    [InlineData("class C { Model? Model { get; } = new(\"v\"); }")]
    [InlineData("class C { void M() { Model model = new(\"v\"), other; } }")]
    [InlineData("class C { PocketTts.TtsModel? model = new(\"v\"); }")]
    [InlineData("class C { static void Take(Model model) => Take(new(\"v\")); }")]
    public async Task OldType_IsReported(string source)
    {
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
            Assert.Equal([RuleIds.TtsModelConstructor], await FindAsync(state, source));
    }

    [Theory]
    [InlineData("class C { Other text = new(\"v\"); }")]
    [InlineData("class C { Other? Text { get; } = new(\"v\"); }")]
    [InlineData("class Model { public Model(string text) { } } class C { global::Model model = new(\"v\"); }")]
    [InlineData("namespace N { class TtsModel { public TtsModel(string text) { } } class C { void M() { TtsModel model = new(\"v\"); } } }")]
    [InlineData("class C { Missing model = new(\"v\"); }")]
    public async Task OtherType_IsNotReported(string source)
    {
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
            Assert.Empty(await FindAsync(state, source));
    }

    private static async Task<IEnumerable<string>> FindAsync(CodeState state, string source) =>
        (await TestProject.AnalyzeAsync(TestProject.Create(state, source, GlobalAlias), RuleCatalog.CreateAnalyzers())).Select(finding => finding.Id);
}
