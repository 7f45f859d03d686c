using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Lifecycles;

/// <summary>Follows one variable through the statements of one body, and says which calls certainly skip a state.</summary>
/// <remarks>
/// Only straight lines are followed. What a branch, a loop or a <c>try</c> does to the variable is forgotten after it, and each of their
/// statements starts with nothing known. A started stream stops by itself at the end of its input, so whatever could wait ends that knowledge.
/// </remarks>
internal sealed class PhaseWalker(FileContext file, FollowedVariable variable)
{
    private readonly List<SkippedState> _skipped = new();
    private StreamPhase _phase;

    public static IReadOnlyList<SkippedState> Walk(FileContext file, FollowedVariable variable, IEnumerable<StatementSyntax> statements)
    {
        var walker = new PhaseWalker(file, variable);
        walker.Run(statements);
        return walker._skipped;
    }

    private void Run(IEnumerable<StatementSyntax> statements)
    {
        foreach (var statement in statements)
            Visit(statement);
    }

    private void Visit(StatementSyntax statement)
    {
        switch (statement)
        {
            case BlockSyntax block:
                Run(block.Statements);
                break;
            case ExpressionStatementSyntax { Expression: var expression }:
                Evaluate(expression);
                break;
            case LocalDeclarationStatementSyntax { Declaration: { Variables: { Count: 1 } variables } declaration }:
                Declare(declaration, variables[0]);
                break;
            case IfStatementSyntax choice:
                Choose(choice);
                break;
            case EmptyStatementSyntax or LocalFunctionStatementSyntax:
                break;
            case ReturnStatementSyntax or ThrowStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax:
                _phase = StreamPhase.Unknown; // nothing reaches the next statement from here
                break;
            default:
                VisitInside(statement);
                break;
        }
    }

    private void Declare(VariableDeclarationSyntax declaration, VariableDeclaratorSyntax declarator)
    {
        if (SymbolEqualityComparer.Default.Equals(file.Model.GetDeclaredSymbol(declarator, file.CancellationToken), variable.Symbol))
            _phase = declarator.Initializer is { Value: var value } && IsCreation(value) ? StreamPhase.Made : StreamPhase.Unknown;
        else
            Disturb(declaration);
    }

    private void Choose(IfStatementSyntax choice)
    {
        var after = StreamPhase.Unknown;
        if (FailedCall(choice.Condition) is { } call)
        {
            Call(call);
            if (choice.Else is null && Leaves(choice.Statement))
                after = _phase; // whoever comes past the statement knows that the call worked
        }
        else
        {
            Disturb(choice.Condition);
            var before = _phase;
            if (!Leaves(choice.Statement) || variable.IsMentioned(file, choice.Statement))
                Disturb(choice.Statement);
            if (choice.Else is not null)
                Disturb(choice.Else);
            after = _phase;
            _phase = before;
        }

        VisitInside(choice);
        _phase = after;
    }

    /// <summary>Visits the statements inside one that branches, each on its own, and forgets what they may have done.</summary>
    private void VisitInside(StatementSyntax statement)
    {
        var before = _phase;
        foreach (var inner in statement.DescendantNodes(node => node == statement || node is not (StatementSyntax or AnonymousFunctionExpressionSyntax)).OfType<StatementSyntax>())
        {
            _phase = StreamPhase.Unknown;
            Visit(inner);
        }

        _phase = before;
        Disturb(statement);
    }

    private void Evaluate(ExpressionSyntax expression)
    {
        if (expression is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: var left, Right: var right })
        {
            if (variable.Is(file, left))
            {
                _phase = IsCreation(right) ? StreamPhase.Made : StreamPhase.Unknown;
                return;
            }

            if (left is IdentifierNameSyntax { Identifier.ValueText: "_" } && file.Bind(left) is null or IDiscardSymbol)
                expression = right;
        }

        if (CallOn(expression) is { } call)
            Call(call);
        else
            Disturb(expression);
    }

    private void Call(SimpleNameSyntax method)
    {
        if (method.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { ArgumentList.Arguments.Count: > 0 } invocation)
            DisturbBy(invocation.ArgumentList.Arguments.Any(RunsCode));

        var name = method.Identifier.ValueText;
        if (name == variable.Lifecycle.Start)
        {
            if (_phase is StreamPhase.Started or StreamPhase.Disposed)
                _skipped.Add(new SkippedState(method, _phase));
            if (_phase != StreamPhase.Disposed)
                _phase = StreamPhase.Started;
        }
        else if (name == Lifecycle.Stop)
        {
            if (_phase == StreamPhase.Made)
                _skipped.Add(new SkippedState(method, _phase));
            if (_phase != StreamPhase.Disposed)
                _phase = StreamPhase.Stopped;
        }
        else if (name == Lifecycle.Dispose)
        {
            _phase = StreamPhase.Disposed;
        }
        else if (!Lifecycle.IsHarmless(name))
        {
            _phase = StreamPhase.Unknown;
        }
    }

    /// <summary>The method of the variable that the expression calls, and does nothing else.</summary>
    private SimpleNameSyntax? CallOn(ExpressionSyntax expression)
    {
        var call = expression switch
        {
            InvocationExpressionSyntax direct => direct,
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax conditional } => conditional,
            _ => null,
        };
        SimpleNameSyntax? name = call?.Expression switch
        {
            MemberAccessExpressionSyntax member => member.Name,
            MemberBindingExpressionSyntax member => member.Name,
            _ => null,
        };
        return name is not null
            && Receivers.Of(name) is { } receiver && variable.Is(file, receiver)
            && file.Bind(name) is null or IMethodSymbol { IsStatic: false, ReducedFrom: null }
            ? name
            : null;
    }

    /// <summary>The call that a condition finds to have failed: <c>!x.Start()</c>, <c>x?.Start() == false</c>.</summary>
    private SimpleNameSyntax? FailedCall(ExpressionSyntax condition) => condition switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var operand } => CallOn(operand),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right.RawKind: (int)SyntaxKind.FalseLiteralExpression, Left: var left } => CallOn(left),
        _ => null,
    };

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: { Count: > 0 } statements } => Leaves(statements[statements.Count - 1]),
        _ => statement is ReturnStatementSyntax or ThrowStatementSyntax,
    };

    private bool IsCreation(ExpressionSyntax value) =>
        value is BaseObjectCreationExpressionSyntax { Initializer: null } && !variable.IsMentioned(file, value)
        && (value is ImplicitObjectCreationExpressionSyntax // of the variable's own type
            || variable.Lifecycle == Lifecycle.Of(file, file.Model.GetTypeInfo(value, file.CancellationToken).Type, value.SpanStart));

    /// <summary>Forgets what code that is not followed can change: all when it names the variable.</summary>
    private void Disturb(SyntaxNode node)
    {
        if (variable.IsMentioned(file, node))
            _phase = StreamPhase.Unknown;
        else
            DisturbBy(RunsCode(node));
    }

    private void DisturbBy(bool runsCode)
    {
        if (runsCode && (variable.IsField || _phase == StreamPhase.Started))
            _phase = StreamPhase.Unknown;
    }

    private bool RunsCode(SyntaxNode node) => node.DescendantNodesAndSelf(inner => inner is not AnonymousFunctionExpressionSyntax).Any(inner => inner switch
    {
        InvocationExpressionSyntax call => file.Bind(call) is not IMethodSymbol { Name: "Write" or "WriteLine", ContainingType: { Name: "Console", ContainingNamespace.Name: "System" } },
        BaseObjectCreationExpressionSyntax or AwaitExpressionSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax
            or UsingStatementSyntax or YieldStatementSyntax or LockStatementSyntax => true,
        LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } => true,
        _ => false,
    });
}
