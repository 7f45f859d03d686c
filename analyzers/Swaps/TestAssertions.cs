using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Finds tests whose assertions are about the block that a call gives: what V1 promised is not what V2 does.</summary>
internal static class TestAssertions
{
    public static bool Judge(FileContext file, InvocationExpressionSyntax call)
    {
        if (IsAsserted(call))
            return true;
        if (call.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } || Bodies.Of(call) is not { } body)
            return false;

        var block = file.Model.GetDeclaredSymbol(declarator, file.CancellationToken);
        return body.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Any(name => name.Identifier.ValueText == declarator.Identifier.ValueText && IsAsserted(name) && SymbolEqualityComparer.Default.Equals(file.Bind(name), block));
    }

    private static bool IsAsserted(SyntaxNode node) => node.Ancestors().TakeWhile(ancestor => ancestor is not StatementSyntax).OfType<InvocationExpressionSyntax>()
        .Any(call => call.Expression is MemberAccessExpressionSyntax { Expression: var type, Name.Identifier.ValueText: var method }
            && (type.GetLastToken().ValueText is "Assert" or "CollectionAssert" or "ClassicAssert" || method == "Should" || method.StartsWith("ShouldBe", StringComparison.Ordinal)));
}
