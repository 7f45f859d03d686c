using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;
using Xunit.Sdk;

namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Runs all rules over the files of one case, in rounds, as the command line does.</summary>
/// <remarks>Findings are written as <c>MK0101 review: reason</c>; those whose fix is safe have no reason and are not listed.</remarks>
internal static class AwkwardCase
{
    private const int MostRounds = 5;

    private static readonly ImmutableArray<MetadataReference> Packages =
    [
        MetadataReference.CreateFromFile(typeof(Moq.Mock).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(NSubstitute.Substitute).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Castle.DynamicProxy.ProxyGenerator).Assembly.Location),
        MetadataReference.CreateFromFile(typeof(Microsoft.Extensions.DependencyInjection.IServiceCollection).Assembly.Location),
    ];

    /// <inheritdoc cref="BecomesAsync(string[], string[], string[])"/>
    public static Task BecomesAsync(string before, string after, params string[] findings) => BecomesAsync([before], [after], findings);

    /// <summary>
    /// From S2 and S3 the files end as <paramref name="after"/>, which has nothing left to fix and compiles without V1 unless something is left to a
    /// person. In S1 nothing is edited.
    /// </summary>
    /// <param name="findings">All findings at the start that are not safe, each once.</param>
    public static async Task BecomesAsync(string[] before, string[] after, params string[] findings)
    {
        var legacy = Create(CodeState.S1, before);
        var untouched = await TextsAsync(await ApplyAsync(legacy, await FindAsync(legacy)));
        AssertTexts(before, untouched, CodeState.S1);

        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var project = Create(state, before);
            var found = await FindAsync(project);
            Assert.Equal(findings, NotSafe(found));

            var left = found;
            for (var round = 0; ; round++)
            {
                var changed = await ApplyAsync(project, left);
                var (texts, changedTexts) = (await TextsAsync(project), await TextsAsync(changed));
                if (texts.SequenceEqual(changedTexts))
                    break;
                if (round == MostRounds)
                    throw new XunitException($"No fixpoint after {MostRounds} rounds, from {state}.");
                (project, left) = (changed, await FindAsync(changed));
            }

            var ended = await TextsAsync(project);
            AssertTexts(after, ended, state);
            Assert.All(left, finding => Assert.Equal(Facts.Manual, finding.Properties[Facts.Safety]));
            if (left.IsEmpty)
                await TestProject.AssertCompilesAsync(Create(CodeState.S3, after), "after, in S3");
        }
    }

    /// <inheritdoc cref="StaysAsync(string[], string[])"/>
    public static Task StaysAsync(string source, params string[] findings) => StaysAsync([source], findings);

    /// <summary>Nothing is edited in any state, and every finding says why.</summary>
    public static Task StaysAsync(string[] sources, params string[] findings) => BecomesAsync(sources, sources, findings);

    private static Project Create(CodeState state, string[] sources)
    {
        var project = TestProject.Create(state, sources);
        var known = project.MetadataReferences.Select(reference => Path.GetFileName(reference.Display)).ToHashSet();
        return project.AddMetadataReferences(Packages.Where(package => !known.Contains(Path.GetFileName(package.Display))));
    }

    private static Task<ImmutableArray<Diagnostic>> FindAsync(Project project) => TestProject.AnalyzeAsync(project, RuleCatalog.CreateAnalyzers());

    private static async Task<Project> ApplyAsync(Project project, ImmutableArray<Diagnostic> findings)
    {
        var solution = project.Solution;
        foreach (var document in project.Documents)
        {
            var tree = await document.GetSyntaxTreeAsync();
            var changed = await DocumentPass.ApplyAsync(document, [.. findings.Where(finding => finding.Location.SourceTree == tree)], default);
            solution = solution.WithDocumentText(document.Id, await changed.GetTextAsync());
        }

        return solution.GetProject(project.Id)!;
    }

    private static async Task<string[]> TextsAsync(Project project)
    {
        var texts = new List<string>();
        foreach (var document in project.Documents)
            texts.Add((await document.GetTextAsync()).ToString());
        return [.. texts];
    }

    private static string[] NotSafe(ImmutableArray<Diagnostic> findings) =>
        findings.Where(finding => finding.Properties[Facts.Safety] != Facts.Safe)
            .Select(finding => $"{finding.Id} {finding.Properties[Facts.Safety]}: {finding.Properties[Facts.Reason]}")
            .Distinct()
            .ToArray();

    private static void AssertTexts(string[] expected, string[] actual, CodeState state)
    {
        if (!expected.SequenceEqual(actual))
            throw new XunitException($"From {state}.\nExpected:\n{string.Join("\n---\n", expected)}\nActual:\n{string.Join("\n---\n", actual)}");
    }
}
