using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MigrationKit.Analyzers;
using MigrationKit.CodeFixes;
using Xunit;
using Xunit.Sdk;

namespace MigrationKit.Tests.Verifiers;

/// <summary>Runs all rules together, in rounds, as the command line does.</summary>
public static class MigrationVerifier
{
    private const int MostRounds = 5;

    /// <summary>
    /// From S2 and from S3 the source ends as <paramref name="after"/>, which compiles without V1 and has nothing left to fix. In S1 it compiles and
    /// something is reported, but nothing is changed.
    /// </summary>
    /// <param name="left">IDs of the findings that remain because no fix may be offered, in source order.</param>
    public static async Task VerifyAsync(string before, string after, params string[] left)
    {
        var legacy = TestProject.Create(CodeState.S1, before);
        await TestProject.AssertCompilesAsync(legacy, "before, in S1");
        var reported = await TestProject.AnalyzeAsync(legacy, RuleCatalog.CreateAnalyzers());
        Assert.NotEmpty(reported);
        Assert.Same(legacy.Documents.First(), await DocumentPass.ApplyAsync(legacy.Documents.First(), reported, default));

        await TestProject.AssertCompilesAsync(TestProject.Create(CodeState.S2, before), "before, in S2");
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var (text, findings) = await MigrateAsync(state, before);
            if (text != after)
                throw new XunitException($"After all rules, from {state}.\nExpected:\n{after}\nActual:\n{text}");
            Assert.Equal(left, findings.Select(finding => finding.Id));
        }

        await TestProject.AssertCompilesAsync(TestProject.Create(CodeState.S3, after), "after, in S3");
    }

    /// <summary>The text at the fixpoint, and the findings that are left there.</summary>
    /// <param name="on">IDs of rules that are off at the first stage, and on here.</param>
    public static async Task<(string Text, ImmutableArray<Diagnostic> Left)> MigrateAsync(CodeState state, string source, params string[] on)
    {
        var project = TestProject.Create(state, source);
        var severities = project.CompilationOptions!.SpecificDiagnosticOptions.SetItems(on.Select(id => KeyValuePair.Create(id, ReportDiagnostic.Info)));
        var document = project.WithCompilationOptions(project.CompilationOptions.WithSpecificDiagnosticOptions(severities)).Documents.First();
        for (var round = 0; round < MostRounds; round++)
        {
            var findings = await TestProject.AnalyzeAsync(document.Project, RuleCatalog.CreateAnalyzers());
            var changed = await DocumentPass.ApplyAsync(document, findings, default);
            if (changed == document)
                return ((await document.GetTextAsync()).ToString(), findings);
            document = changed;
        }

        throw new XunitException($"No fixpoint after {MostRounds} rounds:\n{await document.GetTextAsync()}");
    }
}
