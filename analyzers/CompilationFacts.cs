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
    private readonly ConcurrentDictionary<SyntaxTree, CandidateNames> _namesWithAliases = new();
    private IReadOnlyList<GlobalAlias>? _aliases;

    private CompilationFacts(Compilation compilation)
    {
        HasLibrary = compilation.SourceModule.ReferencedAssemblySymbols.Any(KnownTypes.IsMigrated);
        _types = new Lazy<KnownTypes?>(() => KnownTypes.TryCreate(compilation), LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>Whether an assembly of a library's name is referenced; only then it is worth asking for more.</summary>
    public bool HasLibrary { get; }

    /// <summary><see langword="null"/> when the compilation references none of the libraries.</summary>
    public KnownTypes? Types => _types.Value;

    public static CompilationFacts Of(Compilation compilation) => Cache.GetValue(compilation, key => new CompilationFacts(key));

    public CandidateNames NamesIn(SemanticModel file)
    {
        // What two threads find at once is the same.
        var aliases = _aliases ??= GlobalAlias.SeenBy(file);
        return aliases.Count == 0 ? CandidateNames.Of(file.SyntaxTree) : _namesWithAliases.GetOrAdd(file.SyntaxTree, key => new CandidateNames(key, aliases));
    }
}
