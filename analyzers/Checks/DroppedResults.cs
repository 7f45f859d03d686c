using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Follows a function's result to where nobody looks at it.</summary>
internal static class DroppedResults
{
    /// <summary>Whether an expression-bodied member, accessor or local function returns nothing, now or when it is awaited.</summary>
    public static bool IsVoidFunction(FileContext file, SyntaxNode declaration) =>
        file.Model.GetDeclaredSymbol(declaration, file.CancellationToken) is IMethodSymbol method
        && (method.ReturnsVoid || (method.IsAsync && method.ReturnType is INamedTypeSymbol { Arity: 0 }));

    /// <summary>Whether what a lambda or a method group of a checked method returns is lost.</summary>
    /// <remarks>
    /// On V2, <c>Task.Run(() =&gt; stream.Start())</c> binds to the overload that keeps the result; it is lost when the task's result is not used,
    /// and the overload without a result takes the lambda once it has the check.
    /// </remarks>
    public static bool IsDropped(FileContext file, ExpressionSyntax function)
    {
        var type = file.Model.GetTypeInfo(function, file.CancellationToken).ConvertedType as INamedTypeSymbol;
        if (type is { Name: "Expression", Arity: 1, TypeArguments: var arguments } && arguments[0] is INamedTypeSymbol inTree)
            return inTree.DelegateInvokeMethod is { ReturnsVoid: true };

        // A method group of a bool method does not convert to a void delegate: that error is what a swap of the type leaves behind.
        if (type?.DelegateInvokeMethod is not { } invoke)
            return function is not LambdaExpressionSyntax;

        if (invoke.ReturnsVoid)
            return true;

        if (function is LambdaExpressionSyntax { AsyncKeyword.RawKind: (int)SyntaxKind.AsyncKeyword } && invoke.ReturnType is INamedTypeSymbol { Arity: 0 })
            return true;

        return CallOf(function) is { } call && HasVoidOverload(file, function, call) && IsUnused(file, call, out _);
    }

    /// <summary>Why throwing from this function needs a look; <see langword="null"/> when it does not.</summary>
    public static string? ReasonToReview(FileContext file, ExpressionSyntax function)
    {
        if (EventHooks.IsAdded(file, function))
            return "the exception reaches whoever raises the event";

        return CallOf(function) is { } call
            && file.Model.GetTypeInfo(call, file.CancellationToken).Type is { Name: "Task" }
            && IsUnused(file, call, out var isAwaited)
            && !isAwaited
                ? "nobody awaits the task that the exception ends in"
                : null;
    }

    private static InvocationExpressionSyntax? CallOf(ExpressionSyntax function) =>
        function.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } ? call : null;

    private static bool HasVoidOverload(FileContext file, ExpressionSyntax function, InvocationExpressionSyntax call)
    {
        if (file.Model.GetSymbolInfo(call, file.CancellationToken).Symbol is not IMethodSymbol method)
            return false;

        var position = call.ArgumentList.Arguments.IndexOf((ArgumentSyntax)function.Parent!);
        return method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().Any(overload =>
            overload.Parameters.Length == method.Parameters.Length
            && position < overload.Parameters.Length
            && overload.Parameters[position].Type is INamedTypeSymbol { DelegateInvokeMethod: { ReturnsVoid: true, Parameters.IsEmpty: true } });
    }

    /// <param name="isAwaited">Whether an exception still comes back to the caller.</param>
    private static bool IsUnused(FileContext file, ExpressionSyntax call, out bool isAwaited)
    {
        isAwaited = false;
        var value = call;
        while (true)
        {
            switch (value.Parent)
            {
                case AwaitExpressionSyntax awaiting:
                    (value, isAwaited) = (awaiting, true);
                    continue;
                case ParenthesizedExpressionSyntax parenthesized:
                    value = parenthesized;
                    continue;
                case MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" or "GetResult" or "GetAwaiter" or "ConfigureAwait" } access
                    when access.Parent is InvocationExpressionSyntax next:
                    isAwaited |= access.Name.Identifier.ValueText is "Wait" or "GetResult";
                    value = next;
                    continue;
                case ExpressionStatementSyntax or AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } }:
                    return true;
                case ArrowExpressionClauseSyntax arrow when IsVoidFunction(file, arrow.Parent!):
                    return true;
            }

            // 'Task Go() => Task.Run(() => stream.Start())': whoever awaits the plain task sees an exception, but never the result.
            var info = file.Model.GetTypeInfo(value, file.CancellationToken);
            isAwaited = true;
            return info.Type is INamedTypeSymbol { Name: "Task", Arity: 1 } && info.ConvertedType is INamedTypeSymbol { Name: "Task", Arity: 0 };
        }
    }
}
