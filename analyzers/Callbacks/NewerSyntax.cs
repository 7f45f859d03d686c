using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Callbacks;

/// <summary>Reads collection expressions (C# 12): the compiler that the analyzers are built against, so that old hosts load them, has no types for them.</summary>
internal static class NewerSyntax
{
    /// <summary><c>SyntaxKind.CollectionExpression</c> of Roslyn 4.7 and later.</summary>
    public const int CollectionExpression = 9076;

    /// <summary><c>SyntaxKind.ExpressionElement</c> of Roslyn 4.7 and later.</summary>
    private const int ExpressionElement = 9077;

    /// <summary>The elements of a collection expression, without spread ones.</summary>
    public static IEnumerable<ExpressionSyntax> ElementsOf(SyntaxNode collection) =>
        collection.ChildNodes().Where(element => element.RawKind == ExpressionElement).SelectMany(element => element.ChildNodes().OfType<ExpressionSyntax>());

    public static bool HasSpread(SyntaxNode collection) => collection.ChildNodes().Any(element => element.RawKind != ExpressionElement);
}
