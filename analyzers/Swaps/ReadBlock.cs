using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Analyzers.Checks;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>What becomes of the block that one call of <c>Read</c> gives, as far as it stays in its expression and its local.</summary>
internal sealed class ReadBlock
{
    private static readonly string[] Sinks = { "System.IO.Stream", "System.IO.StreamWriter", "System.IO.BinaryWriter", "System.Net.Sockets.Socket", "System.Net.Sockets.UdpClient" };

    private readonly FileContext _file;
    private readonly InvocationExpressionSyntax _read;
    private readonly ISymbol? _local;

    public ReadBlock(FileContext file, InvocationExpressionSyntax read)
    {
        _file = file;
        _read = read;
        _local = LocalOf(read);
        var loops = read.Ancestors().TakeWhile(ancestor => ancestor is not (AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax or LocalFunctionStatementSyntax)).ToList();
        EndsLoop = loops.Any(loop => ConditionOf(loop) is { } condition && Holds(condition) || loop is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax && HasExit(loop));
        IsStored = Carriers().Any(IsInSink);
        IsKept = Blocks().Any(IsKeptBy);
    }

    /// <summary>Whether a loop around the call goes on or ends by what was read.</summary>
    public bool EndsLoop { get; }

    /// <summary>Whether the samples are written to a file or a socket.</summary>
    public bool IsStored { get; }

    /// <summary>Whether something that outlives the statements around the call holds the block: a field, a collection, a function, the caller.</summary>
    public bool IsKept { get; }

    private static ExpressionSyntax? ConditionOf(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax { Condition: var condition } => condition,
        DoStatementSyntax { Condition: var condition } => condition,
        ForStatementSyntax { Condition: var condition } => condition,
        _ => null,
    };

    /// <summary><c>if (block.All(sample => sample == 0)) break;</c></summary>
    private bool HasExit(SyntaxNode loop) =>
        loop.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax).OfType<BreakStatementSyntax>()
            .Any(exit => exit.Ancestors().First(ancestor => ancestor is StatementSyntax and not BlockSyntax) is IfStatementSyntax { Condition: var condition } && !IsNullCheck(condition) && Holds(condition));

    private static bool IsNullCheck(ExpressionSyntax condition) =>
        condition is IsPatternExpressionSyntax or BinaryExpressionSyntax { Right.RawKind: (int)SyntaxKind.NullLiteralExpression };

    private bool Holds(SyntaxNode node) => node.Contains(_read) || (_local is not null && Uses(node).Any());

    private IEnumerable<IdentifierNameSyntax> Uses(SyntaxNode node) => node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
        .Where(name => name.Identifier.ValueText == _local!.Name && SymbolEqualityComparer.Default.Equals(_file.Bind(name), _local));

    /// <summary>The places where the samples are at hand: the call, its local, and what is enumerated of either.</summary>
    private IEnumerable<SyntaxNode> Carriers()
    {
        foreach (var block in Blocks())
        {
            yield return block;
            if (block.Parent is ForEachStatementSyntax each && each.Expression == block)
            {
                foreach (var sample in each.Statement.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => name.Identifier.ValueText == each.Identifier.ValueText))
                    yield return sample;
            }
        }
    }

    private List<ExpressionSyntax> Blocks()
    {
        var blocks = new List<ExpressionSyntax> { _read };
        if (_local is not null && BodyOf(_local) is { } body)
            blocks.AddRange(Uses(body).Where(use => use.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" }));
        return blocks;
    }

    private bool IsKeptBy(ExpressionSyntax block)
    {
        var value = NullTolerance.Outermost(block);
        return value.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Right == value => _file.Bind(assignment.Left) is not (ILocalSymbol or IDiscardSymbol),
            ReturnStatementSyntax or YieldStatementSyntax or InitializerExpressionSyntax => true,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } } } =>
                _file.Model.GetTypeInfo(receiver, _file.CancellationToken).Type?.ContainingNamespace?.ToDisplayString().StartsWith("System.Collections", System.StringComparison.Ordinal) == true,
            _ => block.Ancestors().TakeWhile(ancestor => !ancestor.Contains(_read)).Any(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax),
        };
    }

    private bool IsInSink(SyntaxNode carrier) =>
        carrier.Ancestors().TakeWhile(ancestor => ancestor is not StatementSyntax).OfType<ArgumentSyntax>()
            .Select(argument => argument.Parent?.Parent).OfType<InvocationExpressionSyntax>().Any(IsSink);

    private bool IsSink(InvocationExpressionSyntax call)
    {
        if (_file.Bind(call) is not IMethodSymbol { Name: var method, ContainingType: { } type }
            || !(method.StartsWith("Write", System.StringComparison.Ordinal) || method.StartsWith("Append", System.StringComparison.Ordinal)
                || method.StartsWith("Send", System.StringComparison.Ordinal)))
        {
            return false;
        }

        if (type.ToDisplayString() == "System.IO.File")
            return true;

        for (var current = type; current is not null; current = current.BaseType)
        {
            if (Sinks.Contains(current.ToDisplayString()))
                return true;
        }

        return false;
    }

    private ISymbol? LocalOf(ExpressionSyntax value) => value.Parent switch
    {
        EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } => _file.Model.GetDeclaredSymbol(variable, _file.CancellationToken) as ILocalSymbol,
        AssignmentExpressionSyntax assignment when assignment.Right == value => _file.Bind(assignment.Left) as ILocalSymbol,
        ConditionalAccessExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax => LocalOf((ExpressionSyntax)value.Parent),
        _ => null,
    };

    private SyntaxNode? BodyOf(ISymbol local) => local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_file.CancellationToken)
        .FirstAncestorOrSelf<SyntaxNode>(node => node is BlockSyntax or SwitchSectionSyntax or ForStatementSyntax or CompilationUnitSyntax or AnonymousFunctionExpressionSyntax);
}
