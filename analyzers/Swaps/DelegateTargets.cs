using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>What a place demands of the function that is given to it.</summary>
internal static class DelegateTargets
{
    /// <summary>Whether the place gives a lambda its parameter types; 'var' and 'Delegate' do not.</summary>
    public static bool HasDelegateType(FileContext file, ExpressionSyntax function) =>
        function.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true } } }
        && file.Model.GetTypeInfo(function, file.CancellationToken).ConvertedType is null or { TypeKind: TypeKind.Delegate or TypeKind.Error };

    /// <summary>The lambda's whole body when that is a call which now gives a <c>bool</c>, and the lambda would get another type, or choose another overload, by it.</summary>
    public static ExpressionSyntax? BodyToKeepVoid(FileContext file, InvocationExpressionSyntax call)
    {
        ExpressionSyntax body = call;
        while (body.Parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull == body)
            body = conditional;
        return body.Parent is LambdaExpressionSyntax lambda and not ParenthesizedLambdaExpressionSyntax { ReturnType: not null }
            && !ExpressionTrees.Contain(call, file.Model, file.CancellationToken)
            && (!HasDelegateType(file, lambda) || IsTakenWithResult(file, lambda))
                ? body
                : null;
    }

    /// <summary>Whether an overload of the called method would take the lambda if that returned a <c>bool</c>.</summary>
    private static bool IsTakenWithResult(FileContext file, LambdaExpressionSyntax lambda)
    {
        if (lambda.Parent is not ArgumentSyntax { Parent: ArgumentListSyntax { Parent: { } called } list } argument)
            return false;

        var boolean = file.Model.Compilation.GetSpecialType(SpecialType.System_Boolean);
        var isAsync = lambda.AsyncKeyword != default;
        var count = lambda is ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: var several } ? several : 1;
        return file.Model.GetMemberGroup(called is InvocationExpressionSyntax { Expression: var method } ? method : called, file.CancellationToken).OfType<IMethodSymbol>()
            .Select(overload => argument.NameColon is { Name.Identifier.ValueText: var name }
                ? overload.Parameters.FirstOrDefault(parameter => parameter.Name == name)
                : overload.Parameters.ElementAtOrDefault(list.Arguments.IndexOf(argument)))
            .Any(parameter => parameter?.Type is ITypeParameterSymbol
                || (parameter?.Type is INamedTypeSymbol { DelegateInvokeMethod: { } invoke } && invoke.Parameters.Length == count && IsTaken(invoke.ReturnType)));

        bool IsTaken(ITypeSymbol result)
        {
            var value = !isAsync ? result : result is INamedTypeSymbol { Arity: 1 } task ? task.TypeArguments[0] : null;
            return value is ITypeParameterSymbol || (value is not null && file.Model.Compilation.ClassifyConversion(boolean, value).IsImplicit);
        }
    }
}
