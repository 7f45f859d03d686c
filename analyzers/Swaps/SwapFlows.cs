using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>
/// Follows values of a V1 type from variable to variable: where one place must stay as it is, so must every place of this file that exchanges values
/// with it, because V1 and V2 types do not convert.
/// </summary>
internal sealed class SwapFlows
{
    private static readonly object Fixed = new();

    private readonly FileContext _file;
    private readonly RenamedType _row;
    private readonly SwapSites _sites;
    private readonly SwapFinder _finder;
    private readonly Dictionary<object, HashSet<object>> _neighbours = new(SymbolOrReference.Instance);

    private SwapFlows(FileContext file, RenamedType row, SwapSites sites, SwapFinder finder)
    {
        _file = file;
        _row = row;
        _sites = sites;
        _finder = finder;
    }

    /// <summary>Makes manual what is connected with something manual, with an instance of a subclass, or with a type parameter that the old type bounds.</summary>
    public static void SpreadManual(FileContext file, RenamedType row, SwapSites sites, SwapFinder finder)
    {
        if (sites.Mentions.Count == 0)
            return;

        var flows = new SwapFlows(file, row, sites, finder);
        flows.FollowValues();
        flows.Spread();
    }

    private void FollowValues()
    {
        foreach (var node in _file.Model.SyntaxTree.GetRoot(_file.CancellationToken).DescendantNodes())
        {
            if (node is ForEachStatementSyntax loop && _file.Model.GetDeclaredSymbol(loop, _file.CancellationToken) is { } element && _file.Bind(loop.Expression) is { } source)
                Connect(element, source);
            else if (node is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax)
                FollowValue((ExpressionSyntax)node);
        }
    }

    private void FollowValue(ExpressionSyntax value)
    {
        var outer = CreationTargets.Outermost(value);
        if (outer.Parent is MemberAccessExpressionSyntax access && access.Expression == outer && access.Parent is InvocationExpressionSyntax
            && ExtensionParameter(access.Name.Identifier.ValueText) is { } receiver && SourceOf(value) is { } extended)
        {
            Connect(extended, receiver);
        }

        if (outer.Parent is MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or ExpressionStatementSyntax
            || !IsOldOrDerived(_file.Model.GetTypeInfo(value, _file.CancellationToken).Type, value, out var isDerived))
        {
            return;
        }

        var source = isDerived ? Fixed : SourceOf(value);
        var target = TargetOf(outer);
        if (source is not null && target is not null)
            Connect(source, target);
    }

    private object? SourceOf(ExpressionSyntax value) =>
        value is InvocationExpressionSyntax call && _sites.Mentions.FirstOrDefault(mention => call.Expression.Span.Contains(mention.Span)) is { } named ? _finder.GroupOf(named)
        : value is not BaseObjectCreationExpressionSyntax creation ? ValueOf(_file.Bind(value))
        : _sites.Creations.Contains(creation) ? _finder.GroupOf(creation)
        : null;

    /// <summary>The name of the type itself, as behind <c>new</c>, is no value: through it all objects of the type would be connected.</summary>
    private static ISymbol? ValueOf(ISymbol? symbol) => symbol is INamespaceOrTypeSymbol ? null : symbol;

    /// <summary>What an extension method of this file takes as <c>this</c>; found by name, because with V1 gone its calls do not bind.</summary>
    private ISymbol? ExtensionParameter(string name) =>
        _file.Model.SyntaxTree.GetRoot(_file.CancellationToken).DescendantNodes().OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(method => method.Identifier.ValueText == name && method.ParameterList.Parameters.FirstOrDefault()?.Modifiers.Any(SyntaxKind.ThisKeyword) == true)
            is { ParameterList.Parameters: var parameters } ? _file.Model.GetDeclaredSymbol(parameters[0], _file.CancellationToken) : null;

    private object? TargetOf(ExpressionSyntax value)
    {
        switch (value.Parent)
        {
            case AssignmentExpressionSyntax assignment when assignment.Right == value:
                return VariableOf(_file.Bind(assignment.Left), value);
            case EqualsValueClauseSyntax { Parent: { } declared }:
                return VariableOf(_file.Model.GetDeclaredSymbol(declared, _file.CancellationToken), value);
            case ReturnStatementSyntax or ArrowExpressionClauseSyntax:
                return CreationTargets.FunctionAround(_file, value) is var function && function is IMethodSymbol { AssociatedSymbol: { } property } ? property : function;
            case ArgumentSyntax argument:
                return ParameterOf(argument);
            default:
                // An element of an initializer or a collection expression.
                var clause = value.Ancestors().FirstOrDefault(node => node is EqualsValueClauseSyntax or StatementSyntax or MemberDeclarationSyntax) as EqualsValueClauseSyntax;
                return clause is null ? null : VariableOf(_file.Model.GetDeclaredSymbol(clause.Parent!, _file.CancellationToken), value);
        }
    }

    private object? ParameterOf(ArgumentSyntax argument)
    {
        // By symbol and position: an argument whose type does not bind has no operation.
        if (argument.Parent is not BaseArgumentListSyntax { Parent: { } call } arguments || _file.Bind((call as InvocationExpressionSyntax)?.Expression ?? call) is not IMethodSymbol { OriginalDefinition: var method })
            return null;

        var position = arguments.Arguments.IndexOf(argument);
        var parameter = argument.NameColon is { Name.Identifier.ValueText: var name }
            ? method.Parameters.FirstOrDefault(candidate => candidate.Name == name)
            : method.Parameters.ElementAtOrDefault(position);
        if (parameter is null)
            return null;

        if (parameter.Type is not ITypeParameterSymbol bounded)
            return VariableOf(parameter, argument);
        if (bounded.ConstraintTypes.Any(bound => _file.Types.IsOld(bound, _row, _file.Model, argument.SpanStart)))
            return Fixed;
        return argument.Parent?.Parent is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } } ? VariableOf(_file.Bind(receiver), argument) : null;
    }

    /// <summary>What takes an <c>object</c> or an <c>IDisposable</c> takes both types, and so connects nothing.</summary>
    private ISymbol? VariableOf(ISymbol? symbol, SyntaxNode at)
    {
        var type = symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            _ => null,
        };
        return Holds(type) ? symbol : null;

        bool Holds(ITypeSymbol? holder) => holder switch
        {
            IArrayTypeSymbol array => Holds(array.ElementType),
            INamedTypeSymbol { TypeArguments: { Length: > 0 } arguments } when arguments.Any(Holds) => true,
            _ => IsOldOrDerived(holder, at, out _),
        };
    }

    private bool IsOldOrDerived(ITypeSymbol? type, SyntaxNode at, out bool isDerived)
    {
        isDerived = type is not null && type.Name != _row.OldName;
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (_file.Types.IsOld(current, _row, _file.Model, at.SpanStart))
                return true;
        }

        return false;
    }

    private void Connect(object one, object other)
    {
        Neighbours(one).Add(other);
        Neighbours(other).Add(one);
    }

    private HashSet<object> Neighbours(object node)
    {
        if (_neighbours.TryGetValue(node, out var neighbours))
            return neighbours;

        _neighbours.Add(node, neighbours = new HashSet<object>(SymbolOrReference.Instance));
        if (node is ISymbol symbol)
        {
            foreach (var group in GroupsOf(symbol))
                Connect(node, group);
        }

        return neighbours;
    }

    /// <summary>The group of a variable, and those of the types that its declaration names.</summary>
    private IEnumerable<SwapGroup> GroupsOf(ISymbol symbol)
    {
        if (_finder.GroupOf(symbol) is { } own)
            yield return own;

        foreach (var reference in symbol.DeclaringSyntaxReferences.Where(reference => reference.SyntaxTree == _file.Model.SyntaxTree))
        {
            var declaration = reference.GetSyntax(_file.CancellationToken);
            SyntaxNode? type = declaration switch
            {
                VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax variables } => variables.Type,
                ParameterSyntax parameter => parameter.Type,
                BasePropertyDeclarationSyntax property => property.Type,
                MethodDeclarationSyntax method => method.ReturnType,
                LocalFunctionStatementSyntax function => function.ReturnType,
                OperatorDeclarationSyntax function => function.ReturnType,
                ConversionOperatorDeclarationSyntax function => function.Type,
                ForEachStatementSyntax loop => loop.Type,
                _ => null,
            };
            foreach (var mention in _sites.Mentions.Where(mention => type?.Span.Contains(mention.Span) == true))
                yield return _finder.GroupOf(mention);
        }
    }

    private void Spread()
    {
        var reached = new HashSet<object>(SymbolOrReference.Instance);
        var waiting = new Stack<(object Node, string Cause)>(_finder.Groups.Where(group => group.IsManual).Select(group => ((object)group, group.ManualReason!)));
        waiting.Push((Fixed, $"an object of a subclass, or a type parameter that '{_row.OldName}' bounds, is among them"));
        while (waiting.Count > 0)
        {
            var (node, cause) = waiting.Pop();
            if (!reached.Add(node))
                continue;

            if (node is SwapGroup group)
                group.Manual($"it exchanges values with code that keeps '{_row.OldName}': {cause}");
            foreach (var next in Neighbours(node).Concat(node is SwapGroup { Variables: var variables } ? variables : Enumerable.Empty<object>()))
                waiting.Push((next, cause));
        }
    }
}
