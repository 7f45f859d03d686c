using System.Collections.Immutable;

namespace MigrationKit.Cli.Analysis;

/// <summary>What <c>migrationkit rules</c> says about a rule.</summary>
internal sealed record RuleDescription(string Id, string Title, string Description)
{
    /// <summary>Every rule of the engine and of the command line, by ID.</summary>
    public static ImmutableArray<RuleDescription> Of(RuleEngine engine) =>
    [
        .. engine.Analyzers.SelectMany(a => a.SupportedDiagnostics)
            .Select(d => new RuleDescription(d.Id, d.Title.ToString(), d.Description.ToString()))
            .Concat(ProjectRules.All)
            .DistinctBy(r => r.Id)
            .OrderBy(r => r.Id, StringComparer.Ordinal),
    ];
}
