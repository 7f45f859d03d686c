using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers;

/// <summary>What all rules need to know of one compilation, found out once for all of them.</summary>
internal sealed class CompilationFacts
{
    private static readonly ConditionalWeakTable<Compilation, CompilationFacts> Cache = new();

    private readonly ConcurrentDictionary<SyntaxTree, CandidateNames>? _names;
    private readonly ImmutableArray<(string Alias, string Name)> _aliases = ImmutableArray<(string, string)>.Empty;

    private CompilationFacts(Compilation compilation)
    {
        Types = KnownTypes.TryCreate(compilation);
        if (Types is null)
            return;

        _aliases = GlobalAliases.Of(compilation);
        _names = _aliases.IsEmpty ? null : new ConcurrentDictionary<SyntaxTree, CandidateNames>();
    }

    /// <summary><see langword="null"/> when the compilation references none of the libraries.</summary>
    public KnownTypes? Types { get; }

    public static CompilationFacts Of(Compilation compilation) => Cache.GetValue(compilation, key => new CompilationFacts(key));

    public CandidateNames NamesIn(SyntaxTree tree) =>
        _names is null ? CandidateNames.Of(tree) : _names.GetOrAdd(tree, key => new CandidateNames(key, _aliases));
}
