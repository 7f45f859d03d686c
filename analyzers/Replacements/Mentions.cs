using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>A member's name where nothing is called: in <c>nameof</c> and in <c>cref</c>.</summary>
internal static class Mentions
{
    public static bool IsCref(SimpleNameSyntax name) => name.FirstAncestorOrSelf<CrefSyntax>() is not null;

    public static bool IsNameOf(ExpressionSyntax member) =>
        member.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } };

    /// <summary>The new name, or why there is none: only a template that calls one other member of the same type with the same arguments has a name to give.</summary>
    public static (string? NewName, string? Reason) Rename(SimpleNameSyntax name, Template template, SemanticModel model)
    {
        var expression = template.Expression is InvocationExpressionSyntax call && template.HasSameArguments(call) ? call.Expression : template.Expression;
        var type = template.Declaration.Member.ContainingType;
        var member = expression switch
        {
            SimpleNameSyntax simple when template.HoleOf(simple) is null => simple,
            MemberAccessExpressionSyntax { Name: var accessed, Expression: var receiver } when template.HoleOf(receiver) == template.Receiver || receiver.ToString() == type.Name => accessed,
            _ => null,
        };
        if (member is null)
            return (null, "only the name is mentioned, and the replacement is more than another name");

        var newName = member.Identifier.ValueText;
        var named = type.GetMembers(newName).Where(candidate => model.IsAccessible(name.SpanStart, candidate)).ToImmutableArray();
        if (IsCref(name))
            named = named.Where(candidate => HasParameters(name, candidate, template.Declaration.Member)).ToImmutableArray();
        return named.IsEmpty || (IsCref(name) && named.Length > 1) ? (null, $"'{newName}' does not name one member there") : (newName, null);
    }

    /// <summary>Whether the documentation is that of a member with this name.</summary>
    public static bool IsInDocumentationOf(SimpleNameSyntax name, string newName, ISymbol old, SemanticModel model, CancellationToken cancellationToken)
    {
        var documented = name.FirstAncestorOrSelf<DocumentationCommentTriviaSyntax>()?.ParentTrivia.Token.Parent?.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        return documented is not null && model.GetDeclaredSymbol(documented, cancellationToken) is { } symbol
            && (symbol.Name == newName || SymbolEqualityComparer.Default.Equals(symbol, old));
    }

    /// <summary>Whether the cref, which may say the parameters, means the member under its new name too.</summary>
    private static bool HasParameters(SimpleNameSyntax name, ISymbol candidate, ISymbol old)
    {
        if (name.FirstAncestorOrSelf<NameMemberCrefSyntax>() is not { Parameters: not null })
            return true;

        return (candidate, old) is (IMethodSymbol now, IMethodSymbol before) && now.Arity == before.Arity && now.Parameters.Length == before.Parameters.Length
            && now.Parameters.Zip(before.Parameters, (first, second) => first.RefKind == second.RefKind && first.Type.ToDisplayString() == second.Type.ToDisplayString()).All(isSame => isSame);
    }
}
