using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>What a body does with a lease in a local.</summary>
internal sealed class LeaseUses
{
    /// <summary>Whether nothing but <c>Samples</c> is ever used: the lease is neither released nor handed on.</summary>
    public bool IsOnlyLookedAt { get; private set; }

    /// <summary>Whether the lease stays with the function that took it: only its samples are used, and it is released by a call.</summary>
    public bool IsKept { get; private set; }

    /// <summary>The calls that release it.</summary>
    public IReadOnlyList<InvocationExpressionSyntax> ReleaseCalls { get; private set; } = null!;

    /// <summary>The statements that release it; <see langword="null"/> when something else than a statement of a block does.</summary>
    public IReadOnlyList<ExpressionStatementSyntax>? Releases { get; private set; }

    /// <summary>Whether a span over the samples is assigned or returned.</summary>
    public bool MaySamplesLeave { get; private set; }

    public ILocalSymbol Lease { get; private set; } = null!;

    public SyntaxNode Function { get; private set; } = null!;

    /// <param name="declaration">The variable.</param>
    public static LeaseUses? Of(FileContext file, SyntaxNode declaration)
    {
        if (file.Model.GetDeclaredSymbol(declaration, file.CancellationToken) is not ILocalSymbol lease)
            return null;

        var body = declaration.Ancestors().First(IsFunction);
        var uses = body.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == lease.Name && SymbolEqualityComparer.Default.Equals(file.Bind(name), lease))
            .ToList();
        var isInside = uses.All(use => use.Ancestors().First(IsFunction) == body);
        var releases = uses.Select(use => ReleaseOf(file, use)).OfType<InvocationExpressionSyntax>().ToList();
        var statements = releases.Select(call => call.Parent).OfType<ExpressionStatementSyntax>().Where(IsRemovable).ToList();
        return new LeaseUses
        {
            Lease = lease,
            Function = body,
            IsOnlyLookedAt = isInside && uses.All(use => IsSamples(use.Parent)),
            IsKept = isInside && releases.Count > 0 && uses.All(use => IsSamples(use.Parent) || ReleaseOf(file, use) is not null),
            ReleaseCalls = releases,
            Releases = statements.Count == releases.Count ? statements : null,
            MaySamplesLeave = ReturnsSpan(file, body) || uses.Any(use => IsGivenAway(use.Parent!)),
        };
    }

    private static bool IsSamples(SyntaxNode? node) => node is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Samples" };

    private static InvocationExpressionSyntax? ReleaseOf(FileContext file, IdentifierNameSyntax use)
    {
        var call = use.Parent switch
        {
            MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose", Parent: InvocationExpressionSyntax dispose } access when access.Expression == use => dispose,
            ArgumentSyntax { Parent: ArgumentListSyntax { Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Release" } } release } } => release,
            _ => null,
        };
        return call is not null && file.Bind(call) is IMethodSymbol method
            && (file.Types.Is(method.ContainingType, KnownTypes.BufferPool) || method is { Name: "Dispose", Parameters.IsEmpty: true })
                ? call
                : null;
    }

    /// <summary>Whether a <c>using</c> can do the statement's work: nothing depends on the statement being there.</summary>
    private static bool IsRemovable(ExpressionStatementSyntax statement) =>
        statement.Parent is BlockSyntax { Parent: not (FinallyClauseSyntax or CatchClauseSyntax) } or GlobalStatementSyntax && !statement.ContainsDirectives;

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
