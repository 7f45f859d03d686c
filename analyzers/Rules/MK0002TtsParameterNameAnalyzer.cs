using System.Collections.Immutable;
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

    private static readonly SpecialType[] V1Types = { SpecialType.System_String, SpecialType.System_Double, SpecialType.System_Int32, SpecialType.System_Double };

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.TtsParameterName,
        title: "Use the new parameter names of TtsModel",
        messageFormat: "Pass '{0}' as '{1}'{2}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.TtsParameterName));

    private protected override bool Applies(KnownTypes types) => types.PocketTts is LibraryState.S2 or LibraryState.S3;

    private protected override ImmutableArray<string> Names => ImmutableArray.Create("LoadModel");

    private protected override void Analyze(FileContext file)
    {
        foreach (var name in file.Names.Uses("LoadModel"))
        {
            var callee = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? (ExpressionSyntax)access : name;
            if (callee.Parent is InvocationExpressionSyntax invocation && invocation.Expression == callee)
                AnalyzeCall(file, name, invocation);
            else
                AnalyzeMethodGroup(file, name, callee);
        }
    }

    private static void AnalyzeCall(FileContext file, SimpleNameSyntax name, InvocationExpressionSyntax invocation)
    {
        if (FindOldArgument(file, invocation.ArgumentList) is not { } found || !IsFactory(file, name, invocation))
            return;

        var finding = New(file, found.Old, found.New).At(found.Location, MapArguments).At(invocation.GetLocation(), "call");
        if (ExpressionTrees.Contain(invocation, file.Model, file.CancellationToken))
            finding.Manual("an expression tree cannot hold a call with named or omitted arguments");
        else if (!V1Arguments.Fit(invocation.ArgumentList, MigrationMap.TtsModelFactory))
            finding.Manual("the arguments mix the old and the new signature");
        file.Report(finding);
    }

    /// <summary>A delegate of V1's four parameters binds to the overload that keeps the old names; without it, to nothing.</summary>
    private static void AnalyzeMethodGroup(FileContext file, SimpleNameSyntax name, ExpressionSyntax callee)
    {
        if (callee.Parent is NameColonSyntax or NameEqualsSyntax or CrefSyntax || name.FirstAncestorOrSelf<AttributeSyntax>() is not null)
            return;

        var signature = MigrationMap.TtsModelFactory;
        var info = file.Model.GetSymbolInfo(name, file.CancellationToken);
        var isOld = info.Symbol is IMethodSymbol bound
            ? SymbolEqualityComparer.Default.Equals(bound.ContainingType, file.Types.Find(MigrationMap.TtsModel)) && bound.Parameters.Any(parameter => parameter.Name == signature.Old[2])
            : info.CandidateSymbols.Any(candidate => SymbolEqualityComparer.Default.Equals(candidate.ContainingType, file.Types.Find(MigrationMap.TtsModel)))
                && file.Model.GetTypeInfo(callee, file.CancellationToken).ConvertedType is INamedTypeSymbol { DelegateInvokeMethod.Parameters: var parameters }
                && parameters.Select(parameter => parameter.Type.SpecialType).SequenceEqual(V1Types);
        if (isOld)
            file.Report(New(file, signature.Old[2], signature.New[2]).At(callee.GetLocation(), MapArguments).Manual("no overload of LoadModel has the parameters of this delegate; write a lambda"));
    }

    private static bool IsFactory(FileContext file, SimpleNameSyntax name, InvocationExpressionSyntax invocation) =>
        file.Bind(invocation) is IMethodSymbol method
            ? SymbolEqualityComparer.Default.Equals(method.ContainingType, file.Types.Find(MigrationMap.TtsModel))
            : file.Types.Is(file.ReceiverType(name), MigrationMap.TtsModel);

    private static (Location Location, string Old, string New)? FindOldArgument(FileContext file, ArgumentListSyntax list)
    {
        var signature = MigrationMap.TtsModelFactory;
        var arguments = list.Arguments;
        foreach (var written in arguments.Select(argument => argument.NameColon?.Name).OfType<IdentifierNameSyntax>())
        {
            var index = signature.Old.IndexOf(written.Identifier.ValueText);
            if (index >= 0 && signature.New[index] != signature.Old[index])
                return (written.GetLocation(), signature.Old[index], signature.New[index]);
        }

        // What a plain rename of V1's constructor leaves behind: V1's fourth argument, now on noiseClamp, which is never negative.
        return arguments.Count == signature.Old.Length
            && arguments[3] is { NameColon: null, Expression: not LiteralExpressionSyntax and var last } // a literal has no sign
            && file.Model.GetConstantValue(last, file.CancellationToken) is { HasValue: true, Value: var value }
            && value is double and < 0 or float and < 0 or long and < 0 or int and < 0 or short and < 0 or sbyte and < 0
                ? (last.GetLocation(), last.ToString(), signature.New[3])
                : null;
    }

    private static Finding New(FileContext file, string old, string @new) => new(Rule, MigrationMap.PocketTts, file.Types.PocketTts, old, @new);
}
