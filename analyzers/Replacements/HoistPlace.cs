using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Finds the statement that arguments of a use can be evaluated ahead of.</summary>
internal static class HoistPlace
{
    /// <summary>The statement, or why there is none: all that is evaluated on the way to the use must give the same value after the arguments as before.</summary>
    public static (StatementSyntax? Statement, string? Reason) Of(ExpressionSyntax use, Effects effects, SemanticModel model, CancellationToken cancellationToken)
    {
        SyntaxNode child = use;
        for (var parent = use.Parent; parent is not null; (child, parent) = (parent, parent.Parent))
        {
            if (parent is StatementSyntax statement)
                return IsPlace(statement, child) ? (statement, null) : (null, "a statement before this one would run at another time");
            if (Obstacle(child, parent, model, cancellationToken) is { } obstacle)
                return (null, obstacle);
            if (parent is ExpressionSyntax or ArgumentListSyntax or BracketedArgumentListSyntax or InitializerExpressionSyntax or VariableDeclarationSyntax && !IsUntouched(child, parent, effects))
                return (null, "other code of the statement runs before it");
        }

        return (null, "there is no statement before it");
    }

    private static bool IsPlace(StatementSyntax statement, SyntaxNode child)
    {
        var isOnce = statement switch
        {
            ExpressionStatementSyntax or LocalDeclarationStatementSyntax { IsConst: false } or ReturnStatementSyntax or ThrowStatementSyntax or YieldStatementSyntax => true,
            IfStatementSyntax choice => choice.Condition == child,
            SwitchStatementSyntax choice => choice.Expression == child,
            LockStatementSyntax held => held.Expression == child,
            CommonForEachStatementSyntax loop => loop.Expression == child,
            UsingStatementSyntax => true,
            _ => false,
        };
        return isOnce && statement.Parent is not LabeledStatementSyntax && statement.Parent is not ElseClauseSyntax { Statement: IfStatementSyntax } && !(statement.Parent is UsingStatementSyntax && statement is UsingStatementSyntax);
    }

    private static string? Obstacle(SyntaxNode child, SyntaxNode parent, SemanticModel model, CancellationToken cancellationToken) => parent switch
    {
        AnonymousFunctionExpressionSyntax => "an expression-bodied lambda has no statement before it",
        ArrowExpressionClauseSyntax => "an expression body has no statement before it",
        EqualsValueClauseSyntax { Parent: not VariableDeclaratorSyntax { Parent.Parent: StatementSyntax } } => "an initializer has no statement before it",
        ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax => "a constructor's initializer has no statement before it",
        QueryClauseSyntax or SelectOrGroupClauseSyntax or QueryBodySyntax => "a query has no statement before it",
        WhenClauseSyntax or CatchFilterClauseSyntax => "a condition of a 'when' has no statement before it",
        CheckedExpressionSyntax => "'checked' and 'unchecked' do not reach a statement before it",
        InitializerExpressionSyntax { Parent: BaseObjectCreationExpressionSyntax } => "the object of the initializer is created before",
        InterpolationSyntax when model.GetTypeInfo(parent.Parent!, cancellationToken).ConvertedType?.SpecialType != SpecialType.System_String => "the interpolated string may not evaluate it",
        InterpolationSyntax when parent.Parent is InterpolatedStringExpressionSyntax text && text.Contents.OfType<InterpolationSyntax>().First() != parent => "other code of the statement runs before it",
        _ => EvaluationOrder.IsSometimes(child, parent) ? "it is not always evaluated" : null,
    };

    /// <summary>Whether what <paramref name="parent"/> evaluates before <paramref name="child"/> cannot notice the arguments.</summary>
    private static bool IsUntouched(SyntaxNode child, SyntaxNode parent, Effects effects)
    {
        var before = parent.ChildNodes().TakeWhile(node => node != child);
        return before.All(node => node switch
        {
            ArgumentListSyntax or BracketedArgumentListSyntax => true,
            MemberAccessExpressionSyntax access when parent is InvocationExpressionSyntax => effects.Of(access.Expression) == Effect.None,
            MemberAccessExpressionSyntax access when parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } => effects.Of(access.Expression) == Effect.None,
            SimpleNameSyntax when parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression } => true,
            MemberBindingExpressionSyntax => false,
            ArgumentSyntax argument => effects.Of(argument.Expression) == Effect.None,
            DeclarationExpressionSyntax or TypeSyntax and not SimpleNameSyntax => true,
            TypeSyntax when parent is CastExpressionSyntax or ObjectCreationExpressionSyntax or VariableDeclarationSyntax or ArrayCreationExpressionSyntax => true,
            ExpressionSyntax expression => effects.Of(expression) == Effect.None,
            NameColonSyntax or ArrayRankSpecifierSyntax => true,
            _ => false,
        });
    }
}
