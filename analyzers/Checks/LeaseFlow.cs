using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MigrationKit.Analyzers.Checks;

/// <summary>How a lease that is released somewhere can still stay taken.</summary>
internal enum LeaseLeak
{
    None,

    /// <summary>An exception between taking and releasing it.</summary>
    OnException,

    /// <summary>A path of the code itself.</summary>
    OnPath,
}

/// <summary>Follows the lease in one local through the compiler's flow graph of its function.</summary>
internal sealed class LeaseFlow
{
    private readonly ControlFlowGraph _graph;
    private readonly ILocalSymbol _lease;
    private readonly SyntaxNode _acquire;
    private readonly ISymbol? _flag;
    private readonly HashSet<ControlFlowRegion> _releasing = new();
    private readonly Holds[] _before;
    private readonly Queue<BasicBlock> _waiting = new();
    private LeaseLeak _leak;

    private LeaseFlow(ControlFlowGraph graph, ILocalSymbol lease, SyntaxNode acquire, ISymbol? flag)
    {
        (_graph, _lease, _acquire, _flag) = (graph, lease, acquire, flag);
        _before = new Holds[graph.Blocks.Length];
    }

    /// <summary>What can be known of the slot at a point; several values where paths meet.</summary>
    [System.Flags]
    private enum Holds
    {
        Unreached = 0,
        Nothing = 1,
        Slot = 2,

        /// <summary>Whatever the unseen result of <c>TryAcquire</c> says.</summary>
        Unknown = 4,
    }

    /// <param name="acquire">The call that gives the lease.</param>
    /// <returns><see cref="LeaseLeak.None"/> too where conditions depend on each other in a way that the graph does not show.</returns>
    public static LeaseLeak Find(FileContext file, LeaseUses uses, InvocationExpressionSyntax acquire)
    {
        if (FunctionGraphs.Of(file.Model, uses.Function, file.CancellationToken) is not { } graph)
            return LeaseLeak.None;

        var flag = acquire.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax variable } ? file.Model.GetDeclaredSymbol(variable, file.CancellationToken)
            : acquire.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax name } ? file.Bind(name)
            : null;
        var flow = new LeaseFlow(graph, uses.Lease, acquire, flag);
        flow.Run();
        return flow._leak != LeaseLeak.None && RelatedConditions.Govern(file, uses, acquire, flag) ? LeaseLeak.None : flow._leak;
    }

    private void Run()
    {
        foreach (var block in _graph.Blocks.Where(block => Operations(block).Any(IsRelease)))
        {
            for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
                _releasing.Add(region);
        }

        Enter(_graph.Blocks[0], Holds.Nothing);
        while (_waiting.Count > 0)
            Visit(_waiting.Dequeue());
        if (_before[_graph.Blocks.Length - 1].HasFlag(Holds.Slot))
            _leak = LeaseLeak.OnPath;
    }

    private void Enter(BasicBlock block, Holds state)
    {
        var known = _before[block.Ordinal];
        if ((known | state) == known)
            return;
        _before[block.Ordinal] = known | state;
        _waiting.Enqueue(block);
    }

    private void Visit(BasicBlock block)
    {
        var state = _before[block.Ordinal];
        EnterHandlers(block, Holds.Nothing);
        foreach (var operation in Operations(block))
        {
            if (operation.Syntax == _acquire && operation is IInvocationOperation { TargetMethod: { } method })
            {
                if (state.HasFlag(Holds.Slot))
                    _leak = LeaseLeak.OnPath;
                state = method.ReturnType.SpecialType == SpecialType.System_Boolean ? Holds.Unknown : Holds.Slot;
            }
            else if (IsRelease(operation))
            {
                state = Holds.Nothing;
            }
            else if (CanThrow(operation))
            {
                CheckThrow(block, state);
            }
        }

        if (block.ConditionalSuccessor is { } conditional)
            Follow(block, conditional, Narrow(block.BranchValue, state, block.ConditionKind == ControlFlowConditionKind.WhenTrue));
        if (block.FallThroughSuccessor is { } next)
            Follow(block, next, block.ConditionKind == ControlFlowConditionKind.None ? state : Narrow(block.BranchValue, state, block.ConditionKind != ControlFlowConditionKind.WhenTrue));
    }

    private void Follow(BasicBlock block, ControlFlowBranch branch, Holds state)
    {
        if (branch.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow)
            CheckThrow(block, state);
        else if (branch.Destination is { } destination)
            Enter(destination, branch.FinallyRegions.Any(_releasing.Contains) ? Holds.Nothing : state);
    }

    /// <summary>What is known once the result of <c>TryAcquire</c> is seen.</summary>
    private Holds Narrow(IOperation? condition, Holds state, bool isTrue)
    {
        while (condition is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not)
            (condition, isTrue) = (not.Operand, !isTrue);

        var tells = condition is IInvocationOperation call && call.Syntax == _acquire
            || (_flag is not null && condition is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, _flag));
        if (!tells || !state.HasFlag(Holds.Unknown))
            return state;
        return (state & ~Holds.Unknown) | (isTrue ? Holds.Slot : Holds.Nothing);
    }

    private void EnterHandlers(BasicBlock block, Holds state)
    {
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region is not { Kind: ControlFlowRegionKind.Try, EnclosingRegion: { Kind: ControlFlowRegionKind.TryAndCatch } whole })
                continue;
            foreach (var handler in whole.NestedRegions.Where(nested => nested != region))
                Enter(_graph.Blocks[handler.FirstBlockOrdinal], state);
        }
    }

    private void CheckThrow(BasicBlock block, Holds state)
    {
        EnterHandlers(block, state);
        if (state.HasFlag(Holds.Slot) && _leak == LeaseLeak.None && !IsProtected(block))
            _leak = LeaseLeak.OnException;
    }

    /// <summary>Whether an exception that leaves the block is released for, or comes to a handler that takes every exception and is followed itself.</summary>
    private bool IsProtected(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind != ControlFlowRegionKind.Try || region.EnclosingRegion is not { } whole)
                continue;
            if (whole.NestedRegions.Any(nested => nested != region && (nested.Kind == ControlFlowRegionKind.Finally ? _releasing.Contains(nested) : TakesAll(nested))))
                return true;
        }

        return false;
    }

    private static bool TakesAll(ControlFlowRegion handler) =>
        handler.Kind == ControlFlowRegionKind.Catch && handler.ExceptionType is null or { SpecialType: SpecialType.System_Object } or { Name: "Exception", ContainingNamespace.Name: "System" };

    private bool IsRelease(IOperation operation) => operation is IInvocationOperation call
        && ((call.TargetMethod is { Name: "Dispose", Parameters.IsEmpty: true } && IsLease(call.Instance))
            || (call.TargetMethod.Name == "Release" && call.Arguments.Any(argument => IsLease(argument.Value))));

    private bool IsLease(IOperation? operation) => operation switch
    {
        IConversionOperation conversion => IsLease(conversion.Operand),
        ILocalReferenceOperation local => SymbolEqualityComparer.Default.Equals(local.Local, _lease),
        _ => false,
    };

    /// <summary>Calls of code that is not known; indexers and arithmetic are taken to be right.</summary>
    private static bool CanThrow(IOperation operation) => operation switch
    {
        IInvocationOperation call => !(call.TargetMethod.Name is "Clear" or "Fill" && call.TargetMethod.ContainingType is { Name: "Span", ContainingNamespace.Name: "System" }),
        IObjectCreationOperation { Type.IsReferenceType: true } or IAwaitOperation or IThrowOperation => true,
        _ => false,
    };

    private static IEnumerable<IOperation> Operations(BasicBlock block) =>
        block.Operations.Concat(block.BranchValue is { } value ? new[] { value } : Enumerable.Empty<IOperation>()).SelectMany(InOrder);

    /// <summary>An operation behind its operands, as they are evaluated.</summary>
    private static IEnumerable<IOperation> InOrder(IOperation operation) => operation.ChildOperations.SelectMany(InOrder).Append(operation);
}
