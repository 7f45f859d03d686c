using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Tries how a method group binds under another name.</summary>
internal static class MethodGroups
{
    /// <summary>The whole expression that a member name ends: <c>a.Name</c>, or the bare name.</summary>
    public static ExpressionSyntax ExpressionOf(SimpleNameSyntax name) =>
        name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access
        : name.Parent is MemberBindingExpressionSyntax binding ? binding
        : name;

    /// <summary>Whether <paramref name="name"/> names one method when it has its new name, behind a cast to <paramref name="cast"/> if there is one.</summary>
    /// <param name="newNameOf">The new name of a renamed method's mention: the statement is tried with all of its mentions renamed.</param>
    public static bool Binds(FileContext file, SimpleNameSyntax name, Func<SimpleNameSyntax, string?> newNameOf, string? cast)
    {
        var container = Speculation.ContainerOf(name);
        if (container is null)
            return false;

        var mark = new SyntaxAnnotation();
        var group = ExpressionOf(name);
        var nodes = container.DescendantNodes().OfType<SimpleNameSyntax>().Where(mention => newNameOf(mention) is not null).Cast<SyntaxNode>().Append(group);
        var changed = container.ReplaceNodes(nodes, (original, current) =>
        {
            if (original == name)
                return Renamed(name).WithAdditionalAnnotations(mark);
            if (original != group)
                return Renamed((SimpleNameSyntax)original);
            return cast is null ? current : SyntaxFactory.CastExpression(SyntaxFactory.ParseTypeName(cast), ((ExpressionSyntax)current).WithoutTrivia()).WithTriviaFrom(current);
        });
        var model = Speculation.Bind(file.Model, container.SpanStart, changed);
        return model is not null
            && changed.GetAnnotatedNodes(mark).FirstOrDefault() is { } node
            && model.GetSymbolInfo(node, file.CancellationToken).Symbol is IMethodSymbol;

        SyntaxNode Renamed(SimpleNameSyntax mention) => SyntaxFactory.IdentifierName(newNameOf(mention)!).WithTriviaFrom(mention);
    }
}
