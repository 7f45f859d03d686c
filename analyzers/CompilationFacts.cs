using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers;

/// <summary>What all rules need to know of one compilation, found out once for all of them, when the first of them asks.</summary>
/// <remarks>Nothing here is asked before the compiler gets to the first file: by then it has bound the references and read the types that the code names.</remarks>
internal sealed class CompilationFacts
{
    private static readonly ConditionalWeakTable<Compilation, CompilationFacts> Cache = new();

    private readonly Lazy<KnownTypes?> _types;
    private readonly Lazy<IReadOnlyList<GlobalAlias>> _aliases;
    private readonly ConcurrentDictionary<SyntaxTree, CandidateNames> _namesWithAliases = new();

    private CompilationFacts(Compilation compilation)
    {
        HasLibrary = compilation.SourceModule.ReferencedAssemblySymbols.Any(KnownTypes.IsMigrated);
        _types = new Lazy<KnownTypes?>(() => KnownTypes.TryCreate(compilation), LazyThreadSafetyMode.ExecutionAndPublication);
        _aliases = new Lazy<IReadOnlyList<GlobalAlias>>(() => GlobalAlias.Of(compilation), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>Whether an assembly of a library's name is referenced; only then it is worth asking for more.</summary>
    public bool HasLibrary { get; }

    /// <summary><see langword="null"/> when the compilation references none of the libraries.</summary>
    public KnownTypes? Types => _types.Value;

    public static CompilationFacts Of(Compilation compilation) => Cache.GetValue(compilation, key => new CompilationFacts(key));

    public CandidateNames NamesIn(SyntaxTree tree) =>
        _aliases.Value.Count == 0 ? CandidateNames.Of(tree) : _namesWithAliases.GetOrAdd(tree, key => new CandidateNames(key, _aliases.Value));
}
