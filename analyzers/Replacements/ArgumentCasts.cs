using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Finds arguments that the old parameter's type converted, and that arrive as another value when the new one takes them as they are: an <c>int</c> for a <c>float</c> in an <c>object</c>.</summary>
internal static class ArgumentCasts
{
    /// <summary>The pieces to cast, by their index.</summary>
    public static ImmutableHashSet<int> Of(Use use, BoundTemplate bound, SemanticModel model, CancellationToken cancellationToken)
    {
        var pieces = use.Pieces.ToList();
        return bound.Expression.GetAnnotatedNodes(Substitution.Piece).OfType<ExpressionSyntax>()
            .Where(node => node.Parent is ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.None })
            .Select(node => (Node: node, Index: int.Parse(node.GetAnnotations(Substitution.Piece).First().Data!, CultureInfo.InvariantCulture)))
            .Where(place => use.Arguments.FirstOrDefault(argument => !argument.IsExpanded && argument.Values.Contains(pieces[place.Index])) is { } argument
                && IsConverted(pieces[place.Index], argument.Parameter.Type, bound.Model.GetTypeInfo(place.Node, cancellationToken).ConvertedType, model, cancellationToken))
            .Select(place => place.Index)
            .ToImmutableHashSet();
    }

    private static bool IsConverted(ExpressionSyntax written, ITypeSymbol old, ITypeSymbol? now, SemanticModel model, CancellationToken cancellationToken)
    {
        if (now is null || SymbolEqualityComparer.Default.Equals(old, now) || written.IsKind(SyntaxKind.NullLiteralExpression) || !Substitution.CanCastTo(old))
            return false;
        if (model.GetTypeInfo(written, cancellationToken).Type is not { } type)
            return written is not IdentifierNameSyntax and not MemberAccessExpressionSyntax;

        var conversion = model.ClassifyConversion(written, old);
        return !conversion.IsIdentity && !conversion.IsReference && !conversion.IsBoxing && !conversion.IsNullable && !(IsNumber(now) && IsExact(type, old));
    }

    private static bool IsNumber(ITypeSymbol type) => type.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;

    /// <summary>Whether every number of the one type is a number of the other.</summary>
    private static bool IsExact(ITypeSymbol from, ITypeSymbol to) => to.SpecialType switch
    {
        SpecialType.System_Single => from.SpecialType is SpecialType.System_SByte or SpecialType.System_Byte or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char,
        SpecialType.System_Double => from.SpecialType is not (SpecialType.System_Int64 or SpecialType.System_UInt64),
        _ => IsNumber(to),
    };
}
