using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;
using MigrationKit.CodeFixes.Rules;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>A light bulb changes one file; where others can name what it changes, its title says what completes it.</summary>
public sealed class LightBulbTitleTests
{
    private const string Suffix = " (Fix All completes it in other files)";

    [Theory]
    [InlineData("class C { private readonly AudioStream _stream = new(0, 1); }", false)]
    [InlineData("class C { void M() { var stream = new AudioStream(0, 1); } }", false)]
    [InlineData("class C { private void M(AudioStream stream) { } }", false)]
    [InlineData("class C { internal AudioStream? Stream { get; set; } }", true)]
    [InlineData("class C { public void M(AudioStream stream) { } }", true)]
    [InlineData("partial class C { private AudioStream? _stream; }", true, "partial class C { }")]
    public async Task Title_SaysWhetherOtherFilesChangeToo(string source, bool isSaid, string other = "class Other { }")
    {
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
            Assert.Equal(isSaid, (await TitleAsync(state, "using VoiceForge.Audio;\n" + source, other)).EndsWith(Suffix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task OnlyFile_HasNoOthers() =>
        Assert.DoesNotContain(Suffix, await TitleAsync(CodeState.S2, "using VoiceForge.Audio; class C { public void M(AudioStream stream) { } }"), StringComparison.Ordinal);

    private static async Task<string> TitleAsync(CodeState state, params string[] sources)
    {
        var project = TestProject.Create(state, sources);
        var finding = Assert.Single(await TestProject.AnalyzeAsync(project, RuleCatalog.CreateAnalyzers()), finding => finding.Id == RuleIds.AudioStream);
        var actions = new List<CodeAction>();
        await new MK0103AudioStreamFix().RegisterCodeFixesAsync(new CodeFixContext(project.Documents.First(), finding, (action, _) => actions.Add(action), default));
        return Assert.Single(actions).Title;
    }
}
