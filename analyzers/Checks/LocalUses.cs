using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>How a local variable that holds a read block is used.</summary>
/// <param name="NeedGuard">Whether code takes the block before anything looks at null.</param>
/// <param name="CanBeGuarded">Whether all uses follow the read in the same list of statements and nothing else is stored in the variable.</param>
internal sealed record LocalUses(bool NeedGuard, bool CanBeGuarded)
{
    public static LocalUses Find(FileContext file, ILocalSymbol local, StatementSyntax statement)
    {
        var all = References(file, local, statement).ToList();
        var stored = all.Where(name => name.SpanStart >= statement.SpanStart && name.Span.End <= statement.Span.End).ToList();
        var first = all.Where(name => name.SpanStart > statement.Span.End)
            .Concat(all.Where(name => name.Span.End < statement.SpanStart))
            .FirstOrDefault(name => NullTolerance.IsLookedAt(Value(name)) || !NullTolerance.Accepts(file, Value(name)));
        var needGuard = first is not null && !NullTolerance.IsLookedAt(Value(first)) && !IsWrite(first);

        var siblings = GuardedRegion.Following(statement);
        var canBeGuarded = siblings.Count > 0
            && statement is not LocalDeclarationStatementSyntax { Declaration.Variables.Count: > 1 }
            && all.Except(stored).All(name =>
                !IsWrite(name) && !IsInLocalFunction(name, statement) && siblings[0].SpanStart <= name.SpanStart && name.Span.End <= siblings[siblings.Count - 1].Span.End);
        return new LocalUses(needGuard, canBeGuarded);
    }

    /// <summary>The uses of the variable, in the order of the text.</summary>
    private static IEnumerable<IdentifierNameSyntax> References(FileContext file, ILocalSymbol local, SyntaxNode from)
    {
        var scope = from.Ancestors().First(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        return scope.DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == local.Name
                && SymbolEqualityComparer.Default.Equals(file.Model.GetSymbolInfo(name, file.CancellationToken).Symbol, local));
    }

    /// <summary>Whether the use runs whenever a function is called that is declared beside the read.</summary>
    private static bool IsInLocalFunction(IdentifierNameSyntax name, StatementSyntax read) =>
        name.Ancestors().OfType<LocalFunctionStatementSyntax>().Any(function => !function.Span.Contains(read.Span));

    private static ExpressionSyntax Value(IdentifierNameSyntax name) => NullTolerance.Outermost(name);

    public static bool IsWrite(IdentifierNameSyntax name) => name.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == name,
        ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple } => assignment.Left == tuple,
        ArgumentSyntax argument => !argument.RefOrOutKeyword.IsKind(SyntaxKind.None),
        RefExpressionSyntax => true,
        _ => false,
    };
}
