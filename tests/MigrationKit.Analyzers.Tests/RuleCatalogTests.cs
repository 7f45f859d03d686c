using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.CodeFixes;

namespace MigrationKit.Analyzers.Tests;

/// <summary>What every rule must have beside its analyzer.</summary>
public sealed class RuleCatalogTests
{
    public static TheoryData<string> Ids => [.. RuleCatalog.CreateAnalyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id)];

    [Fact]
    public void Rules_HaveIdsOfTheirOwn()
    {
        var ids = RuleCatalog.CreateAnalyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        var known = typeof(RuleIds).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();
        Assert.Equal(known.Distinct(), known);
        Assert.All(ids, id => Assert.Contains(id, known));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Analyzer_IsNamedAfterItsRule(string id)
    {
        var analyzer = RuleCatalog.CreateAnalyzers().Single(a => a.SupportedDiagnostics.Any(rule => rule.Id == id));
        Assert.StartsWith(id, analyzer.GetType().Name, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Page_StartsWithIdAndTitle(string id)
    {
        var rule = Rule(id);
        var title = rule.Title.ToString(System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($"# {id}: {title}", RepositoryFiles.Read("docs", "rules", id + ".md").Split('\n')[0].TrimEnd('\r'));
        Assert.EndsWith($"/docs/rules/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        Assert.Contains($"[{id}]({id}.md)", RepositoryFiles.Read("docs", "rules", "README.md"), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void ReleaseNotes_HaveTheRule(string id)
    {
        var rule = Rule(id);
        var rows = RepositoryFiles.Read("analyzers", "AnalyzerReleases.Unshipped.md") + "\n" + RepositoryFiles.Read("analyzers", "AnalyzerReleases.Shipped.md");
        var row = Assert.Single(rows.Split('\n'), line => line.StartsWith(id + " |", StringComparison.Ordinal));
        Assert.Equal([id, rule.Category, rule.IsEnabledByDefault ? rule.DefaultSeverity.ToString() : "Disabled"], row.Split('|').Take(3).Select(cell => cell.Trim()));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Fix_HasFixAllAndIsAbsentWhereThePageSaysManual(string id)
    {
        if (IsManualOnly(id))
        {
            Assert.DoesNotContain(Fixes, fix => fix.FixableDiagnosticIds.Contains(id));
            return;
        }

        var fix = Assert.Single(Fixes, fix => fix.FixableDiagnosticIds.Contains(id));
        Assert.NotNull(fix.GetFixAllProvider());
        Assert.StartsWith(id, fix.GetType().Name, StringComparison.Ordinal);
    }

    /// <summary>Whether the rules' table tells users that a rule never has a fix.</summary>
    private static bool IsManualOnly(string id) =>
        RepositoryFiles.Read("docs", "rules", "README.md").Split('\n').Single(line => line.StartsWith($"| [{id}]", StringComparison.Ordinal)).Split('|')[3].Trim() == "manual";

    private static IEnumerable<CodeFixProvider> Fixes => typeof(MigrationCodeFix).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && typeof(CodeFixProvider).IsAssignableFrom(type))
        .Select(type => (CodeFixProvider)Activator.CreateInstance(type)!);

    private static DiagnosticDescriptor Rule(string id) =>
        RuleCatalog.CreateAnalyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).Single(rule => rule.Id == id);
}
