using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Lifecycles;

/// <summary>A local variable or a private field that holds a stream, as one function body sees it.</summary>
internal sealed record FollowedVariable(ISymbol Symbol, Lifecycle Lifecycle)
{
    /// <summary>Whether calls of code elsewhere can change what the variable holds.</summary>
    public bool IsField => Symbol is IFieldSymbol;

    /// <summary>The variable that a method name is called on, if it can be followed through <paramref name="body"/>.</summary>
    public static FollowedVariable? Of(FileContext file, SimpleNameSyntax method, SyntaxNode body)
    {
        if (Receivers.Of(method) is not { } receiver || NameOf(receiver) is not { } name)
            return null;

        var (symbol, type) = file.Bind(name) switch
        {
            ILocalSymbol { IsRef: false } local when IsOwnedBy(file, local, body) => ((ISymbol)local, local.Type),
            IFieldSymbol { DeclaredAccessibility: Accessibility.Private, IsVolatile: false } field => (field, field.Type),
            _ => (null, null),
        };
        return symbol is not null && Lifecycle.Of(file, type, method.SpanStart) is { } lifecycle ? new FollowedVariable(symbol, lifecycle) : null;
    }

    /// <summary>Whether the text before a call, with nothing bound, leaves it possible that the call skips a state.</summary>
    /// <remarks>Starting needs a start or a disposal before it, stopping a creation: of what a variable held before the body, nothing is known.</remarks>
    public static bool MaySkipState(FileContext file, SimpleNameSyntax method, SyntaxNode body)
    {
        if (Receivers.Of(method) is not { } receiver || NameOf(receiver)?.Identifier.ValueText is not { } variable)
            return false;

        var isStop = method.Identifier.ValueText == Lifecycle.Stop;
        if (isStop && file.Names.HasAliases)
            return true;

        foreach (var name in isStop ? Lifecycle.NamesOfCreations : Lifecycle.NamesBeforeStart)
        {
            foreach (var node in file.Names[name])
            {
                if (node.SpanStart < method.SpanStart && body.FullSpan.Contains(node.Span) && (isStop || IsCalledOn(node, variable)))
                    return true;
            }
        }

        return false;
    }

    private static bool IsCalledOn(SyntaxNode node, string variable) =>
        node is SimpleNameSyntax method && Receivers.Of(method) is { } receiver && NameOf(receiver)?.Identifier.ValueText == variable;

    /// <summary>The innermost function, or the file for top-level statements, that holds the node.</summary>
    public static SyntaxNode? BodyAround(SyntaxNode node)
    {
        var current = node.Parent;
        while (current is not null && !IsFunction(current))
            current = current.Parent;
        return current;
    }

    /// <summary>Whether the expression is the variable.</summary>
    public bool Is(FileContext file, ExpressionSyntax expression) =>
        NameOf(expression) is { } name && name.Identifier.ValueText == Symbol.Name && SymbolEqualityComparer.Default.Equals(file.Bind(name), Symbol);

    /// <summary>Whether the variable is named in the node, in functions inside it too.</summary>
    public bool IsMentioned(FileContext file, SyntaxNode node) => Mentions(file, Symbol, node).Any();

    private static bool IsFunction(SyntaxNode node) =>
        node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax or CompilationUnitSyntax;

    /// <summary>Another function that names the local variable could run at any time.</summary>
    private static bool IsOwnedBy(FileContext file, ILocalSymbol local, SyntaxNode body) =>
        local.DeclaringSyntaxReferences.All(reference => BodyAround(reference.GetSyntax(file.CancellationToken)) == body)
        && Mentions(file, local, body).All(mention => BodyAround(mention) == body);

    private static IEnumerable<IdentifierNameSyntax> Mentions(FileContext file, ISymbol symbol, SyntaxNode node) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == symbol.Name && SymbolEqualityComparer.Default.Equals(file.Bind(name), symbol));

    private static SimpleNameSyntax? NameOf(ExpressionSyntax expression) => expression switch
    {
        IdentifierNameSyntax name => name,
        MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax, Name: var name } => name,
        ParenthesizedExpressionSyntax inner => NameOf(inner.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => NameOf(sure.Operand),
        _ => null,
    };
}
