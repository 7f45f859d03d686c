using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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

    public bool DeclaresField => Anchor is MemberDeclarationSyntax and not GlobalStatementSyntax;

    /// <summary>The lambda parameter that must get a name, because the pool is asked from it.</summary>
    public ParameterSyntax? Provider { get; init; }

    public bool IsInline { get; init; }

    /// <summary>Why nothing may change yet; <see langword="null"/> when it may.</summary>
    public string? Refusal { get; init; }
}
