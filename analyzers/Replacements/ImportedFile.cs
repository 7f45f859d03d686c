using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>A file with <c>using</c> directives added, as the compiler sees it then.</summary>
/// <param name="Model">Of the file with the directives.</param>
/// <param name="Insertions">The directives, at places of the file as it is.</param>
internal sealed record ImportedFile(SemanticModel Model, ImmutableArray<TextChange> Insertions)
{
    public static ImportedFile Create(SemanticModel model, ImmutableArray<TextChange> insertions)
    {
        var tree = model.SyntaxTree.WithChangedText(model.SyntaxTree.GetText().WithChanges(insertions));
#pragma warning disable RS1030 // The driver has no model of a file that is not written yet; this happens once a file, for uses whose template imports something.
        return new ImportedFile(model.Compilation.ReplaceSyntaxTree(model.SyntaxTree, tree).GetSemanticModel(tree), insertions);
#pragma warning restore RS1030
    }

    /// <summary>The same node in the file with the directives.</summary>
    public SyntaxNode NodeAt(SyntaxNode node) =>
        Model.SyntaxTree.GetRoot().FindNode(new TextSpan(node.SpanStart + ShiftAt(node.SpanStart), node.Span.Length), getInnermostNodeForTie: false)
            .DescendantNodesAndSelf().First(same => same.RawKind == node.RawKind && same.Span.Length == node.Span.Length && same.SpanStart == node.SpanStart + ShiftAt(node.SpanStart));

    /// <summary>Changes of this file as changes of the file without the directives.</summary>
    public ImmutableArray<TextChange> Back(ImmutableArray<TextChange> changes, SyntaxNode use) =>
        changes.Select(change => new TextChange(new TextSpan(change.Span.Start - ShiftAt(use.SpanStart), change.Span.Length), change.NewText!)).ToImmutableArray();

    private int ShiftAt(int position) => Insertions.Where(insertion => insertion.Span.Start <= position).Sum(insertion => insertion.NewText!.Length);
}
