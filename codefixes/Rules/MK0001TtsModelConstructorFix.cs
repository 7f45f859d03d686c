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
        var (node, _) = fix.Sites.First();
        switch (node)
        {
            case ObjectCreationExpressionSyntax creation:
                // The type keeps its text; what stands between 'new' and the type goes, but for comments.
                fix.Edits.Delete(SpanWithBlanks(fix.Edits.Text, creation.NewKeyword.Span));
                fix.Edits.Insert(creation.Type.Span.End, ".LoadModel");
                ArgumentMapper.Map(fix.Edits, creation.ArgumentList!, MigrationMap.TtsModelFactory);
                break;
            case ImplicitObjectCreationExpressionSyntax creation:
                fix.Edits.Replace(creation.NewKeyword.Span, fix.Fact(MK0001TtsModelConstructorAnalyzer.Create) + ".LoadModel");
                ArgumentMapper.Map(fix.Edits, creation.ArgumentList, MigrationMap.TtsModelFactory);
                break;
            case InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name: GenericNameSyntax name } } registration:
                fix.Edits.Delete(name.TypeArgumentList.Span);
                fix.Edits.Insert(registration.ArgumentList.OpenParenToken.Span.End, $"_ => {name.TypeArgumentList.Arguments[0]}.LoadModel()");
                break;
        }
    }

    private static TextSpan SpanWithBlanks(SourceText text, TextSpan span)
    {
        var end = span.End;
        while (end < text.Length && text[end] is ' ' or '\t')
            end++;
        return TextSpan.FromBounds(span.Start, end);
    }
}
