using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>The places of one type swap that must change together, and what lowers their safety.</summary>
internal sealed class SwapGroup
{
    private readonly List<(SyntaxNode Node, Location Location, string Action)> _sites = new();
    private readonly List<(string Safety, string Reason)> _concerns = new();

    /// <summary>Whether nothing changes: a call that V2 takes as it is, on a receiver that no variable holds.</summary>
    public bool IsEmpty => _sites.Count == 0;

    public bool IsManual => _concerns.Any(concern => concern.Safety == Facts.Manual);

    /// <summary>Why nothing changes; <see langword="null"/> unless <see cref="IsManual"/>.</summary>
    public string? ManualReason => _concerns.Where(concern => concern.Safety == Facts.Manual).Select(concern => concern.Reason).FirstOrDefault();

    /// <summary>Whether code of other files can name a member whose type changes here, so that the fix of this file alone need not compile.</summary>
    public bool ReachesOtherFiles { get; set; }

    public HashSet<ISymbol> Variables { get; } = new(SymbolEqualityComparer.Default);

    public void Add(SyntaxNode node, string action) => Add(node, node.GetLocation(), action);

    /// <summary>Adds a place once: two streams that share a pool both bring its declaration along.</summary>
    public void Add(SyntaxNode node, Location location, string action)
    {
        if (!_sites.Contains((node, location, action)))
            _sites.Add((node, location, action));
    }

    /// <summary>Takes over everything of another group.</summary>
    public void Take(SwapGroup other)
    {
        _sites.AddRange(other._sites);
        _concerns.AddRange(other._concerns);
        Variables.UnionWith(other.Variables);
        ReachesOtherFiles |= other.ReachesOtherFiles;
    }

    public void Review(string reason) => _concerns.Add((Facts.Review, reason));

    /// <summary>Lowers the safety by the reason that a person should read before all others.</summary>
    public void ReviewFirst(string reason) => _concerns.Insert(0, (Facts.Review, reason));

    public void Manual(string reason) => _concerns.Add((Facts.Manual, reason));

    /// <summary>Writes everything into the finding: it is shown at the first mention of the type, or at the first use where the file has none.</summary>
    public Finding Into(Finding finding)
    {
        foreach (var (_, location, action) in _sites
            .OrderBy(site => SwapActions.RankOf(site.Action)).ThenBy(site => site.Location.SourceSpan.Start))
            finding.At(location, action);
        foreach (var (_, reason) in _concerns.Where(concern => concern.Safety == Facts.Manual))
            finding.Manual(reason);
        foreach (var (_, reason) in _concerns.Where(concern => concern.Safety == Facts.Review))
            finding.Review(reason);
        if (ReachesOtherFiles)
            finding.With(Facts.OtherFiles, "");
        return finding;
    }
}
