using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Decides how a block that may be null is kept away from code that needs one.</summary>
/// <remarks>
/// Action: <see cref="Prefix"/> and, separated by tabs, one of
/// <see cref="Coalesce"/> and the name of <see cref="Array"/>; <see cref="Conditional"/>;
/// <see cref="Continue"/>, the variable, the number of statements between the read and the guard, 1 to ask for a pause or 0, the position for a <c>?</c> or -1;
/// <see cref="Wrap"/>, the variable, the first and the last wrapped statement counted from the one behind the read, the position for a <c>?</c> or -1.
/// </remarks>
internal static class NullGuard
{
    public const string Prefix = "guard:";
    public const string Coalesce = "coalesce";
    public const string Conditional = "conditional";
    public const string Continue = "continue";
    public const string Wrap = "wrap";

    private const string EmptyInsteadOfSilence = "without a new block the code goes on with an empty array, where V1 gave silence";
    private const string TurnsWithoutPause = "while nothing new is written, the loop turns without a pause";
    private const string SkipsOthers = "statements that do not use the block are skipped, too, when there is none";

    /// <param name="read">A call of <c>Read</c> on a TripleBuffer or a RingBuffer.</param>
    /// <returns><see langword="null"/> when the result is checked already or not used.</returns>
    public static GuardSite? Describe(FileContext file, InvocationExpressionSyntax read)
    {
        var value = CheckedCalls.WholeChain(read);
        var outer = NullTolerance.Outermost(value);
        if (NullTolerance.Accepts(file, outer))
            return null;

        // 'a?.Read().Length' gives null without 'a' already.
        if (value == read && IsInChain(read) && read.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax)
            return new GuardSite(value, Action(Conditional), Facts.Safe, null);

        if (LocalOf(file, outer, out var statement) is not { } local)
            return IsDropped(file, outer) && IsStoredWhereNullMayBe(file, value, outer) ? null : CoalesceAt(file, value);

        var uses = LocalUses.Find(file, local, statement!);
        if (!uses.NeedGuard)
            return null;

        if (outer != value || !uses.CanBeGuarded)
            return CoalesceAt(file, value);

        var region = GuardedRegion.Find(file, local, statement!);
        var typeEnd = EndOfTypeToAnnotate(file, local);
        if (region.IsLoopBody && !region.LeavesTail)
        {
            var reason = BusyLoops.Turns(statement!, region.First) ? TurnsWithoutPause : region.SkipsOthers ? SkipsOthers : null;
            return new GuardSite(value, Action(Continue, local.Name, region.First, reason == TurnsWithoutPause ? 1 : 0, typeEnd), reason is null ? Facts.Safe : Facts.Review, reason);
        }

        if (region.CanWrap)
            return new GuardSite(value, Action(Wrap, local.Name, region.First, region.Last, typeEnd), region.SkipsOthers ? Facts.Review : Facts.Safe, region.SkipsOthers ? SkipsOthers : null);

        return region.IsLoopBody
            ? new GuardSite(value, Action(Continue, local.Name, region.First, 0, typeEnd), Facts.Review, SkipsOthers)
            : CoalesceAt(file, value);
    }

    /// <summary>Whether the text, with nothing bound, shows that the result is looked at: where it stands, or by the <c>if</c> behind the variable it is stored in.</summary>
    /// <remarks>Says less than <see cref="Describe"/>, which gives nothing wherever this holds.</remarks>
    public static bool IsCheckedAtOnce(InvocationExpressionSyntax read)
    {
        var value = CheckedCalls.WholeChain(read);
        if (NullTolerance.IsLookedAt(NullTolerance.Outermost(value)))
            return true;

        if (value.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax block } statement } } variable })
            return false;

        var next = block.Statements.IndexOf(statement) + 1;
        if (next == block.Statements.Count || block.Statements[next] is not IfStatementSyntax { Condition: var condition })
            return false;

        // In a function inside the condition the name could be a parameter of its own.
        var first = condition.DescendantNodesAndSelf().FirstOrDefault(node =>
            node is AnonymousFunctionExpressionSyntax || (node is IdentifierNameSyntax name && name.Identifier.ValueText == variable.Identifier.ValueText));
        return first is IdentifierNameSyntax use && NullTolerance.IsLookedAt(NullTolerance.Outermost(use));
    }

    /// <summary>Whether nobody takes the value: a statement, or the expression body of a function that returns nothing.</summary>
    private static bool IsDropped(FileContext file, ExpressionSyntax value) => value.Parent switch
    {
        ExpressionStatementSyntax or ForStatementSyntax => true,
        ArrowExpressionClauseSyntax arrow => DroppedResults.IsVoidFunction(file, arrow.Parent!),
        LambdaExpressionSyntax lambda => (file.Model.GetTypeInfo(lambda, file.CancellationToken).ConvertedType as INamedTypeSymbol)?.DelegateInvokeMethod is { ReturnsVoid: true },
        _ => false,
    };

    /// <summary>Whether every assignment between a value and the expression it stands in takes null, as of <c>void M() =&gt; a = b = value;</c>.</summary>
    private static bool IsStoredWhereNullMayBe(FileContext file, ExpressionSyntax value, ExpressionSyntax outer) =>
        value.AncestorsAndSelf().TakeWhile(node => node != outer.Parent).OfType<AssignmentExpressionSyntax>().All(stored => NullTolerance.Accepts(file, stored.Right));

    /// <summary>Whether a <c>?.</c> stands before the read and guards what follows it, too.</summary>
    private static bool IsInChain(InvocationExpressionSyntax read)
    {
        ExpressionSyntax current = read;
        while (true)
        {
            switch (current)
            {
                case InvocationExpressionSyntax call:
                    current = call.Expression;
                    break;
                case MemberAccessExpressionSyntax access:
                    current = access.Expression;
                    break;
                case ElementAccessExpressionSyntax access:
                    current = access.Expression;
                    break;
                default:
                    return current is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax;
            }
        }
    }

    private static GuardSite CoalesceAt(FileContext file, ExpressionSyntax value)
    {
        var array = file.Model.Compilation.GetSpecialType(SpecialType.System_Array).ToMinimalDisplayString(file.Model, value.SpanStart);
        return new GuardSite(value, Action(Coalesce, array), Facts.Review, EmptyInsteadOfSilence);
    }

    private static string Action(params object[] parts) => Prefix + string.Join("\t", parts);

    /// <summary>The local variable that the value is stored in by a statement of its own.</summary>
    private static ILocalSymbol? LocalOf(FileContext file, ExpressionSyntax value, out StatementSyntax? statement)
    {
        switch (value.Parent)
        {
            case EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax declaration } } declarator }:
                statement = declaration;
                return file.Model.GetDeclaredSymbol(declarator, file.CancellationToken) as ILocalSymbol;
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax left, Parent: ExpressionStatementSyntax assignment }:
                statement = assignment;
                return file.Model.GetSymbolInfo(left, file.CancellationToken).Symbol as ILocalSymbol;
            default:
                statement = null;
                return null;
        }
    }

    /// <summary>Where a <c>?</c> makes the declared type of the variable nullable; -1 when nothing is to be written.</summary>
    private static int EndOfTypeToAnnotate(FileContext file, ILocalSymbol local) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(file.CancellationToken) is { Parent: VariableDeclarationSyntax { Variables.Count: 1, Type: { IsVar: false } type } }
        && type is not NullableTypeSyntax
        && (file.Model.GetNullableContext(type.SpanStart) & NullableContext.AnnotationsEnabled) != 0
            ? type.Span.End
            : -1;
}
