using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Rings and streams that a container of Microsoft.Extensions.DependencyInjection creates: they share one pool, which it holds, too.</summary>
internal static class Registrations
{
    private const string NewRing = "bufferSize: 48000, channels: 1";

    /// <summary>Describes what becomes of a mention that a container or reflection constructs the type by.</summary>
    /// <returns>Whether the mention is rewritten here, so that its name must not be replaced again.</returns>
    public static bool Add(FileContext file, SwapGroup group, SimpleNameSyntax mention, RenamedType row)
    {
        var type = SwapSites.WrittenType(mention);
        if (Containers.CallWith(type) is not { } call || file.Bind(call) is not IMethodSymbol method)
            return false;

        var isRegistration = Containers.IsRegistration(method);
        if (Containers.IsActivation(method))
            group.Manual($"the constructor of '{row.OldName}' is called by reflection, and '{row.NewName}' takes other arguments");
        else if (Containers.IsOfOtherContainer(method) || (isRegistration && type.Parent is TypeOfExpressionSyntax))
            group.Manual($"the container calls the constructor of '{row.OldName}' by reflection; register a factory");
        if (!isRegistration || group.IsManual || type.Parent is not TypeArgumentListSyntax types)
            return false;

        // 'AddSingleton<AudioStream>(provider => ...)': the lambda creates it.
        if (call.ArgumentList.Arguments.Count == 1 && method.Parameters.LastOrDefault()?.Type.TypeKind == TypeKind.Delegate && types.Arguments.Count == 1)
            return false;
        if (call.ArgumentList.Arguments.Count > 0 || types.Arguments.Last() != type || IsStaticCall(file, call))
        {
            group.Manual($"the container calls the constructor of '{row.OldName}' by reflection; register a factory");
            return false;
        }

        if (PoolSite(file, call) is var (node, action))
            group.Add(node, action);
        return row.Rule == RuleIds.RingBuffer ? AddRing(file, group, call, types) : AddStream(group, call);
    }

    /// <summary>The registration whose factory creates what <paramref name="node"/> is; <see langword="null"/> for any other place.</summary>
    public static InvocationExpressionSyntax? Around(FileContext file, SyntaxNode node) =>
        ProviderOf(node) is { } provider
        && provider.FirstAncestorOrSelf<AnonymousFunctionExpressionSyntax>()!.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call }
        && file.Bind(call) is IMethodSymbol method && Containers.IsRegistration(method) && !IsStaticCall(file, call) && call.Expression is MemberAccessExpressionSyntax
            ? call
            : null;

    /// <summary>The one parameter of the innermost lambda around a node.</summary>
    public static ParameterSyntax? ProviderOf(SyntaxNode node) => node.Ancestors().FirstOrDefault(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax) switch
    {
        SimpleLambdaExpressionSyntax lambda => lambda.Parameter,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } => parameters[0],
        _ => null,
    };

    /// <summary>Where the pool is registered, once a body: before the first registration of a ring or stream; <see langword="null"/> when the file does that already.</summary>
    public static (SyntaxNode Node, string Action)? PoolSite(FileContext file, InvocationExpressionSyntax registration)
    {
        var root = registration.SyntaxTree.GetRoot(file.CancellationToken);
        if (root.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call => IsNamedLikeRegistration(call) && RegistersPool(call)))
            return null;

        var body = Bodies.Of(registration);
        var first = body?.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => IsNamedLikeRegistration(call) && call.DescendantNodes().OfType<SimpleNameSyntax>().Any(name => name.Identifier.ValueText is "RingBuffer" or "AudioStream"))
            .OrderBy(call => call.SpanStart).FirstOrDefault() ?? registration;
        var services = RootOf(first);
        var pool = file.Types.Find(KnownTypes.BufferPool)?.ToMinimalDisplayString(file.Model, first.SpanStart) ?? "BufferPool";
        var add = $".AddSingleton(_ => new {pool}(slotSizeSamples: 480000, numSlots: 100))";
        return first.FirstAncestorOrSelf<StatementSyntax>() is { Parent: BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax } statement && statement.Span.Start <= services.SpanStart
            && body?.Contains(statement) == true
                ? (statement.Parent is GlobalStatementSyntax global ? global : statement, SwapActions.Of(SwapActions.Pool, "statement", services + add + ";"))
                : (services, SwapActions.Of(SwapActions.Text, services + add));
    }

    private static bool AddRing(FileContext file, SwapGroup group, InvocationExpressionSyntax call, TypeArgumentListSyntax types)
    {
        var ring = file.Types.Find(KnownTypes.TripleBuffer)?.ToMinimalDisplayString(file.Model, call.SpanStart) ?? "TripleBuffer";
        var services = types.Arguments.Take(types.Arguments.Count - 1).Select(type => type.ToString()).ToList();
        group.Add(types, SwapActions.Of(SwapActions.Text, services.Count == 0 ? "" : $"<{string.Join(", ", services)}>"));
        group.Add(call.ArgumentList, SwapActions.Of(SwapActions.Text, $"(_ => new {ring}({NewRing}))"));
        group.Review("a container cannot know the size of a block: 48000 frames of one channel are the guide's");
        return true;
    }

    private static bool AddStream(SwapGroup group, InvocationExpressionSyntax call)
    {
        group.Add(call, SwapActions.Of(SwapActions.Todo, "the container cannot know the devices; register a factory that creates the stream."));
        group.Review("a container cannot know the devices of a stream; register a factory that creates it");
        return false;
    }

    private static bool IsStaticCall(FileContext file, InvocationExpressionSyntax call) =>
        call.Expression is MemberAccessExpressionSyntax access && file.Bind(access.Expression) is INamedTypeSymbol;

    private static bool IsNamedLikeRegistration(InvocationExpressionSyntax call) => NameOf(call) is { } name
        && (name.StartsWith("Add", StringComparison.Ordinal) || name.StartsWith("TryAdd", StringComparison.Ordinal))
        && (name.EndsWith("Singleton", StringComparison.Ordinal) || name.EndsWith("Scoped", StringComparison.Ordinal) || name.EndsWith("Transient", StringComparison.Ordinal));

    private static bool RegistersPool(InvocationExpressionSyntax call) =>
        call.Expression.DescendantNodes().OfType<TypeArgumentListSyntax>().Any(types => types.Parent?.Parent == call.Expression && types.Arguments.Any(IsPool))
        || call.ArgumentList.Arguments.Any(argument => argument.Expression is AnonymousFunctionExpressionSyntax { ExpressionBody: ObjectCreationExpressionSyntax { Type: var type } } && IsPool(type));

    private static bool IsPool(TypeSyntax type) => type.GetLastToken().ValueText == "BufferPool";

    private static string? NameOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>What a chain of registrations starts with.</summary>
    private static ExpressionSyntax RootOf(InvocationExpressionSyntax call)
    {
        ExpressionSyntax current = call;
        while (current is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access })
            current = access.Expression;
        return current;
    }
}
