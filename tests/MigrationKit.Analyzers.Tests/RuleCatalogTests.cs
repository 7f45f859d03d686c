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
    public void Page_SaysWhyWhatAndHowToSuppress(string id)
    {
        var lines = RepositoryFiles.Read("docs", "rules", id + ".md").Replace("\r", "", StringComparison.Ordinal).Split('\n');
        string[] sections = ["## Why", "## Before", "## After", "## When no fix is offered", "## How to suppress"];

        Assert.Equal(sections, lines.Where(sections.Contains));
        foreach (var section in sections)
        {
            var text = string.Join('\n', lines.SkipWhile(line => line != section).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal)));
            Assert.False(string.IsNullOrWhiteSpace(text), $"'{section}' is empty.");
            if (section is "## Before" or "## After")
                Assert.Contains("```csharp", text, StringComparison.Ordinal);
            if (section == "## How to suppress")
                Assert.Contains(id, text, StringComparison.Ordinal);
        }
    }

    /// <summary>Columns: the rule, what it says, its fix, its severity for the targets 1.0 and 1.5, its severity for 2.0.</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public void Index_SaysTitleAndSeverities(string id)
    {
        var rule = Rule(id);
        var (first, later, last) = (SeverityWord(rule, "1.0"), SeverityWord(rule, "1.5"), SeverityWord(rule, "2.0"));
        var row = RepositoryFiles.Read("docs", "rules", "README.md").Split('\n').Single(line => line.StartsWith($"| [{id}]", StringComparison.Ordinal)).Split('|').Select(cell => cell.Trim()).ToArray();

        Assert.Equal(rule.Title.ToString(System.Globalization.CultureInfo.InvariantCulture), row[2]);
        Assert.Equal(first == later ? first : $"{first} for 1.0, {later} for 1.5", row[4]);
        Assert.Equal(last, row[5]);
    }

    private static string SeverityWord(DiagnosticDescriptor rule, string stage) => MigrationStages.SeverityOf(rule, stage) switch
    {
        null => "off",
        DiagnosticSeverity.Info => "information",
        { } severity => severity.ToString().ToLowerInvariant(),
    };

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
