using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>The statements behind a read that only make sense with a block: those that use it, and those that use what they declare.</summary>
/// <param name="First">The first of them, counted from the statement behind the read.</param>
/// <param name="Last">The last of them.</param>
/// <param name="SkipsOthers">Whether a statement between them does not need the block.</param>
/// <param name="LeavesTail">Whether statements follow that do not need the block.</param>
/// <param name="IsLoopBody">Whether the statements are the body of a loop, so that <c>continue</c> skips to its next round.</param>
/// <param name="CanWrap">Whether the statements still compile and mean the same as the body of an <c>if</c>.</param>
internal sealed record GuardedRegion(int First, int Last, bool SkipsOthers, bool LeavesTail, bool IsLoopBody, bool CanWrap)
{
    public static GuardedRegion Find(FileContext file, ILocalSymbol local, StatementSyntax read)
    {
        var statements = Following(read);
        var needed = new HashSet<ISymbol>(SymbolEqualityComparer.Default) { local };
        var dependent = new List<int>();
        for (var i = 0; i < statements.Count; i++)
        {
            if (statements[i] is LocalFunctionStatementSyntax)
                continue;

            var flow = file.Model.AnalyzeDataFlow(statements[i])!;
            if (!flow.ReadInside.Concat(flow.CapturedInside).Any(needed.Contains))
                continue;

            dependent.Add(i);
            needed.UnionWith(flow.WrittenInside.Where(symbol => symbol is ILocalSymbol && IsDeclaredBehind(symbol, read)));
        }

        // Code that does not compile has no data flow.
        if (dependent.Count == 0)
            return new GuardedRegion(0, 0, SkipsOthers: false, LeavesTail: false, IsLoopBody: false, CanWrap: false);

        var (first, last) = (dependent[0], dependent[dependent.Count - 1]);
        var range = statements.GetRange(first, last - first + 1);
        var tail = statements.Skip(last + 1).Where(statement => statement is not LocalFunctionStatementSyntax).ToList();
        return new GuardedRegion(
            first,
            last,
            SkipsOthers: range.Count > dependent.Count,
            LeavesTail: tail.Count > 0,
            IsLoopBody: read.Parent is BlockSyntax { Parent: ForStatementSyntax or ForEachStatementSyntax or ForEachVariableStatementSyntax or WhileStatementSyntax or DoStatementSyntax }
                && Assigns(file, range).Count == 0,
            CanWrap: !UsesLaterRead(file, statements, range) && CanBeWrapped(file, range, isRest: tail.Count == 0));
    }

    /// <summary>The statements behind one in its block or among the top-level statements; none elsewhere.</summary>
    public static List<StatementSyntax> Following(StatementSyntax statement)
    {
        var list = statement.Parent switch
        {
            BlockSyntax block => block.Statements,
            GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement),
            _ => Enumerable.Empty<StatementSyntax>(),
        };
        return list.SkipWhile(other => other != statement).Skip(1).ToList();
    }

    private static bool IsDeclaredBehind(ISymbol symbol, StatementSyntax read) =>
        symbol.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration && declaration.Span.Start > read.Span.End;

    private static bool CanBeWrapped(FileContext file, List<StatementSyntax> range, bool isRest)
    {
        var (first, last) = (range[0], range[range.Count - 1]);
        if (range.Any(statement => statement is LocalFunctionStatementSyntax or LabeledStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } && !isRest)
            || range.Any(statement => statement.ContainsDirectives)
            || !EndsAtLineEnd(file, first, last))
        {
            return false;
        }

        var control = range.Select(statement => file.Model.AnalyzeControlFlow(statement)).ToList();
        if (control.Any(flow => flow is not { Succeeded: true, ExitPoints.IsEmpty: true, ReturnStatements.IsEmpty: true })
            || control[control.Count - 1] is not { EndPointIsReachable: true })
        {
            return false;
        }

        var declared = range.SelectMany(statement => file.Model.AnalyzeDataFlow(statement)!.VariablesDeclared).ToList();
        var later = Following(last).Select(statement => file.Model.AnalyzeDataFlow(statement)!).SelectMany(flow => flow.ReadInside.Concat(flow.WrittenInside).Concat(flow.CapturedInside));
        return Assigns(file, range).Count == 0 && !declared.Intersect(later, SymbolEqualityComparer.Default).Any();
    }

    /// <summary>Whether the range needs a second block, too: its guard is the one that goes around, so that guards never share a brace's place.</summary>
    private static bool UsesLaterRead(FileContext file, List<StatementSyntax> statements, List<StatementSyntax> range)
    {
        var laterBlocks = statements
            .Where(statement => statement is LocalDeclarationStatementSyntax or ExpressionStatementSyntax)
            .Where(statement => statement.DescendantNodes().OfType<SimpleNameSyntax>().Any(name =>
                name.Identifier.ValueText == "Read" && ReadCalls.IsRead(file, name, out _, out _)))
            .SelectMany(statement => file.Model.AnalyzeDataFlow(statement)!.WrittenInside)
            .ToList();
        return range.SelectMany(statement => file.Model.AnalyzeDataFlow(statement)!.ReadInside).Intersect(laterBlocks, SymbolEqualityComparer.Default).Any();
    }

    /// <summary>The variables from outside that code behind the range may rely on being assigned in it.</summary>
    private static List<ISymbol> Assigns(FileContext file, List<StatementSyntax> range)
    {
        var entry = file.Model.AnalyzeDataFlow(range[0])!.DefinitelyAssignedOnEntry;
        var flows = range.Select(statement => file.Model.AnalyzeDataFlow(statement)!).ToList();
        var inside = flows.SelectMany(flow => flow.VariablesDeclared);
        return flows.SelectMany(flow => flow.AlwaysAssigned)
            .Except(entry.Concat(inside), SymbolEqualityComparer.Default)
            .Where(symbol => symbol is not IParameterSymbol { RefKind: RefKind.None })
            .ToList()!;
    }

    /// <summary>Whether the statements fill lines of their own, or all stand on the one line.</summary>
    private static bool EndsAtLineEnd(FileContext file, StatementSyntax first, StatementSyntax last)
    {
        var text = file.Model.SyntaxTree.GetText(file.CancellationToken);
        var before = text.Lines.GetLineFromPosition(first.SpanStart);
        var isOneLine = before.End >= last.Span.End;
        var startsLine = string.IsNullOrWhiteSpace(text.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(before.Start, first.SpanStart)));
        var next = last.GetLastToken().GetNextToken(includeZeroWidth: true);
        var endsLine = next.IsKind(SyntaxKind.EndOfFileToken) || text.Lines.GetLineFromPosition(last.Span.End).LineNumber < text.Lines.GetLineFromPosition(next.SpanStart).LineNumber;

        // At the end of a file without a final line end, a check's 'return 0;' and the guard's brace would share one place.
        var sharesEnd = next.IsKind(SyntaxKind.EndOfFileToken) && last.Span.End == text.Length
            && MigrationMap.CheckedMethods.Any(row => file.Names.Uses(row.Name).Any());
        return !sharesEnd && ((startsLine && endsLine) || isOneLine);
    }
}
