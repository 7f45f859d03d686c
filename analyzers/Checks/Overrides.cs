using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>A void override of a checked method: its return type changes with the base type.</summary>
internal static class Overrides
{
    /// <param name="call">A call of a checked method in the override, its result dropped.</param>
    public static CheckSite Describe(ExpressionSyntax call, MethodDeclarationSyntax overriding, CheckedMethod method)
    {
        var isBaseCall = call is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: BaseExpressionSyntax } access }
            && access.Name.Identifier.ValueText == method.Name;
        var isAll = overriding.ExpressionBody is not null || overriding.Body is { Statements.Count: 1 };
        return isBaseCall && isAll && !overriding.Modifiers.Any(modifier => modifier.ValueText == "async")
            ? new CheckSite(call, ResultCheck.Prefix + ResultCheck.Override, Facts.Safe, null)
            : new CheckSite(call, ResultCheck.Prefix, Facts.Manual, $"the override of '{method.Name}' must return whether it worked");
    }
}
