using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Where the one <c>BufferPool</c> of a scope comes from.</summary>
/// <param name="Argument">What a stream of the scope passes as <c>bufferPool:</c>.</param>
/// <param name="Anchor">The statement or member before which the pool is declared; <see langword="null"/> when one is there already or it is written inline.</param>
/// <param name="Declaration">The <see cref="SwapActions.Pool"/> action at the anchor.</param>
/// <param name="Scope">Creations of one scope change together.</param>
internal sealed record PoolPlan(string Argument, SyntaxNode? Anchor, string Declaration, object Scope)
{
    /// <summary>Where a class that already disposes disposes a pool field that is added.</summary>
    public SyntaxNode? DisposeAfter { get; init; }

    public bool IsInline { get; init; }
}
