using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Tells whether code that takes a value looks at null, or says in its types that it may come.</summary>
internal static class NullTolerance
{
    /// <summary>The largest expression whose value is the same, or one of several that are.</summary>
    public static ExpressionSyntax Outermost(ExpressionSyntax value)
    {
        while (true)
        {
            switch (value.Parent)
            {
                case ParenthesizedExpressionSyntax parent:
                    value = parent;
                    break;
                case ConditionalExpressionSyntax parent when parent.Condition != value:
                    value = parent;
                    break;
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } parent when parent.Right == value:
                    value = parent;
                    break;
                case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Parent: not ExpressionStatementSyntax } parent when parent.Right == value && !IsDiscard(parent):
                    value = parent;
                    break;
                case SwitchExpressionArmSyntax { Parent: SwitchExpressionSyntax parent }:
                    value = parent;
                    break;
                default:
                    return value;
            }
        }
    }

    /// <summary>Whether null is looked at, or does no harm, where <paramref name="value"/> goes.</summary>
    public static bool Accepts(FileContext file, ExpressionSyntax value) => IsLookedAt(value) || TargetMayBeNull(file, value);

    /// <summary>Whether the value is tested for null there, or the author vouches for it with <c>!</c>, or it is discarded or cast to a nullable type.</summary>
    public static bool IsLookedAt(ExpressionSyntax value) => value.Parent switch
    {
        ConditionalAccessExpressionSyntax parent => parent.Expression == value,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } parent => parent.Left == value,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression or (int)SyntaxKind.NotEqualsExpression } => true,
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.IsExpression or (int)SyntaxKind.AsExpression } => true,
        AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression } parent => parent.Left == value,
        AssignmentExpressionSyntax parent when IsDiscard(parent) => true,
        CastExpressionSyntax { Type: NullableTypeSyntax } => true,
        IsPatternExpressionSyntax parent => parent.Pattern is not VarPatternSyntax,
        SwitchStatementSyntax parent => !HasArmForAll(parent.Sections.SelectMany(section => section.Labels).Select(label => (label as CasePatternSwitchLabelSyntax)?.Pattern ?? (SyntaxNode)label)),
        SwitchExpressionSyntax parent => parent.GoverningExpression == value && !HasArmForAll(parent.Arms.Select(arm => arm.Pattern)),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } => true,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: var called } } => IsNullTest(called),
        _ => false,
    };

    /// <summary>Whether null reaches an arm that goes on with it: one for any value, <c>var block</c>, and none for null.</summary>
    private static bool HasArmForAll(IEnumerable<SyntaxNode> arms) =>
        arms.Any(arm => arm is VarPatternSyntax { Designation: SingleVariableDesignationSyntax })
        && !arms.Any(arm => arm is ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression }
            or CaseSwitchLabelSyntax { Value.RawKind: (int)SyntaxKind.NullLiteralExpression });

    private static bool IsDiscard(AssignmentExpressionSyntax assignment) => assignment.Left is IdentifierNameSyntax { Identifier.ValueText: "_" };

    private static bool IsNullTest(ExpressionSyntax called) => called switch
    {
        IdentifierNameSyntax name => name.Identifier.ValueText is "nameof" or "ReferenceEquals",
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText is "ReferenceEquals" or "ThrowIfNull",
        _ => false,
    };

    /// <summary>Whether the parameter, variable or function that takes the value is declared nullable, or converts null to an empty value.</summary>
    private static bool TargetMayBeNull(FileContext file, ExpressionSyntax value)
    {
        // A span is empty then; the pointer of a 'fixed' statement is null and fails where it is used.
        if (file.Model.GetTypeInfo(value, file.CancellationToken) is { ConvertedType: { IsValueType: true, TypeKind: not TypeKind.Pointer }, Type.IsValueType: not true })
            return true;

        var target = value.Parent switch
        {
            ArgumentSyntax argument => ParameterType(file, argument),
            AssignmentExpressionSyntax assignment when assignment.Right == value && file.Bind(assignment.Left) is not ILocalSymbol => TypeOf(file, assignment.Left),
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } declarator } =>
                (file.Model.GetDeclaredSymbol(declarator, file.CancellationToken) as IFieldSymbol)?.Type,
            EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax property } => file.Model.GetDeclaredSymbol(property, file.CancellationToken)?.Type,
            ReturnStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax => ReturnType(file, value),
            _ => null,
        };
        return target?.NullableAnnotation == NullableAnnotation.Annotated;
    }

    private static ITypeSymbol? ParameterType(FileContext file, ArgumentSyntax argument)
    {
        if (file.Model.GetOperation(argument, file.CancellationToken) is IArgumentOperation operation)
            return operation.Parameter?.Type;

        // With V1's names gone the value has no type, and what takes it is bound no further than to its candidates.
        if (argument.Parent is not ArgumentListSyntax { Parent: { } call } list)
            return null;
        var bound = file.Model.GetSymbolInfo(call, file.CancellationToken);
        return (bound.Symbol ?? (bound.CandidateSymbols.Length == 1 ? bound.CandidateSymbols[0] : null)) is IMethodSymbol method
            ? method.Parameters.ElementAtOrDefault(PositionOf(argument, list, method))?.Type
            : null;
    }

    private static int PositionOf(ArgumentSyntax argument, ArgumentListSyntax list, IMethodSymbol method) => argument.NameColon is { } name
        ? method.Parameters.IndexOf(method.Parameters.FirstOrDefault(parameter => parameter.Name == name.Name.Identifier.ValueText)!)
        : list.Arguments.IndexOf(argument);

    private static ITypeSymbol? TypeOf(FileContext file, ExpressionSyntax target) => file.Bind(target) switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => file.Model.GetTypeInfo(target, file.CancellationToken).Type,
    };

    private static ITypeSymbol? ReturnType(FileContext file, SyntaxNode value)
    {
        var function = value.Ancestors().First(node =>
            node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or MemberDeclarationSyntax);
        var symbol = function is AnonymousFunctionExpressionSyntax lambda
            ? (file.Model.GetTypeInfo(lambda, file.CancellationToken).ConvertedType as INamedTypeSymbol)?.DelegateInvokeMethod
            : file.Model.GetDeclaredSymbol(function, file.CancellationToken);
        var type = symbol switch
        {
            IMethodSymbol method => method.ReturnType,
            IPropertySymbol property => property.Type,
            _ => null,
        };
        return type is INamedTypeSymbol { Name: "Task" or "ValueTask", TypeArguments: var arguments } && arguments.Length == 1 ? arguments[0] : type;
    }
}
