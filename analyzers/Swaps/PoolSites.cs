using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Adds to a group what its pool needs: the declaration, the disposal, the move of a field's initialisation.</summary>
internal static class PoolSites
{
    public static void Add(SwapGroup group, PoolPlan plan)
    {
        if (plan.Refusal is not null)
            group.Manual(plan.Refusal);
        if (plan.Anchor is not null)
            group.Add(plan.Anchor, plan.Declaration);
        if (plan.Provider is not null)
            group.Add(plan.Provider, SwapActions.Of(SwapActions.Text, "provider"));
        if (plan.DisposeAfter is not null)
            group.Add(plan.DisposeAfter, SwapActions.Of(SwapActions.Dispose, plan.Argument));
    }

    /// <summary>A stream that a field initializer creates moves to the constructor, where the pool's field can be named.</summary>
    public static void AddMove(FileContext file, SwapGroup group, BaseObjectCreationExpressionSyntax creation, PoolPlan plan)
    {
        if (plan.IsInline || creation.FirstAncestorOrSelf<EqualsValueClauseSyntax>() is not { Parent: { } declared } initializer || !IsInstanceMember(declared))
            return;

        var type = creation.FirstAncestorOrSelf<TypeDeclarationSyntax>()!;
        var symbol = file.Model.GetDeclaredSymbol(type, file.CancellationToken)!;
        if (plan.Scope.Equals((type, true)) || symbol.GetMembers(plan.Argument).Any(member => member.IsStatic) || PoolPlanner.SoleConstructor(type, symbol) is not { Body: { } body } constructor)
            return;

        var name = declared is VariableDeclaratorSyntax variable ? variable.Identifier.ValueText : ((PropertyDeclarationSyntax)declared).Identifier.ValueText;
        var isShadowed = constructor.DescendantNodes().Any(node => node switch
        {
            ParameterSyntax parameter => parameter.Identifier.ValueText == name,
            VariableDeclaratorSyntax local => local.Identifier.ValueText == name,
            _ => false,
        });
        group.Add(initializer, SwapActions.Of(
            SwapActions.Move, body.OpenBraceToken.Span.End.ToString(CultureInfo.InvariantCulture), isShadowed ? "this." + name : name));
    }

    private static bool IsInstanceMember(SyntaxNode declared) =>
        declared is PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax }
        && declared.FirstAncestorOrSelf<MemberDeclarationSyntax>()!.Modifiers.All(modifier => !modifier.IsKind(SyntaxKind.StaticKeyword));
}
