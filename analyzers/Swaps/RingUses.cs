using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>The places of one ring: whether they make it a queue, and whether one writer and one reader are all it has.</summary>
internal sealed class RingUses
{
    private readonly Func<SyntaxTree, FileContext> _fileOf;
    private readonly List<SimpleNameSyntax> _writes = new();
    private readonly List<SimpleNameSyntax> _reads = new();
    private readonly List<BaseObjectCreationExpressionSyntax> _creations = new();
    private readonly bool _isAvailableConsulted;

    /// <param name="fileOf">The files of the places.</param>
    /// <param name="places">Mentions, creations and used members' names, in source order within each file.</param>
    public RingUses(Func<SyntaxTree, FileContext> fileOf, IReadOnlyCollection<SyntaxNode> places)
    {
        _fileOf = fileOf;
        Start = int.MaxValue;
        Trees = places.Select(place => place.SyntaxTree).Distinct().Count();
        foreach (var place in places)
        {
            Start = Math.Min(Start, place.SpanStart);
            switch (place)
            {
                case BaseObjectCreationExpressionSyntax creation:
                    _creations.Add(creation);
                    break;
                case SimpleNameSyntax name when Receivers.Of(name) is null || RingCalls.IsInNameof(name):
                    break;
                case SimpleNameSyntax { Identifier.ValueText: "Write" } name:
                    _writes.Add(name);
                    break;
                case SimpleNameSyntax { Identifier.ValueText: "Read" or "Clear" } name:
                    _reads.Add(name);
                    break;
                case SimpleNameSyntax { Identifier.ValueText: "Available" }:
                    _isAvailableConsulted = true;
                    break;
            }
        }

        SignOfQueue = FindSign();
    }

    /// <summary>Where the first place starts.</summary>
    public int Start { get; }

    /// <summary>How many files the places stand in.</summary>
    public int Trees { get; }

    /// <summary>What shows that every sample counts; <see langword="null"/> when nothing does.</summary>
    public string? SignOfQueue { get; }

    /// <summary>The method groups among the uses.</summary>
    public IEnumerable<SimpleNameSyntax> MethodGroups => _writes.Concat(_reads).Where(name => RingCalls.Of(name) is null);

    /// <summary>Why more than one thread may write or more than one may read; <see langword="null"/> when nothing points to that.</summary>
    public string? ReasonOfSharing
    {
        get
        {
            const string Limit = "and a SampleQueue takes one writer thread and one reader thread";
            if (_writes.Concat(_reads).Any(IsUnderLock))
                return "the buffer is used under a 'lock', " + Limit;
            if (_writes.Select(FunctionOf).Distinct().Count() > 1)
                return "the buffer is written in several members, " + Limit;
            return _reads.Select(FunctionOf).Distinct().Count() > 1 ? "the buffer is read or cleared in several members, " + Limit : null;
        }
    }

    private string? FindSign()
    {
        if (_isAvailableConsulted)
            return "'Available' is consulted";

        var reads = Calls(_reads.Where(name => name.Identifier.ValueText == "Read"));
        var writes = Calls(_writes);
        var blocks = reads.Select(read => new ReadBlock(_fileOf(read.SyntaxTree), read)).ToList();
        if (blocks.Any(block => block.EndsLoop))
            return "a loop ends by what was read";
        if (blocks.Any(block => block.IsStored))
            return "what is read is written to a file or socket";
        if (HaveOtherSizes(reads, writes))
            return "it is read in other sizes than it is written";
        return writes.Count > 0 && IsReadMoreOften(reads, writes) ? "it is read several times for each write" : null;
    }

    private bool HaveOtherSizes(List<InvocationExpressionSyntax> reads, List<InvocationExpressionSyntax> writes)
    {
        if (_creations.Count == 0 || _creations.Select(ChannelsOf).Distinct().ToList() is not { Count: 1 } each || each[0] is not { } channels)
            return false;

        var written = writes.Select(write => BlockSizes.Written(_fileOf(write.SyntaxTree), write)).ToList();
        return reads.Select(read => BlockSizes.Read(_fileOf(read.SyntaxTree), read) * channels).OfType<int>().Any(samples => written.OfType<int>().Any(length => length != samples));
    }

    private int? ChannelsOf(BaseObjectCreationExpressionSyntax creation) =>
        CallArguments.Find(creation.ArgumentList, MigrationMap.RingBufferConstructor, 1) is { Expression: var channels } ? BlockSizes.Constant(_fileOf(channels.SyntaxTree), channels) : 1;

    private static bool IsReadMoreOften(List<InvocationExpressionSyntax> reads, List<InvocationExpressionSyntax> writes)
    {
        foreach (var inOneBody in reads.GroupBy(FunctionOf))
        {
            var writesThere = writes.Where(write => FunctionOf(write) == inOneBody.Key).ToList();
            if (inOneBody.Count() > writesThere.Count && inOneBody.Skip(1).Any(read => inOneBody.TakeWhile(other => other != read).Any(other => CanBothRun(other, read))))
                return true;
            if (writesThere.Count > 0 && writesThere.Count == writes.Count
                && inOneBody.Any(read => LoopsAround(read, inOneBody.Key).Any(loop => writes.All(write => !loop.Contains(write)))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether two calls of one body, in source order, stand in no branches that exclude each other.</summary>
    private static bool CanBothRun(SyntaxNode first, SyntaxNode second)
    {
        var common = first.Ancestors().First(ancestor => ancestor.Contains(second));
        var (left, right) = (common.ChildNodes().First(child => child.Contains(first)), common.ChildNodes().First(child => child.Contains(second)));
        return common switch
        {
            IfStatementSyntax conditional => left == conditional.Condition || right is not ElseClauseSyntax,
            ConditionalExpressionSyntax conditional => left == conditional.Condition,
            SwitchStatementSyntax @switch => left == @switch.Expression,
            SwitchExpressionSyntax @switch => left == @switch.GoverningExpression,
            _ => left is not IfStatementSyntax { Else: null, Statement: var branch } || !branch.Contains(first) || !Leaves(branch),
        };
    }

    private static bool Leaves(StatementSyntax branch) =>
        (branch is BlockSyntax block ? block.Statements.LastOrDefault() : branch)
            is ReturnStatementSyntax or ThrowStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax;

    private static IEnumerable<SyntaxNode> LoopsAround(SyntaxNode node, SyntaxNode body) =>
        node.Ancestors().TakeWhile(ancestor => ancestor != body)
            .Where(ancestor => ancestor is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax);

    private static bool IsUnderLock(SyntaxNode node) =>
        node.Ancestors().TakeWhile(ancestor => ancestor is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).Any(ancestor => ancestor is LockStatementSyntax);

    private static List<InvocationExpressionSyntax> Calls(IEnumerable<SimpleNameSyntax> names) =>
        names.Select(RingCalls.Of).OfType<InvocationExpressionSyntax>().ToList();

    /// <summary>The member, local function or lambda around a node; for top-level code the file.</summary>
    internal static SyntaxNode FunctionOf(SyntaxNode node) => node.Ancestors().First(ancestor => ancestor
        is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or CompilationUnitSyntax
        or MemberDeclarationSyntax and not GlobalStatementSyntax);
}
