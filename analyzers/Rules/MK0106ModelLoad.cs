using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Rules;

/// <summary>One mention of <c>ModelLoader.LoadModel</c> that loads past any cache.</summary>
/// <param name="Node">What the fix replaces: the call, the whole <c>loader?.LoadModel(...)</c>, or the method group.</param>
/// <param name="Action">The form of <paramref name="Node"/>, an action of the rule.</param>
/// <param name="Obstacle">Why it cannot be rewritten; <see langword="null"/> when it can.</param>
/// <param name="Device">The loader's device, when the code says it.</param>
internal sealed record ModelLoad(ExpressionSyntax Node, string Action, string? Obstacle, string? Device)
{
    /// <summary>The member around it, or the file for top-level statements.</summary>
    public SyntaxNode Member => Node.Ancestors().First(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);

    public static ModelLoad? TryCreate(FileContext file, SimpleNameSyntax name)
    {
        if (name.FirstAncestorOrSelf<CrefSyntax>() is not null
            || HasTooManyArguments(file, name)
            || ForeignReceivers.Has(file, name)
            || file.Bind(name) is not IMethodSymbol { ReducedFrom: null } method
            || !SymbolEqualityComparer.Default.Equals(method.ContainingType, file.Types.Find(KnownTypes.ModelLoader))
            || name.Ancestors().OfType<InvocationExpressionSyntax>().Any(IsNameOf))
        {
            return null;
        }

        var callee = MethodGroups.ExpressionOf(name);
        var load = callee.Parent is InvocationExpressionSyntax call && call.Expression == callee
            ? OfCall(file, name, call)
            : OfMethodGroup(file, name, callee);
        if (IsCached(file, load.Node))
            return null;

        var isInTree = ExpressionTrees.Contain(name, file.Model, file.CancellationToken);
        return isInTree ? load with { Obstacle = "an expression tree cannot hold a call with omitted arguments" } : load;
    }

    /// <summary>Whether the loader's method cannot take the call: then it is that of Pocket TTS, or of anything else.</summary>
    private static bool HasTooManyArguments(FileContext file, SimpleNameSyntax name) =>
        MethodGroups.ExpressionOf(name) is var callee && callee.Parent is InvocationExpressionSyntax call && call.Expression == callee
        && file.Types.Find(KnownTypes.ModelLoader) is { } loader
        && loader.GetMembers(name.Identifier.ValueText).All(member => member is IMethodSymbol method && method.Parameters.Length < call.ArgumentList.Arguments.Count);

    private static ModelLoad OfCall(FileContext file, SimpleNameSyntax name, InvocationExpressionSyntax call)
    {
        var receiver = Receivers.Of(name);
        var device = receiver is null ? null : LoaderDevices.Of(file, receiver);
        if (receiver is null or BaseExpressionSyntax or ThisExpressionSyntax)
            return new ModelLoad(call, MK0106UncachedModelAnalyzer.Call, "the loader itself loads here", device);
        if (name.Parent is not MemberBindingExpressionSyntax)
            return new ModelLoad(call, MK0106UncachedModelAnalyzer.Call, null, device);

        var condition = Receivers.ConditionOf(name)!;
        var obstacle = condition.WhenNotNull != call ? "what follows the call depends on the loader being there"
            : condition.Parent is ExpressionStatementSyntax ? "the result is not used"
            : !LoaderDevices.IsStable(file, receiver) ? "the loader may change between the check and the call; put it into a local first"
            : HasComment(receiver, call.ArgumentList.OpenParenToken) ? "a comment stands inside the call"
            : null;
        return new ModelLoad(condition, MK0106UncachedModelAnalyzer.Conditional, obstacle, device);
    }

    private static ModelLoad OfMethodGroup(FileContext file, SimpleNameSyntax name, ExpressionSyntax group)
    {
        var receiver = Receivers.Of(name);
        var type = (group.Parent is CastExpressionSyntax cast
            ? file.Model.GetTypeInfo(cast, file.CancellationToken).Type
            : file.Model.GetTypeInfo(group, file.CancellationToken).ConvertedType) as INamedTypeSymbol;
        var obstacle = receiver is null or BaseExpressionSyntax or ThisExpressionSyntax ? "the loader itself loads here"
            : type is not { CanBeReferencedByName: true, DelegateInvokeMethod.Parameters.Length: 2 } ? "the method group has no delegate type that a lambda could have"
            : !LoaderDevices.IsStable(file, receiver) ? "a lambda would read the loader at every call; put it into a local first"
            : HasComment(receiver, name.Identifier) ? "a comment stands inside the method group"
            : null;
        return new ModelLoad(group, MK0106UncachedModelAnalyzer.Group, obstacle, receiver is null ? null : LoaderDevices.Of(file, receiver));
    }

    /// <summary>Whether the result is put into a cache in the same member, as the guide's expanded form does.</summary>
    private static bool IsCached(FileContext file, ExpressionSyntax node)
    {
        if (node.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => IsPut(file, call)))
            return true;

        var target = node.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => file.Model.GetDeclaredSymbol(variable, file.CancellationToken),
            AssignmentExpressionSyntax assignment when assignment.Right == node => file.Bind(assignment.Left),
            _ => null,
        };
        var member = node.Ancestors().First(ancestor => ancestor is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        return target is not null && member.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
            IsPut(file, call)
            && call.ArgumentList.Arguments.Any(argument => SymbolEqualityComparer.Default.Equals(file.Bind(argument.Expression), target)));
    }

    private static bool IsPut(FileContext file, InvocationExpressionSyntax call)
    {
        var called = (call.Expression as MemberAccessExpressionSyntax)?.Name ?? (call.Expression as MemberBindingExpressionSyntax)?.Name;
        return called?.Identifier.ValueText == "Put"
            && file.Bind(call) is IMethodSymbol method
            && file.Types.Is(method.ContainingType, KnownTypes.ModelCache);
    }

    private static bool HasComment(ExpressionSyntax receiver, SyntaxToken end)
    {
        for (var token = receiver.GetLastToken(); token != end; token = token.GetNextToken())
        {
            if (token.TrailingTrivia.Concat(token.GetNextToken().LeadingTrivia).Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
                return true;
        }

        return false;
    }

    private static bool IsNameOf(InvocationExpressionSyntax invocation) => invocation.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" };
}
