using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Analyzers.Checks;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>All that changes in a file when its RingBuffers, but for queues, become TripleBuffers.</summary>
internal static class RingSwap
{
    /// <summary>What the guide makes of any larger capacity: one second at 48 kHz.</summary>
    private const int GuideBufferSize = 48000;

    public static SwapFinder Find(FileContext file)
    {
        var row = MigrationMap.RenamedTypeOf(RuleIds.RingBuffer);
        var all = new SwapSites(file, row);
        var queues = QueueRings.Of(file, all);
        var rings = queues.Others(all);
        var finder = new SwapFinder(file, row, rings);
        var traffic = new Dictionary<SwapGroup, RingTraffic>();

        if (rings.Creations.Count > 0)
        {
            var pools = new PoolPlanner(file, rings, new SwapSites(file, MigrationMap.RenamedTypeOf(RuleIds.AudioStream)));
            foreach (var creation in rings.Creations)
                AddCreation(file, finder, creation, pools.For(creation));
        }

        AddReads(file, UsesOf("Read"), finder, TrafficOf);
        AddWrites(file, UsesOf("Write"), finder, TrafficOf);
        foreach (var (name, group) in UsesOf("CapacitySamples"))
        {
            var target = group ?? finder.Alone(name);
            target.Add(name, SwapActions.Of(SwapActions.Name, "BufferSize"));
            target.Review("'BufferSize' is the size of one block, not of the whole buffer");
        }

        // Elsewhere it makes the ring a queue.
        foreach (var (name, group) in UsesOf("Available").Where(use => RingCalls.IsInNameof(use.Name)))
            (group ?? finder.GroupOfType(Receivers.Of(name)!))?.Manual("'TripleBuffer' has no 'Available'");

        foreach (var group in finder.Groups)
            (traffic.TryGetValue(group, out var measured) ? measured : new RingTraffic()).Judge(group);
        var unowned = new[] { "Read", "Write", "CapacitySamples" }.SelectMany(UsesOf).Where(use => use.Group is null).Select(use => use.Name).ToList();
        foreach (var name in unowned)
        {
            if (finder.Alone(name).ManualReason is { } reason)
                finder.KeepNew(name, reason);
        }

        SwapFlows.SpreadManual(file, row, rings, finder);
        foreach (var name in unowned)
        {
            if (finder.IsOnKeptNew(name))
                finder.Alone(name).Manual("the buffer that it is used on stays a 'RingBuffer'");
        }

        return finder;

        IEnumerable<(SimpleNameSyntax Name, SwapGroup? Group)> UsesOf(string member) =>
            finder.Uses(member).Where(use => !queues.Contains(use.Name)).Select(use => (use.Name, use.Group));

        RingTraffic TrafficOf(SwapGroup group)
        {
            if (!traffic.TryGetValue(group, out var measured))
                traffic.Add(group, measured = new RingTraffic());
            return measured;
        }
    }

    private static void AddCreation(FileContext file, SwapFinder finder, BaseObjectCreationExpressionSyntax creation, PoolPlan plan)
    {
        finder.Join(finder.GroupOf(creation), plan.Scope);
        var group = finder.GroupOf(creation);
        SwapSites.RequireV1Arguments(group, creation, MigrationMap.RingBufferConstructor);
        var size = "";
        if (CallArguments.Find(creation.ArgumentList, MigrationMap.RingBufferConstructor, 0) is { Expression: var capacity })
        {
            if (file.Model.GetConstantValue(capacity, file.CancellationToken) is not { HasValue: true, Value: int value })
            {
                group.Review("the block size of the TripleBuffer is the old capacity, which is not a constant");
                group.Add(creation, SwapActions.Of(SwapActions.Todo, "bufferSize is the largest block that is written, not the old capacity; choose it."));
            }
            else if (value >= GuideBufferSize)
            {
                size = GuideBufferSize.ToString(CultureInfo.InvariantCulture);
            }
        }

        group.Add(creation, SwapActions.Of(SwapActions.Create, size, ""));
        PoolSites.Add(group, plan);
    }

    private static void AddReads(
        FileContext file, IEnumerable<(SimpleNameSyntax Name, SwapGroup? Group)> uses, SwapFinder finder, Func<SwapGroup, RingTraffic> trafficOf)
    {
        var bounds = new HashSet<SyntaxNode>();
        foreach (var (name, owner) in uses)
        {
            var group = owner ?? finder.Alone(name);
            if (RingCalls.Of(name) is not { } call)
            {
                AddMethodGroup(file, group, name, ("_", "int _"), "", $"() ?? {ArrayType(file, name)}.Empty<float>()");
                group.Review("the delegate gives an empty block when nothing new was written");
                continue;
            }

            if (call.ArgumentList.Arguments.Count == 1 && HasSideEffects(file, call.ArgumentList.Arguments[0].Expression))
                group.Manual("the argument of 'Read' has side effects, and 'TripleBuffer.Read' takes none");
            if (TestAssertions.Judge(file, call))
                group.Manual("a test asserts what 'Read' gives, and a TripleBuffer gives the newest block as it was written, or null");
            RequireNoLock(group, call);
            group.Add(call.ArgumentList, SwapActions.ClearArguments);
            foreach (var (bound, text) in LoopBounds.Of(file, call).Where(loop => bounds.Add(loop.Bound)))
                group.Add(bound, SwapActions.Of(SwapActions.Text, text));
            if (NullGuard.Describe(file, call) is { } guard)
            {
                group.Add(guard.Node, guard.Action);
                if (guard.Safety == Facts.Manual)
                    group.Manual(guard.Reason!);
                else if (guard.Safety == Facts.Review)
                    group.Review(guard.Reason!);
            }

            trafficOf(group).AddRead(file, call);
        }
    }

    private static void AddWrites(
        FileContext file, IEnumerable<(SimpleNameSyntax Name, SwapGroup? Group)> uses, SwapFinder finder, Func<SwapGroup, RingTraffic> trafficOf)
    {
        foreach (var (name, owner) in uses)
        {
            var group = owner ?? finder.Alone(name);
            RequireNoLock(group, name);
            if (RingCalls.Of(name) is not { } call)
            {
                AddMethodGroup(file, group, name, ("audio", "float[] audio"), "{ ", "(audio); }");
                continue;
            }

            if (DelegateTargets.BodyToKeepVoid(file, call) is { } body)
                group.Add(body, SwapActions.Of(SwapActions.Lambda, "{ ", "; }"));
            trafficOf(group).AddWrite(file, call);
        }
    }

    /// <summary>A lock shows that several threads write or read.</summary>
    private static void RequireNoLock(SwapGroup group, SyntaxNode use)
    {
        if (use.Ancestors().TakeWhile(ancestor => ancestor is not (AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax)).Any(ancestor => ancestor is LockStatementSyntax))
            group.Manual("the buffer is used under a 'lock', and a TripleBuffer takes one writer thread and one reader thread");
    }

    /// <summary>A method group no longer converts, because V2's method has another signature: a lambda does.</summary>
    private static void AddMethodGroup(
        FileContext file, SwapGroup group, SimpleNameSyntax name, (string Name, string Typed) parameter, string head, string tail)
    {
        var expression = name.Parent as MemberAccessExpressionSyntax;
        if (expression is null || name.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" }))
            return;

        var written = DelegateTargets.HasDelegateType(file, expression) ? parameter.Name : $"({parameter.Typed})";
        group.Add(expression, SwapActions.Of(SwapActions.Lambda, $"{written} => {head}", tail));
        if (ExpressionTrees.Contain(name, file.Model, file.CancellationToken))
            group.Manual("an expression tree cannot hold a block");
        var isRemoved = expression.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SubtractAssignmentExpression } || EventHooks.IsRemovedElsewhere(expression);
        if ((isRemoved ? "the event handler is removed again, which a lambda cannot be" : LambdaCaptures.ReasonNotToCapture(file, name)) is { } reason)
        {
            group.Manual(reason);
        }
        else if (LambdaCaptures.ReasonToReview(file, name) is { } change)
        {
            group.Review(change);
        }
    }

    private static bool HasSideEffects(FileContext file, ExpressionSyntax expression) =>
        !file.Model.GetConstantValue(expression, file.CancellationToken).HasValue
        && expression.DescendantNodesAndSelf().Any(node => node is InvocationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax or BaseObjectCreationExpressionSyntax
            or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression }
            or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression });

    private static string ArrayType(FileContext file, SyntaxNode node) =>
        file.Model.Compilation.GetSpecialType(SpecialType.System_Array).ToMinimalDisplayString(file.Model, node.SpanStart);
}
