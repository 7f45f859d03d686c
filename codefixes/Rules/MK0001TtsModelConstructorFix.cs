using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Rules;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0001: <c>new TtsModel(...)</c> becomes <c>TtsModel.LoadModel(...)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0001TtsModelConstructorFix() : MigrationCodeFix(RuleIds.TtsModelConstructor, order: 20, "Use LoadModel")
{
    internal override void Rewrite(FixContext fix)
    {
        var (node, action) = fix.Sites.First();
        var type = fix.Fact(MK0001TtsModelConstructorAnalyzer.TypeName);
        switch (node)
        {
            case BaseObjectCreationExpressionSyntax creation:
                Create(fix.Edits, creation, action, type);
                break;
            case InvocationExpressionSyntax registration:
                Register(fix.Edits, registration, type);
                break;
            case CrefSyntax cref:
                fix.Edits.Replace(cref.Span, type!);
                break;
        }
    }

    private static void Create(TextEdits edits, BaseObjectCreationExpressionSyntax creation, string action, string? type)
    {
        if (creation is ObjectCreationExpressionSyntax { Type: var written })
        {
            // The type keeps its text; what stands between 'new' and the type goes, but for comments.
            edits.Delete(SpanWithBlanks(edits.Text, creation.NewKeyword.Span));
            if (type is not null)
                edits.Replace(written.Span, type + ".LoadModel");
            else
                edits.Insert(written.Span.End, ".LoadModel");
        }
        else
        {
            edits.Replace(creation.NewKeyword.Span, type + ".LoadModel");
        }

        if (creation.Initializer is { } initializer)
        {
            var before = initializer.GetFirstToken().GetPreviousToken();
            edits.Replace(TextSpan.FromBounds(before.Span.End, initializer.Span.End), creation.ArgumentList is null ? "()" : "");
        }

        if (creation.ArgumentList is not { } arguments)
            return;

        if (action == MK0001TtsModelConstructorAnalyzer.CreatePositional)
            edits.Insert(arguments.Arguments[3].SpanStart, "null, ");
        else
            ArgumentMapper.Map(edits, arguments, MigrationMap.TtsModelFactory, nameAll: action == MK0001TtsModelConstructorAnalyzer.CreateNamed);
    }

    private static void Register(TextEdits edits, InvocationExpressionSyntax registration, string? type)
    {
        var types = ((GenericNameSyntax)registration.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
            .Last(name => name.Parent == registration.Expression || name == registration.Expression)).TypeArgumentList;
        var implementation = types.Arguments.Last();
        edits.Delete(types.Arguments.Count == 1 ? types.Span : TextSpan.FromBounds(types.Arguments[types.Arguments.Count - 2].Span.End, implementation.Span.End));
        edits.Insert(registration.ArgumentList.OpenParenToken.Span.End, $"_ => {type ?? implementation.ToString()}.LoadModel()");
    }

    private static TextSpan SpanWithBlanks(SourceText text, TextSpan span)
    {
        var end = span.End;
        while (end < text.Length && text[end] is ' ' or '\t')
            end++;
        return TextSpan.FromBounds(span.Start, end);
    }
}
