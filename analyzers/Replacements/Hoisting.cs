using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>The pieces of a use that become locals ahead of its statement, so that each is evaluated once and in the written order.</summary>
/// <param name="Names">The local of each piece, by the piece's index.</param>
/// <param name="Declarations">The locals' declarations, in the order of evaluation.</param>
internal sealed record Hoisting(StatementSyntax? Statement, ImmutableDictionary<int, string> Names, ImmutableArray<string> Declarations)
{
    public static Hoisting None { get; } = new(null, ImmutableDictionary<int, string>.Empty, ImmutableArray<string>.Empty);

    /// <summary>
    /// The hoistings to try, the smallest first: those of the first piece, of the first two, and so on, because what is evaluated ahead must be
    /// all that was evaluated before the last of it.
    /// </summary>
    /// <param name="own">Names that the template declares, which would hide a local.</param>
    /// <param name="inPlace">The replacement without hoisting.</param>
    /// <param name="reason">Why there are no more.</param>
    public static IReadOnlyList<Hoisting> Candidates(
        Use use, ImmutableHashSet<string> own, StatementSyntax statement, ExpressionSyntax inPlace, Effects effects, LocalNames names, SemanticModel model, CancellationToken cancellationToken, out string? reason)
    {
        var found = new List<Hoisting>();
        var current = None with { Statement = statement };
        var pieces = use.Pieces.ToList();
        for (var i = 0; i < pieces.Count; i++)
        {
            if (effects.Of(pieces[i]) == Effect.None && (effects.IsConstant(pieces[i]) || (effects.MayRepeat(pieces[i]) && !EvaluationOrder.IsCaptured(i, inPlace))))
                continue;
            if ((reason = Obstacle(use, pieces[i], model, cancellationToken)) is not null)
                return found;

            var (type, wanted) = LocalOf(use, pieces[i], model, cancellationToken);
            var name = names.For(wanted, use.Node, current.Names.Values.Concat(own));
            current = current with
            {
                Names = current.Names.Add(i, name),
                Declarations = current.Declarations.Add($"{Display(type, model, use.Node.SpanStart)} {LocalNames.Escape(name)} = {pieces[i]};"),
            };
            found.Add(current);
        }

        reason = "its arguments cannot move ahead of the statement";
        return found;
    }

    /// <summary>The statement behind its declarations, as one block.</summary>
    public BlockSyntax Block(StatementSyntax statement) =>
        SyntaxFactory.Block(Declarations.Select(declaration => SyntaxFactory.ParseStatement(declaration)).Append(statement));

    /// <summary>Whether <paramref name="span"/> is the user's text that goes into a declaration as it is.</summary>
    public bool Keeps(TextSpan span, IReadOnlyList<ExpressionSyntax> pieces) => Names.Keys.Any(index => pieces[index].Span.Contains(span));

    /// <summary>Writes the declarations, in braces where the statement has no list of statements around it.</summary>
    public IEnumerable<TextChange> Changes()
    {
        if (Statement is null)
            yield break;

        var text = Statement.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(Statement.SpanStart);
        var indent = text.ToString(TextSpan.FromBounds(line.Start, Statement.SpanStart));
        var hasOwnLine = string.IsNullOrWhiteSpace(indent);
        var isListed = Statement.Parent is BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax;
        var lineEnd = line.EndIncludingLineBreak > line.End ? text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak))
            : line.LineNumber > 0 ? text.ToString(TextSpan.FromBounds(text.Lines[line.LineNumber - 1].End, line.Start)) : "\n";
        if (isListed || !hasOwnLine)
        {
            var separator = hasOwnLine ? lineEnd + indent : " ";
            yield return new TextChange(new TextSpan(Statement.SpanStart, 0), (isListed ? "" : "{ ") + string.Concat(Declarations.Select(declaration => declaration + separator)));
            if (!isListed)
                yield return new TextChange(new TextSpan(Statement.Span.End, 0), " }");
            yield break;
        }

        var outer = text.Lines.GetLineFromPosition(Statement.Parent!.SpanStart).ToString();
        outer = outer.Substring(0, outer.Length - outer.TrimStart(' ', '\t').Length);
        var last = text.Lines.GetLineFromPosition(Statement.Span.End);
        var end = Statement.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? last.End : Statement.Span.End;
        yield return new TextChange(new TextSpan(line.Start, 0), outer + "{" + lineEnd + string.Concat(Declarations.Select(declaration => indent + declaration + lineEnd)));
        yield return new TextChange(new TextSpan(end, 0), lineEnd + outer + "}");
    }

    private static string? Obstacle(Use use, ExpressionSyntax piece, SemanticModel model, CancellationToken cancellationToken)
    {
        if (piece.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None } || piece is RefExpressionSyntax)
            return "what is passed by reference cannot move into a local";
        if (piece.DescendantNodesAndSelf().Any(node => node is VariableDesignationSyntax))
            return "a variable that is declared in an argument would have another scope";
        if (piece.ContainsDirectives)
            return "a preprocessor directive stands in an argument";

        var (type, _) = LocalOf(use, piece, model, cancellationToken);
        if (type is null || !Substitution.CanCastTo(type) || type.IsRefLikeType)
            return "a local cannot have an argument's type";
        return piece == use.Receiver && !type.IsReferenceType ? "a copy of the receiver would not be the receiver" : null;
    }

    private static (ITypeSymbol Type, string Name) LocalOf(Use use, ExpressionSyntax piece, SemanticModel model, CancellationToken cancellationToken)
    {
        if (use.Arguments.FirstOrDefault(argument => argument.Values.Contains(piece)) is not { } argument || (piece == use.Receiver && !argument.Parameter.Type.IsReferenceType))
            return (model.GetTypeInfo(piece, cancellationToken).Type!.WithNullableAnnotation(NullableAnnotation.NotAnnotated), "receiver");

        var type = argument.IsExpanded && argument.Parameter.Type is IArrayTypeSymbol array ? array.ElementType : argument.Parameter.Type;
        return (type, argument.Parameter.Name);
    }

    private static string Display(ITypeSymbol type, SemanticModel model, int position)
    {
        var format = SymbolDisplayFormat.MinimallyQualifiedFormat;
        return type.ToMinimalDisplayString(model, position, model.GetNullableContext(position).AnnotationsEnabled()
            ? format.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier)
            : format.RemoveMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier));
    }
}
