using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>The rings of one file, grouped as far as each flows in it.</summary>
internal sealed class FileRings
{
    private static readonly string[] Members = { "Read", "Write", "Available", "CapacitySamples", "Clear" };

    private readonly SwapFinder _finder;
    private readonly Dictionary<SyntaxNode, SwapGroup> _places = new();
    private readonly List<ISymbol> _shared = new();

    /// <param name="shared">The members and parameters that hold rings and that several files can name; <see langword="null"/> to ask <see cref="SharedRings"/> for them.</param>
    public FileRings(FileContext file, SwapSites rings, IReadOnlyCollection<ISymbol>? shared)
    {
        var row = MigrationMap.RingBufferAsQueue;
        _finder = new SwapFinder(file, row, rings);
        var uses = Members.SelectMany(member => _finder.Uses(member).Select(use => (use.Name, use.Receiver))).ToList();
        if (uses.Count == 0 && rings.Mentions.Count == 0 && shared is null)
            return;

        var flow = new RingFlow(file, row, rings, _finder);
        flow.Follow(shared ?? SharedRings.DeclaredAround(file));
        foreach (var (name, receiver) in uses)
            _places[name] = flow.GroupOf(name, receiver);
        foreach (var mention in rings.Mentions)
            _places[mention] = _finder.GroupOf(mention);
        foreach (var creation in rings.Creations)
            _places[creation] = _finder.GroupOf(creation);
        _shared.AddRange(flow.Shared.Where(symbol => _finder.Find(symbol) is not null));
    }

    /// <summary>Each group with its mentions, creations and used members' names in source order; groups that only hand rings on have none.</summary>
    public IEnumerable<(SwapGroup Group, IReadOnlyList<SyntaxNode> Places, IReadOnlyList<ISymbol> Shared)> Groups
    {
        get
        {
            var places = _places.ToLookup(place => _finder.Current(place.Value), place => place.Key);
            var shared = _shared.ToLookup(symbol => _finder.Find(symbol)!);
            foreach (var group in places.Select(each => each.Key).Concat(shared.Select(each => each.Key)).Distinct())
                yield return (group, places[group].OrderBy(place => place.SpanStart).ToList(), shared[group].ToList());
        }
    }

    /// <summary>The group of a mention, a creation or a used member's name.</summary>
    public SwapGroup? GroupOf(SyntaxNode place) => _places.TryGetValue(place, out var group) ? _finder.Current(group) : null;
}
