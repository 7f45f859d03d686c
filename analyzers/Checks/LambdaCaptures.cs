using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>What changes when a method group becomes a lambda: the receiver is captured, and evaluated at each call.</summary>
internal static class LambdaCaptures
{
    public static string? ReasonNotToCapture(FileContext file, SimpleNameSyntax name)
    {
        var receiver = Receivers.Of(name);
        if (receiver is not null && receiver.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(IsByReference))
            return "a lambda cannot capture a variable that is passed by reference";

        if (receiver is not null && receiver.DescendantNodesAndSelf().Any(node => node is BaseObjectCreationExpressionSyntax))
            return "a lambda would make a new object at each call; keep the object in a variable first";

        var type = name.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        return type is StructDeclarationSyntax && !IsInStaticMember(name) ? "a lambda in a struct cannot capture 'this'" : null;

        bool IsByReference(IdentifierNameSyntax identifier) =>
            file.Model.GetSymbolInfo(identifier, file.CancellationToken).Symbol is IParameterSymbol { RefKind: not RefKind.None } or ILocalSymbol { IsRef: true };
    }

    /// <summary>Why the lambda may call another object than the method group did; <see langword="null"/> when it cannot.</summary>
    public static string? ReasonToReview(FileContext file, SimpleNameSyntax name)
    {
        var receiver = Receivers.Of(name);
        var isFixed = receiver is null or ThisExpressionSyntax or BaseExpressionSyntax || file.Model.GetSymbolInfo(receiver, file.CancellationToken).Symbol switch
        {
            IFieldSymbol field => field.IsReadOnly,
            (ILocalSymbol or IParameterSymbol) and var variable => !MayChangeAfter(file, variable, name),
            _ => false,
        };
        return isFixed ? null : $"'{receiver}' is now evaluated at each call, not once";
    }

    /// <summary>Whether a local variable or parameter is written behind the place, in a loop, or in another function.</summary>
    private static bool MayChangeAfter(FileContext file, ISymbol variable, SyntaxNode place)
    {
        // Where a primary constructor declares it, that is all of the type.
        var scope = variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(file.CancellationToken).Ancestors()
            .First(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        return scope?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == variable.Name
            && LocalUses.IsWrite(name)
            && (name.SpanStart > place.SpanStart || name.Ancestors().TakeWhile(ancestor => ancestor != scope).Any(IsRepeated))
            && SymbolEqualityComparer.Default.Equals(file.Bind(name), variable)) == true;

        static bool IsRepeated(SyntaxNode node) => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax
            or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax;
    }

    private static bool IsInStaticMember(SyntaxNode node) =>
        node.FirstAncestorOrSelf<MemberDeclarationSyntax>()?.Modifiers.Any(modifier => modifier.ValueText == "static") == true;
}
