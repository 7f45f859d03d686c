using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Tells whether a field or property can get its stream in the constructor instead of by its initializer.</summary>
internal static class FieldMoves
{
    /// <remarks>
    /// A comment beside the <c>=</c> belongs to the initializer and would be lost without it. Initializers run in their order, before the base constructor, and write past the setter. What an override can see of that, called by the base
    /// constructor, and what an argument does to another initializer must not change.
    /// </remarks>
    public static bool KeepBehaviour(FileContext file, TypeDeclarationSyntax type, BaseObjectCreationExpressionSyntax creation)
    {
        var hasEffects = creation.ArgumentList is { } arguments && arguments.Arguments.Any(argument =>
            !file.Model.GetConstantValue(argument.Expression, file.CancellationToken).HasValue
            && argument.Expression.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or BaseObjectCreationExpressionSyntax
                or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax));
        var equals = creation.FirstAncestorOrSelf<EqualsValueClauseSyntax>()!.EqualsToken;
        var hasComment = equals.GetPreviousToken().TrailingTrivia.Concat(equals.LeadingTrivia).Concat(equals.TrailingTrivia).Concat(equals.GetNextToken().LeadingTrivia)
            .Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (hasEffects || hasComment || type.Members.Any(member => member.Modifiers.Any(SyntaxKind.OverrideKeyword)))
            return false;

        return creation.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is not { } property
            || (!property.Modifiers.Any(SyntaxKind.VirtualKeyword)
                && property.AccessorList?.Accessors.All(accessor => accessor.IsKind(SyntaxKind.GetAccessorDeclaration) || (accessor.Body is null && accessor.ExpressionBody is null)) == true);
    }
}
