using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>The rings that files of a compilation share, so that all the files make the same type of each.</summary>
/// <remarks>
/// Computed when the first file asks that has such a ring, over the files that name the type or one of these rings, and kept as long as the compilation.
/// Safe for any number of threads.
/// </remarks>
internal sealed class SharedRings
{
    private static readonly ConditionalWeakTable<Compilation, Slot> Known = new();

    private readonly Dictionary<ISymbol, SharedRing> _rings = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, ISymbol> _parents = new(SymbolEqualityComparer.Default);

    private SharedRings(FileContext asking)
    {
        var files = asking.Model.Compilation.SyntaxTrees.ToDictionary(tree => tree, tree => new Lazy<FileContext>(() => Open(asking, tree)));
        var aliases = GlobalAliases.Of(asking.Model.Compilation).Where(alias => alias.Name == MigrationMap.RingBufferAsQueue.OldName).Select(alias => alias.Alias);
        var typeNames = aliases.Append(MigrationMap.RingBufferAsQueue.OldName).Distinct().ToList();
        var declared = Holding(typeNames).SelectMany(tree => Declarations(files[tree].Value)).ToList();
        var groups = new List<(SyntaxTree Tree, SwapGroup Group, IReadOnlyList<SyntaxNode> Places, IReadOnlyList<ISymbol> Shared)>();
        foreach (var tree in Holding(declared.Select(symbol => symbol.Name).Concat(typeNames).Distinct().ToList()))
        {
            asking.CancellationToken.ThrowIfCancellationRequested();
            var rings = new FileRings(files[tree].Value, SitesOf(files[tree].Value), declared);
            groups.AddRange(rings.Groups.Where(group => group.Shared.Count > 0).Select(group => (tree, group.Group, group.Places, group.Shared)));
        }

        foreach (var (_, _, _, shared) in groups)
        {
            foreach (var symbol in shared)
                _parents[Root(symbol)] = Root(shared[0]);
        }

        foreach (var ring in groups.GroupBy(group => Root(group.Shared[0]), SymbolEqualityComparer.Default))
        {
            var places = ring.SelectMany(group => group.Places).ToList();
            var manual = ring.Where(group => group.Group.IsManual).Select(group => (Path.GetFileName(group.Tree.FilePath), group.Group.ManualReason!)).Cast<(string, string)?>().FirstOrDefault();
            var isNamed = places.Any(place => place is BaseObjectCreationExpressionSyntax || (place is SimpleNameSyntax name && typeNames.Contains(name.Identifier.ValueText)));
            var judged = new SharedRing(new RingUses(tree => files[tree].Value, places), isNamed, manual);
            foreach (var symbol in ring.SelectMany(group => group.Shared))
                _rings[symbol] = judged;
        }

        // A file that the text does not rule out is opened, and each only once.
        IEnumerable<SyntaxTree> Holding(IReadOnlyCollection<string> names) =>
            asking.Model.Compilation.SyntaxTrees.Where(tree => tree.GetText(asking.CancellationToken).ToString() is var text && names.Any(name => text.IndexOf(name, StringComparison.Ordinal) >= 0)).ToList();
    }

    /// <summary>The judged ring behind a member or parameter; <see langword="null"/> when no other file can name it.</summary>
    public static SharedRing? Find(FileContext file, IEnumerable<ISymbol> shared)
    {
        var slot = Known.GetOrCreateValue(file.Model.Compilation);
        lock (slot)
        {
            // Cancelled halfway, nothing is kept, and the next file starts again.
            slot.Rings ??= new SharedRings(file);
            return shared.Select(symbol => slot.Rings._rings.TryGetValue(symbol, out var ring) ? ring : null).FirstOrDefault(ring => ring is not null);
        }
    }

    private static FileContext Open(FileContext asking, SyntaxTree tree)
    {
        if (tree == asking.Model.SyntaxTree)
            return new FileContext(asking.Model, asking.Types, asking.Names, static _ => { }, CancellationToken.None);

        var compilation = asking.Model.Compilation;
#pragma warning disable RS1030 // Only what all files say together decides, and the driver hands out one file's model at a time.
        return new FileContext(compilation.GetSemanticModel(tree), asking.Types, new CandidateNames(tree, GlobalAliases.Of(compilation)), static _ => { }, CancellationToken.None);
#pragma warning restore RS1030
    }

    private static SwapSites SitesOf(FileContext file) => new(file, MigrationMap.RenamedTypeOf(RuleIds.RingBuffer));

    private static IEnumerable<ISymbol> Declarations(FileContext file)
    {
        var rings = SitesOf(file);
        var finder = new SwapFinder(file, MigrationMap.RingBufferAsQueue, rings);
        var flow = new RingFlow(file, MigrationMap.RingBufferAsQueue, rings, finder);
        flow.Follow(Enumerable.Empty<ISymbol>());
        return flow.Shared.ToList();
    }

    private ISymbol Root(ISymbol symbol)
    {
        while (_parents.TryGetValue(symbol, out var parent) && !SymbolEqualityComparer.Default.Equals(parent, symbol))
            symbol = parent;
        return symbol;
    }

    private sealed class Slot
    {
        public SharedRings? Rings { get; set; }
    }
}
