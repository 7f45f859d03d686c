using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MigrationKit.Analyzers;
using MigrationKit.CodeFixes;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.Generated.Checking;

/// <summary>All rules over a project, in rounds, as the command line runs them.</summary>
internal sealed class Migration
{
    private const int MostRounds = 5;

    public Dictionary<string, HashSet<string>> Findings { get; } = [];

    /// <summary>Documents that still changed in the last round.</summary>
    public HashSet<string> Unfinished { get; } = [];

    public Dictionary<string, string> Texts { get; } = [];

    /// <summary>What is reported on the texts at the end.</summary>
    public required ILookup<string, Diagnostic> Left { get; init; }

    public static async Task<Migration> RunAsync(Project project, Rewrite rewrite)
    {
        var findings = project.Documents.ToDictionary(document => document.Name, _ => new HashSet<string>());
        var unfinished = new HashSet<string>();
        ILookup<string, Diagnostic> found = Array.Empty<Diagnostic>().ToLookup(_ => "");
        for (var round = 0; round < MostRounds; round++)
        {
            found = await FindAsync(project);
            unfinished.Clear();
            foreach (var id in project.DocumentIds)
            {
                var document = project.GetDocument(id)!;
                var mine = found[document.Name].ToImmutableArray();
                findings[document.Name].UnionWith(mine.Select(diagnostic => $"{diagnostic.Id} {diagnostic.Properties[Facts.Safety]}"));
                var changed = await rewrite(document, mine, default);
                if (changed == document)
                    continue;
                unfinished.Add(document.Name);
                project = changed.Project;
            }

            if (unfinished.Count == 0)
                break;
        }

        var migration = new Migration { Left = found };
        foreach (var document in project.Documents)
        {
            migration.Texts.Add(document.Name, (await document.GetTextAsync()).ToString());
            migration.Findings.Add(document.Name, findings[document.Name]);
        }

        migration.Unfinished.UnionWith(unfinished);
        return migration;
    }

    public static async Task<ILookup<string, Diagnostic>> FindAsync(Project project) =>
        (await TestProject.AnalyzeAsync(project, RuleCatalog.CreateAnalyzers())).ToLookup(diagnostic => diagnostic.Location.SourceTree!.FilePath);

    /// <summary>Whether a pass would edit something for this finding.</summary>
    public static bool IsToBeFixed(Diagnostic diagnostic) => DocumentPass.CanFix(diagnostic);
}
