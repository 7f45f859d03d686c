using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>One place where a member is used, and what was written for each of its parameters.</summary>
internal sealed class Use
{
    private Use(ExpressionSyntax node, ISymbol symbol, ExpressionSyntax? receiver, bool isConditional, ImmutableArray<UseArgument> arguments)
    {
        Node = node;
        Symbol = symbol;
        Receiver = receiver;
        IsConditional = isConditional;
        Arguments = arguments;
    }

    /// <summary>The expression that the replacement takes the place of.</summary>
    public ExpressionSyntax Node { get; }

    public ISymbol Symbol { get; }

    /// <summary>What stands before the member's dot, or the type that <c>new</c> names; <see langword="null"/> where nothing is written.</summary>
    public ExpressionSyntax? Receiver { get; }

    /// <summary>Whether a method's name stands alone, to become a delegate.</summary>
    public bool IsGroup { get; private set; }

    /// <summary>The object initializer that a creation ends with.</summary>
    public InitializerExpressionSyntax? Initializer { get; private set; }

    /// <summary>Whether the member follows <c>?.</c> immediately.</summary>
    public bool IsConditional { get; }

    public ImmutableArray<UseArgument> Arguments { get; }

    /// <summary>Everything that the user wrote and the template can take over, in the order of evaluation.</summary>
    public IEnumerable<ExpressionSyntax> Pieces =>
        (Receiver is null ? Enumerable.Empty<ExpressionSyntax>() : new[] { Receiver })
            .Concat(Arguments.SelectMany(argument => argument.Values).Where(value => value != Receiver && Node.Span.Contains(value.Span)).OrderBy(value => value.SpanStart));

    /// <summary>The use that a member's name stands in, or why it cannot be replaced.</summary>
    public static (Use? Use, string? Reason) Of(SimpleNameSyntax name, ISymbol symbol, SemanticModel model, CancellationToken cancellationToken)
    {
        var member = MethodGroups.ExpressionOf(name);
        var receiver = (member as MemberAccessExpressionSyntax)?.Expression;
        if (name.Parent is NameColonSyntax or NameEqualsSyntax or ExpressionColonSyntax)
            return (null, "a pattern or an attribute names the member itself");
        if (symbol is not IMethodSymbol)
            return (new Use(member, symbol, receiver, member is MemberBindingExpressionSyntax, ImmutableArray<UseArgument>.Empty), null);
        if (member.Parent is not InvocationExpressionSyntax call || call.Expression != member)
            return (new Use(member, symbol, receiver, member is MemberBindingExpressionSyntax, ImmutableArray<UseArgument>.Empty) { IsGroup = true }, null);
        if (model.GetOperation(call, cancellationToken) is not IInvocationOperation operation)
            return (null, "the call does not bind");

        var arguments = ArgumentsOf(operation.Arguments);
        return arguments.IsDefault
            ? (null, "its arguments cannot be told apart")
            : (new Use(call, operation.TargetMethod, receiver, member is MemberBindingExpressionSyntax, arguments), null);
    }

    /// <inheritdoc cref="Of(SimpleNameSyntax, ISymbol, SemanticModel, CancellationToken)"/>
    public static (Use? Use, string? Reason) Of(BaseObjectCreationExpressionSyntax creation, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetOperation(creation, cancellationToken) is not IObjectCreationOperation { Constructor: { } constructor } operation)
            return (null, "the creation does not bind");

        var arguments = ArgumentsOf(operation.Arguments);
        return arguments.IsDefault
            ? (null, "its arguments cannot be told apart")
            : (new Use(creation, constructor, (creation as ObjectCreationExpressionSyntax)?.Type, false, arguments) { Initializer = creation.Initializer }, null);
    }

    /// <inheritdoc cref="Of(SimpleNameSyntax, ISymbol, SemanticModel, CancellationToken)"/>
    /// <param name="indexed">The access to an indexer, with <c>[</c> or <c>?[</c>.</param>
    public static (Use? Use, string? Reason) OfIndexer(ExpressionSyntax indexed, SemanticModel model, CancellationToken cancellationToken)
    {
        if (model.GetOperation(indexed, cancellationToken) is not IPropertyReferenceOperation operation)
            return (null, "the indexer does not bind");

        var arguments = ArgumentsOf(operation.Arguments);
        return arguments.IsDefault
            ? (null, "its arguments cannot be told apart")
            : (new Use(indexed, operation.Property, (indexed as ElementAccessExpressionSyntax)?.Expression, indexed is ElementBindingExpressionSyntax, arguments), null);
    }

    private static ImmutableArray<UseArgument> ArgumentsOf(ImmutableArray<IArgumentOperation> operations)
    {
        var arguments = ImmutableArray.CreateBuilder<UseArgument>(operations.Length);
        foreach (var operation in operations)
        {
            if (operation.Parameter is not { } parameter)
                return default;

            var values = operation.ArgumentKind switch
            {
                ArgumentKind.DefaultValue => ImmutableArray<ExpressionSyntax>.Empty,
                ArgumentKind.ParamArray when operation.Value is IArrayCreationOperation { Initializer: { } elements } =>
                    elements.ElementValues.Select(element => ExpressionOf(element.Syntax)).ToImmutableArray(),
                ArgumentKind.Explicit when ExpressionOf(operation.Syntax) is { } value => ImmutableArray.Create(value),
                _ => default,
            };
            if (values.IsDefault)
                return default;

            arguments.Add(new UseArgument(parameter, values, operation.ArgumentKind == ArgumentKind.ParamArray, operation.ArgumentKind == ArgumentKind.DefaultValue));
        }

        return arguments.ToImmutable();
    }

    private static ExpressionSyntax ExpressionOf(SyntaxNode syntax) => syntax is ArgumentSyntax argument ? argument.Expression : (ExpressionSyntax)syntax;
}

/// <summary>What a use gives one parameter.</summary>
/// <param name="Parameter">The parameter with the types of this use.</param>
/// <param name="Values">One expression, none when it is omitted, any number for an expanded <c>params</c>.</param>
internal sealed record UseArgument(IParameterSymbol Parameter, ImmutableArray<ExpressionSyntax> Values, bool IsExpanded, bool IsOmitted)
{
    /// <summary>The <c>ref</c>, <c>out</c> or <c>in</c> that was written.</summary>
    public SyntaxToken RefKeyword => Values.Length == 1 && Values[0].Parent is ArgumentSyntax argument ? argument.RefKindKeyword : default;
}
