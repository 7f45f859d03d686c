using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>What a body does with a lease in a local.</summary>
internal sealed class LeaseUses
{
    /// <summary>Whether nothing but <c>Samples</c> is ever used: the lease is neither released nor handed on.</summary>
    public bool IsOnlyLookedAt { get; private set; }

    /// <summary>Whether a span over the samples is assigned or returned.</summary>
    public bool MaySamplesLeave { get; private set; }

    /// <param name="declaration">The variable.</param>
    public static LeaseUses? Of(FileContext file, SyntaxNode declaration)
    {
        if (file.Model.GetDeclaredSymbol(declaration, file.CancellationToken) is not ILocalSymbol lease)
            return null;

        var body = declaration.Ancestors().First(IsFunction);
        var uses = body.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == lease.Name && SymbolEqualityComparer.Default.Equals(file.Bind(name), lease))
            .ToList();
        return new LeaseUses
        {
            IsOnlyLookedAt = uses.All(use => IsSamples(use.Parent) && use.Ancestors().First(IsFunction) == body),
            MaySamplesLeave = ReturnsSpan(file, body) || uses.Any(use => IsGivenAway(use.Parent!)),
        };
    }

    private static bool IsSamples(SyntaxNode? node) => node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Samples" };

    private static bool IsGivenAway(SyntaxNode samples) =>
        samples.Ancestors().TakeWhile(ancestor => ancestor is not StatementSyntax)
            .Any(ancestor => ancestor is AssignmentExpressionSyntax assignment && assignment.Right.Contains(samples));

    private static bool ReturnsSpan(FileContext file, SyntaxNode body)
    {
        var symbol = file.Model.GetDeclaredSymbol(body, file.CancellationToken) ?? file.Model.GetSymbolInfo(body, file.CancellationToken).Symbol;
        var type = symbol switch
        {
            IMethodSymbol method => method.ReturnType,
            IPropertySymbol property => property.Type,
            _ => null,
        };
        return type is { IsRefLikeType: true };
    }

    private static bool IsFunction(SyntaxNode node) => node
        is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax
        or MemberDeclarationSyntax and not GlobalStatementSyntax;
}
