using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0002: <c>steps:</c> and <c>eos:</c> on a TtsModel factory get their new names.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0002TtsParameterNameAnalyzer() : MigrationAnalyzer(Rule)
{
    /// <summary>Map all arguments of the call as V1's, by V1's parameter order.</summary>
    internal const string MapArguments = "map";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.TtsParameterName,
        title: "Use the new parameter names of TtsModel",
        messageFormat: "Pass '{0}' as '{1}'{2}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.TtsParameterName));

    private protected override bool Applies(KnownTypes types) => types.PocketTts is LibraryState.S2 or LibraryState.S3;

    private protected override void Analyze(FileContext file)
    {
        foreach (var name in file.Names.Uses("LoadModel"))
        {
            if (name.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax invocation } access && invocation.Expression == access)
                Analyze(file, name, invocation);
            else if (name.Parent is InvocationExpressionSyntax bare && bare.Expression == name)
                Analyze(file, name, bare);
        }
    }

    private static void Analyze(FileContext file, SimpleNameSyntax name, InvocationExpressionSyntax invocation)
    {
        if (FindOldArgument(file, invocation.ArgumentList) is not { } found || !IsFactory(file, name, invocation))
            return;

        var finding = new Finding(Rule, MigrationMap.PocketTts, file.Types.PocketTts, found.Old, found.New)
            .At(found.Location, MapArguments)
            .At(invocation.GetLocation(), "call");
        if (ExpressionTrees.Contain(invocation, file.Model, file.CancellationToken))
            finding.Manual("an expression tree cannot hold a call with reordered arguments");
        file.Report(finding);
    }

    private static bool IsFactory(FileContext file, SimpleNameSyntax name, InvocationExpressionSyntax invocation) =>
        file.Bind(invocation) is IMethodSymbol method
            ? file.Types.Is(method.ContainingType, MigrationMap.TtsModel)
            : file.Types.Is(file.ReceiverType(name), MigrationMap.TtsModel);

    private static (Location Location, string Old, string New)? FindOldArgument(FileContext file, ArgumentListSyntax arguments)
    {
        var signature = MigrationMap.TtsModelFactory;
        foreach (var written in arguments.Arguments.Select(argument => argument.NameColon?.Name).OfType<IdentifierNameSyntax>())
        {
            var index = signature.Old.IndexOf(written.Identifier.ValueText);
            if (index >= 0 && signature.New[index] != signature.Old[index])
                return (written.GetLocation(), signature.Old[index], signature.New[index]);
        }

        // What a plain rename of V1's constructor leaves behind: V1's fourth argument, now on noiseClamp, which is never negative.
        if (arguments.Arguments.Count == signature.Old.Length
            && arguments.Arguments.All(argument => argument.NameColon is null)
            && arguments.Arguments[3].Expression is var last
            && file.Model.GetConstantValue(last, file.CancellationToken) is { HasValue: true, Value: var value }
            && value is double and < 0 or float and < 0 or int and < 0)
        {
            return (last.GetLocation(), last.ToString(), signature.New[3]);
        }

        return null;
    }
}
