using System.Collections.Generic;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Compares symbols as symbols and everything else by its own equality.</summary>
internal sealed class SymbolOrReference : IEqualityComparer<object>
{
    public static readonly SymbolOrReference Instance = new();

    public new bool Equals(object? x, object? y) =>
        x is ISymbol left && y is ISymbol right ? SymbolEqualityComparer.Default.Equals(left, right) : object.Equals(x, y);

    public int GetHashCode(object key) => key is ISymbol symbol ? SymbolEqualityComparer.Default.GetHashCode(symbol) : key.GetHashCode();
}
