using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Analyzers;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0002: the arguments of a TtsModel factory are mapped to their V2 parameters.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0002TtsParameterNameFix() : MigrationCodeFix(RuleIds.TtsParameterName, order: 30, "Use the new parameter names")
{
    internal override void Rewrite(FixContext fix)
    {
        var call = (InvocationExpressionSyntax)fix.Sites.Last().Node;
        ArgumentMapper.Map(fix.Edits, call.ArgumentList, MigrationMap.TtsModelFactory);
    }
}
