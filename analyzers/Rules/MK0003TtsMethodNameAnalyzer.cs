using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0003: the renamed methods of TtsModel, one row of <see cref="MigrationMap.RenamedMethods"/> each.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0003TtsMethodNameAnalyzer() : MigrationAnalyzer(Rule)
{
    /// <summary>Replace the identifier by the text behind the colon.</summary>
    internal const string Rename = "rename:";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.TtsMethodName,
        title: "Use the new method names of TtsModel",
        messageFormat: "Use '{0}' instead of '{1}'{2}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.TtsMethodName));

    private protected override bool Applies(KnownTypes types) => types.PocketTts != LibraryState.Absent;

    private protected override void Analyze(FileContext file)
    {
        foreach (var row in MigrationMap.RenamedMethods)
        {
            foreach (var name in file.Names.Uses(row.Old))
            {
                if (IsOldMethod(file, name, row))
                    Report(file, name, row);
            }
        }
    }

    private static bool IsOldMethod(FileContext file, SimpleNameSyntax name, RenamedMethod row)
    {
        if (name.Parent is NameColonSyntax or NameEqualsSyntax)
            return false;

        if (file.Bind(name) is { } symbol)
            return symbol is IMethodSymbol method && file.Types.Is(method.ReducedFrom is null ? method.ContainingType : null, row.Type);

        if (file.Types.PocketTts != LibraryState.S3)
            return false;

        if (Receivers.Of(name) is not null)
            return file.Types.Is(file.ReceiverType(name), row.Type);

        if (name.Parent is QualifiedCrefSyntax or NameMemberCrefSyntax)
            return IsOldCref(file, name, row);

        return name.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            && file.Types.Is(file.Model.GetDeclaredSymbol(declaration, file.CancellationToken) as ITypeSymbol, row.Type);
    }

    private static bool IsOldCref(FileContext file, SimpleNameSyntax name, RenamedMethod row) =>
        name.FirstAncestorOrSelf<QualifiedCrefSyntax>() is { } cref && file.Types.Is(file.Bind(cref.Container) as ITypeSymbol, row.Type);

    private static void Report(FileContext file, SimpleNameSyntax name, RenamedMethod row)
    {
        var isBareCref = name.Parent is NameMemberCrefSyntax { Parameters: null };
        var finding = new Finding(Rule, MigrationMap.PocketTts, file.Types.PocketTts, row.New, row.Old)
            .At(name.GetLocation(), Rename + row.New + (isBareCref ? row.CrefParameters : ""));
        if (name.Ancestors().OfType<InvocationExpressionSyntax>().Any(IsNameOf))
            finding.Review("the string that 'nameof' gives at run time changes");
        file.Report(finding);
    }

    private static bool IsNameOf(InvocationExpressionSyntax invocation) =>
        invocation.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" };
}
