using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Callbacks;

/// <summary>Tells which expressions do more than give a value, so that they may not be dropped.</summary>
internal static class ValueEffects
{
    public static bool Exist(FileContext file, ExpressionSyntax value) => value.DescendantNodesAndSelf().Any(node => node switch
    {
        AssignmentExpressionSyntax or AwaitExpressionSyntax or BaseObjectCreationExpressionSyntax or ThrowExpressionSyntax => true,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
        InvocationExpressionSyntax call => !IsPure(file, call),
        _ => false,
    });

    /// <summary>On an input that does not bind, Linq's methods do not bind either; their names were matched before.</summary>
    private static bool IsPure(FileContext file, InvocationExpressionSyntax call) => file.Bind(call) switch
    {
        null => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray" or "Take" or "TakeLast" or "Skip" or "SkipLast" or "Select" or "Reverse" or "AsEnumerable" or "Count" },
        { ContainingType: { Name: "Enumerable" or "Array" or "Math" or "MathF", ContainingNamespace: { } space } } => space.ToDisplayString() is "System" or "System.Linq",
        _ => false,
    };
}
