using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Follows rings from variable to variable through one file: all that the same ring reaches must become the same type.</summary>
/// <remarks>What other files name too is remembered in <see cref="Shared"/>; <see cref="SharedRings"/> joins it across the files.</remarks>
internal sealed class RingFlow
{
    private const string Untracked = "the buffer also goes to or comes from code that this fix does not follow; change all of it to SampleQueue together";

    // Rings in collections and rings that leave the file: no one can tell them apart.
    private static readonly object Unknown = new();

    private readonly FileContext _file;
    private readonly RenamedType _row;
    private readonly SwapSites _rings;
    private readonly SwapFinder _finder;
    private readonly Queue<ISymbol> _pending = new();
    private readonly HashSet<ISymbol> _seen = new(SymbolEqualityComparer.Default);
    private readonly ILookup<string, IdentifierNameSyntax> _names;

    public RingFlow(FileContext file, RenamedType row, SwapSites rings, SwapFinder finder)
    {
        _file = file;
        _row = row;
        _rings = rings;
        _finder = finder;
        _names = file.Model.SyntaxTree.GetRoot(file.CancellationToken).DescendantNodes().OfType<IdentifierNameSyntax>().ToLookup(name => name.Identifier.ValueText);
    }

    /// <summary>The members and parameters that hold rings and that other files of the compilation can name.</summary>
    public IEnumerable<ISymbol> Shared => _seen.Where(symbol => DeclaredElsewhere.IsNamedByOthers(symbol, _file.Model.SyntaxTree));

    /// <summary>Joins the groups that rings flow between, from all mentions and creations on.</summary>
    /// <param name="also">Members and parameters of any file whose uses here are followed, too.</param>
    public void Follow(IEnumerable<ISymbol> also)
    {
        foreach (var symbol in also.Where(symbol => _names.Contains(symbol.Name)))
            Link(new SwapGroup(), symbol);
        foreach (var mention in _rings.Mentions)
            Declare(_finder.GroupOf(mention), mention);
        foreach (var creation in _rings.Creations)
            Flow(_finder.GroupOf(creation), creation);
        FollowPending();
    }

    /// <summary>The group of a receiver that no mention of this file declares.</summary>
    public SwapGroup GroupOf(SimpleNameSyntax member, ExpressionSyntax receiver)
    {
        var group = _finder.Alone(member);
        if (SourceOf(receiver) is { } source && HoldsRing(source.OriginalDefinition))
            Link(group, source);
        else if (_finder.Find(receiver) is not null)
            _finder.Join(group, receiver);
        else
            Lose(group);
        FollowPending();
        return _finder.Current(group);
    }

    private void FollowPending()
    {
        while (_pending.Count > 0)
        {
            var symbol = _pending.Dequeue();
            foreach (var name in _names[symbol.Name].Where(name => name.Parent is not (NameColonSyntax or NameEqualsSyntax) && SymbolEqualityComparer.Default.Equals(_file.Bind(name)?.OriginalDefinition, symbol)))
            {
                var group = _finder.Alone(name);
                _finder.Join(group, symbol);
                var access = WholeAccess(name);
                Flow(_finder.Current(group), access);
                if (access.Parent is AssignmentExpressionSyntax assignment && assignment.Left == access)
                    ComeFrom(_finder.Current(group), assignment.Right);
            }
        }
    }

    private void Declare(SwapGroup group, SimpleNameSyntax mention)
    {
        var type = SwapSites.WrittenType(mention);
        switch (type.Parent)
        {
            case VariableDeclarationSyntax declaration:
                foreach (var variable in declaration.Variables)
                    Link(group, Declared(variable));
                break;
            case MethodDeclarationSyntax or LocalFunctionStatementSyntax:
                Link(group, Declared(type.Parent));
                break;
            case ArrayTypeSyntax or TypeArgumentListSyntax or TupleElementSyntax or DelegateDeclarationSyntax or IndexerDeclarationSyntax:
                Lose(group);
                break;
            default:
                Link(group, _rings.OwnerOf(mention));
                break;
        }
    }

    /// <summary>Joins the group of a ring with where the value of <paramref name="expression"/> goes.</summary>
    private void Flow(SwapGroup group, ExpressionSyntax expression)
    {
        var value = ValueAround(expression);
        switch (value.Parent)
        {
            case EqualsValueClauseSyntax { Parent: (VariableDeclaratorSyntax or PropertyDeclarationSyntax) and var declaration }:
                Link(group, Declared(declaration));
                break;
            case AssignmentExpressionSyntax assignment when assignment.Right == value:
                var target = _file.Bind(assignment.Left);
                if (SwapSites.IsVariable(target))
                    Link(group, target);
                else if (target is not IDiscardSymbol)
                    Lose(group);
                if (assignment.Parent is not ExpressionStatementSyntax)
                    Flow(group, assignment);
                break;
            case ArgumentSyntax argument when !RingCalls.IsInNameof(argument):
                FlowInto(group, argument);
                break;
            case ReturnStatementSyntax or ArrowExpressionClauseSyntax:
                if (Function(value) is { } function)
                    Link(group, function);
                else
                    Lose(group);
                break;
            case MemberAccessExpressionSyntax access when _file.Bind(access.Name) is IMethodSymbol { ReducedFrom.Parameters: { IsEmpty: false } parameters }:
                Link(group, parameters[0]);
                break;
            case IsPatternExpressionSyntax { Pattern: var pattern }:
                foreach (var designation in pattern.DescendantNodesAndSelf().OfType<SingleVariableDesignationSyntax>().Where(d => d.Parent?.Parent is not SubpatternSyntax))
                    Link(group, Declared(designation));
                break;
            case MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax when value is ParenthesizedExpressionSyntax:
                _finder.Join(group, value); // `(a ?? b).Read(64)`
                break;
            case ArgumentSyntax or AssignmentExpressionSyntax or MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or BinaryExpressionSyntax or StatementSyntax
                and not (YieldStatementSyntax or CommonForEachStatementSyntax):
                break;
            default:
                Lose(group);
                break;
        }
    }

    private void FlowInto(SwapGroup group, ArgumentSyntax argument)
    {
        var arguments = argument.Parent as BaseArgumentListSyntax;
        if (arguments?.Parent is null || _file.Bind(arguments.Parent) is not IMethodSymbol method)
        {
            Lose(group);
            return;
        }

        var parameters = (method.ReducedFrom ?? method).OriginalDefinition.Parameters;
        var index = arguments.Arguments.IndexOf(argument) + (method.ReducedFrom is null ? 0 : 1);
        var parameter = argument.NameColon is { Name.Identifier.ValueText: var name }
            ? parameters.FirstOrDefault(p => p.Name == name)
            : parameters.ElementAtOrDefault(index) ?? parameters.LastOrDefault();
        if (parameter is { Type: ITypeParameterSymbol } or { IsParams: true })
            Lose(group);
        else
            Link(group, parameter);
    }

    private void Link(SwapGroup group, ISymbol? symbol)
    {
        symbol = symbol?.OriginalDefinition;
        if (symbol is null || !HoldsRing(symbol))
            return;

        _finder.Join(group, symbol);
        if (!_seen.Add(symbol))
            return;

        _pending.Enqueue(symbol);
        foreach (var other in DeclaredElsewhere.SameRing(symbol))
            Link(_finder.Current(group), other);
        group = _finder.Current(group);
        if (IsElsewhere(symbol))
        {
            if (!DeclaredElsewhere.IsInCompilation(symbol, _file.Model.Compilation))
                Lose(group);
            return;
        }

        switch (symbol.DeclaringSyntaxReferences[0].GetSyntax(_file.CancellationToken))
        {
            case VariableDeclaratorSyntax { Initializer.Value: var value }:
                ComeFrom(group, value);
                break;
            case ForEachStatementSyntax or ParameterSyntax { Parent: LambdaExpressionSyntax or ParameterListSyntax { Parent: AnonymousFunctionExpressionSyntax } }:
                Lose(group);
                break;
        }
    }

    /// <summary>A ring that another file hands out has the type that the other file gives it.</summary>
    private void ComeFrom(SwapGroup group, ExpressionSyntax value)
    {
        if (value is ElementAccessExpressionSyntax)
            Lose(group);
        else if (SourceOf(value) is { } source && HoldsRing(source) && IsElsewhere(source.OriginalDefinition))
            Link(group, source);
    }

    private bool IsElsewhere(ISymbol symbol) => symbol.DeclaringSyntaxReferences.All(reference => reference.SyntaxTree != _file.Model.SyntaxTree);

    private void Lose(SwapGroup group)
    {
        group = _finder.Current(group);
        group.Manual(Untracked);
        _finder.Join(group, Unknown);
    }

    private bool HoldsRing(ISymbol symbol)
    {
        var type = symbol switch
        {
            ILocalSymbol local => local.Type,
            IParameterSymbol parameter => parameter.Type,
            IFieldSymbol field => field.Type,
            IPropertySymbol property => property.Type,
            IMethodSymbol method => method.ReturnType,
            _ => null,
        };
        return KnownTypes.UnboundName(type) is { } unbound
            ? _file.Types.VoiceForge == LibraryState.S3 && (unbound == _row.OldName || _rings.Mentions.Any(mention => mention.Identifier.ValueText == unbound))
            : _file.Types.IsOld(type, _row, _file.Model, 0);
    }

    /// <summary>The variable or method that an expression's value comes from.</summary>
    private ISymbol? SourceOf(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } or CastExpressionSyntax)
        {
            expression = expression switch
            {
                ParenthesizedExpressionSyntax parenthesized => parenthesized.Expression,
                CastExpressionSyntax cast => cast.Expression,
                _ => ((PostfixUnaryExpressionSyntax)expression).Operand,
            };
        }

        var symbol = _file.Bind(expression);
        return SwapSites.IsVariable(symbol) || symbol is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.LocalFunction } ? symbol : null;
    }

    private ISymbol? Declared(SyntaxNode declaration) => _file.Model.GetDeclaredSymbol(declaration, _file.CancellationToken);

    private ISymbol? Function(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax:
                    return null;
                case AccessorDeclarationSyntax { Parent.Parent: PropertyDeclarationSyntax property }:
                    return Declared(property);
                case LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return Declared(ancestor);
            }
        }

        return null;
    }

    /// <summary><c>this.ring</c>, <c>ring()</c> around a name.</summary>
    private static ExpressionSyntax WholeAccess(IdentifierNameSyntax name)
    {
        ExpressionSyntax whole = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return whole.Parent is InvocationExpressionSyntax call && call.Expression == whole ? call : whole;
    }

    private static ExpressionSyntax ValueAround(ExpressionSyntax expression)
    {
        var value = expression;
        while (value.Parent switch
            {
                ParenthesizedExpressionSyntax or CastExpressionSyntax or PostfixUnaryExpressionSyntax => true,
                ConditionalExpressionSyntax conditional => conditional.Condition != value,
                BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression or (int)SyntaxKind.AsExpression } => true,
                SwitchExpressionArmSyntax arm => arm.Expression == value,
                _ => false,
            })
        {
            value = value.Parent is SwitchExpressionArmSyntax { Parent: ExpressionSyntax whole } ? whole : (ExpressionSyntax)value.Parent!;
        }

        return value;
    }
}
