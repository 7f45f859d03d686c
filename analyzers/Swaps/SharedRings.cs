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
/// Computed when the first file asks that has a ring, over the files that name the type or a shared ring, and kept as long as the compilation.
/// Safe for any number of threads.
/// </remarks>
internal sealed class SharedRings
{
    private static readonly ConditionalWeakTable<Compilation, Slot> Known = new();

    private readonly Dictionary<ISymbol, SharedRing> _rings = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<ISymbol, ISymbol> _parents = new(SymbolEqualityComparer.Default);
    private readonly IReadOnlyCollection<ISymbol> _declared;

    private SharedRings(FileContext asking)
    {
        var compilation = asking.Model.Compilation;
        var files = compilation.SyntaxTrees.ToDictionary(tree => tree, tree => new Lazy<FileContext>(() => Open(asking, tree)));
        var aliases = GlobalAlias.SeenBy(asking.Model).Where(alias => alias.Name == MigrationMap.RingBufferAsQueue.OldName).Select(alias => alias.Alias).Distinct().ToList();
        var naming = compilation.SyntaxTrees.Where(tree => NameMarks.Of(tree).Has(MigrationMap.RingBufferAsQueue.OldName) || HoldsAny(tree, aliases)).ToList();
        _declared = naming.SelectMany(tree => Declarations(files[tree].Value, asking.CancellationToken)).ToList();
        if (_declared.Count == 0)
            return;

        var groups = new List<(SyntaxTree Tree, SwapGroup Group, IReadOnlyList<SyntaxNode> Places, IReadOnlyList<ISymbol> Shared)>();
        var names = _declared.Select(symbol => symbol.Name).Distinct().ToList();
        foreach (var tree in compilation.SyntaxTrees.Where(tree => naming.Contains(tree) || HoldsAny(tree, names)))
        {
            asking.CancellationToken.ThrowIfCancellationRequested();
            var rings = new FileRings(files[tree].Value, SitesOf(files[tree].Value), _declared);
            groups.AddRange(rings.Groups.Where(group => group.Shared.Count > 0).Select(group => (tree, group.Group, group.Places, group.Shared)));
        }

        foreach (var (_, _, _, shared) in groups)
        {
            foreach (var symbol in shared)
                Join(symbol, shared[0]);
        }

        foreach (var ring in groups.GroupBy(group => Root(group.Shared[0]), SymbolEqualityComparer.Default))
        {
            var places = ring.SelectMany(group => group.Places).ToList();
            var manual = ring.Where(group => group.Group.IsManual).Select(group => ((string, string)?)(Path.GetFileName(group.Tree.FilePath), group.Group.ManualReason!)).FirstOrDefault();
            var isNamed = places.Any(place => place is SimpleNameSyntax name && Receivers.Of(name) is null);
            var judged = new SharedRing(new RingUses(tree => files[tree].Value, places), isNamed, manual);
            foreach (var symbol in ring.SelectMany(group => group.Shared))
                _rings[symbol] = judged;
        }
    }

    /// <summary>The members and parameters of the compilation that hold rings and that more than one file can name.</summary>
    public static IReadOnlyCollection<ISymbol> DeclaredAround(FileContext file) => Of(file)._declared;

    /// <summary>The judged ring behind members or parameters of one group; <see langword="null"/> when no other file can name it.</summary>
    public static SharedRing? Find(FileContext file, IEnumerable<ISymbol> shared)
    {
        var rings = Of(file)._rings;
        return shared.Select(symbol => rings.TryGetValue(symbol, out var ring) ? ring : null).FirstOrDefault(ring => ring is not null);
    }

    private static SharedRings Of(FileContext file)
    {
        var slot = Known.GetOrCreateValue(file.Model.Compilation);
        lock (slot)
        {
            // Cancelled halfway, nothing is kept, and the next file starts again.
            return slot.Rings ??= new SharedRings(file);
        }
    }

    private static bool HoldsAny(SyntaxTree tree, IReadOnlyCollection<string> names) =>
        names.Count > 0 && tree.GetText().ToString() is var text && names.Any(name => text.IndexOf(name, StringComparison.Ordinal) >= 0);

    private static FileContext Open(FileContext asking, SyntaxTree tree)
    {
        if (tree == asking.Model.SyntaxTree)
            return new FileContext(asking.Model, asking.Types, asking.Names, null, static _ => { }, CancellationToken.None);

        var compilation = asking.Model.Compilation;
#pragma warning disable RS1030 // Only what all files say together decides, and the driver hands out one file's model at a time.
        var model = compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
        return new FileContext(model, asking.Types, CompilationFacts.Of(compilation).NamesIn(model), null, static _ => { }, CancellationToken.None);
    }

    private static SwapSites SitesOf(FileContext file) => new(file, MigrationMap.RenamedTypeOf(RuleIds.RingBuffer));

    private static IEnumerable<ISymbol> Declarations(FileContext file, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var rings = SitesOf(file);
        var finder = new SwapFinder(file, MigrationMap.RingBufferAsQueue, rings);
        var flow = new RingFlow(file, MigrationMap.RingBufferAsQueue, rings, finder);
        flow.Follow(Enumerable.Empty<ISymbol>());
        return flow.Shared.ToList();
    }

    private void Join(ISymbol one, ISymbol other)
    {
        var (from, into) = (Root(one), Root(other));
        if (!SymbolEqualityComparer.Default.Equals(from, into))
            _parents[from] = into;
    }

    private ISymbol Root(ISymbol symbol)
    {
        while (_parents.TryGetValue(symbol, out var parent))
            symbol = parent;
        return symbol;
    }

    private sealed class Slot
    {
        public SharedRings? Rings { get; set; }
    }
}
