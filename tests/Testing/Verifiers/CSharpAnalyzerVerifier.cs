using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit.Sdk;

namespace MigrationKit.Tests.Verifiers;

/// <summary>Verifies the findings of one analyzer in every state.</summary>
public static class CSharpAnalyzerVerifier<TAnalyzer>
    where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <param name="source">Source with marks around each expected finding; code without marks must have none.</param>
    /// <returns>The findings in source order, one state after the other.</returns>
    public static async Task<ImmutableArray<Diagnostic>> VerifyAsync(string source, CodeState states = CodeState.All)
    {
        var markup = Markup.Parse(source);
        var found = ImmutableArray.CreateBuilder<Diagnostic>();
        foreach (var state in new[] { CodeState.S1, CodeState.S2, CodeState.S3 }.Where(s => states.HasFlag(s)))
            found.AddRange(await FindAsync(TestProject.Create(state, markup.Source), markup, state));
        return found.ToImmutable();
    }

    internal static async Task<ImmutableArray<Diagnostic>> FindAsync(Project project, Markup markup, CodeState state)
    {
        var found = await TestProject.AnalyzeAsync(project, [new TAnalyzer()]);
        var rule = new TAnalyzer().SupportedDiagnostics[0].Id;
        var expected = markup.Expected.Select(mark => $"{mark.Id ?? rule} {mark.Span} {markup.Source.Substring(mark.Span.Start, mark.Span.Length)}");
        var actual = found.Select(d => $"{d.Id} {d.Location.SourceSpan} {markup.Source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}");
        if (!expected.Order(StringComparer.Ordinal).SequenceEqual(actual.Order(StringComparer.Ordinal)))
            throw new XunitException($"Findings in {state}.\nExpected:\n{string.Join("\n", expected)}\nActual:\n{string.Join("\n", actual)}\n{markup.Source}");
        return found;
    }
}
