using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Types whose parts stand in several files: what all of them share is declared once.</summary>
internal static class PartialTypes
{
    /// <summary>Whether another file comes first: of the parts that create rings or streams one declares the pool, and the others find it there afterwards.</summary>
    public static bool IsServedByOtherPart(FileContext file, INamedTypeSymbol type)
    {
        var first = type.DeclaringSyntaxReferences
            .OrderBy(reference => reference.SyntaxTree.FilePath, StringComparer.Ordinal)
            .FirstOrDefault(reference => Creates(reference.GetSyntax(file.CancellationToken)));
        return first is not null && first.SyntaxTree != file.Model.SyntaxTree;
    }

    private static bool Creates(SyntaxNode part)
    {
        var mentions = part.DescendantNodes().OfType<SimpleNameSyntax>().Where(name => name.Identifier.ValueText is "RingBuffer" or "AudioStream").ToList();
        return mentions.Any(mention => SwapSites.WrittenType(mention).Parent is ObjectCreationExpressionSyntax)
            || (mentions.Count > 0 && part.DescendantNodes().OfType<ImplicitObjectCreationExpressionSyntax>().Any());
    }
}
