using MigrationKit.Tests.Verifiers;
using Xunit.Abstractions;

namespace MigrationKit.Corpus.Tests;

/// <summary>Code that does not use the libraries has no finding, and no file makes an analyzer throw, however broken.</summary>
public sealed class UnrelatedCodeTests(ITestOutputHelper output)
{
    private const int LeastFiles = 5000;

    [Fact]
    public void Corpus_IsLarge()
    {
        output.WriteLine($"{Originals.OfRepository.Count} files of the repository, {Originals.OfTemplates.Count} of the SDK's templates, {V1Cases.All.Count} sources of V1, "
            + $"{LookAlikes.Unchanged.Count} look-alikes; {Corpus.FileCount} files with their mutants");
        Assert.True(Corpus.FileCount >= LeastFiles, $"{Corpus.FileCount} files, {LeastFiles} expected.");
    }

    [Theory]
    [InlineData(CodeState.S2)]
    [InlineData(CodeState.S3)]
    public async Task CodeThatNamesNoLibrary_HasNoFinding(CodeState state)
    {
        foreach (var batch in Corpus.Unrelated)
            AssertNone(await RuleRun.FindAsync(state, batch));
    }

    [Theory]
    [InlineData(CodeState.S2)]
    [InlineData(CodeState.S3)]
    public async Task OwnTypesOfTheSameNames_HaveNoFinding(CodeState state)
    {
        foreach (var batch in Corpus.OwnTypes)
            AssertNone(await RuleRun.FindAsync(state, batch.Append(LookAlikes.Declarations)));
    }

    [Theory]
    [InlineData(CodeState.S2)]
    [InlineData(CodeState.S3)]
    public async Task CodeThatNamesTheLibraries_ThrowsNothing(CodeState state)
    {
        foreach (var batch in Corpus.Related)
            await RuleRun.FindAsync(state, batch);
    }

    [Theory]
    [InlineData(CodeState.S2)]
    [InlineData(CodeState.S3)]
    public async Task SourcesOfTheLibrariesThemselves_ThrowNothing(CodeState state)
    {
        foreach (var batch in Corpus.Libraries)
            await RuleRun.FindAsync(RuleRun.Compile(state, batch));
    }

    private static void AssertNone(IReadOnlyCollection<Microsoft.CodeAnalysis.Diagnostic> found) =>
        Assert.True(found.Count == 0, string.Join('\n', found.Select(RuleRun.Describe)));
}
