using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0001: <c>new TtsModel(...)</c> becomes <c>TtsModel.LoadModel(...)</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0001TtsModelConstructorAnalyzer() : MigrationAnalyzer(Rule)
{
    /// <summary>Replace the construction by the factory call.</summary>
    internal const string Create = "create";

    /// <summary>Replace <c>AddSingleton&lt;TtsModel&gt;()</c> and its kin by the factory form.</summary>
    internal const string Register = "register";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.TtsModelConstructor,
        title: "Load TtsModel with LoadModel",
        messageFormat: "Call 'TtsModel.LoadModel' instead of constructing 'TtsModel'{0}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.TtsModelConstructor));

    private protected override bool Applies(KnownTypes types) => types.PocketTts != LibraryState.Absent;

    private protected override void Analyze(FileContext file)
    {
        foreach (var name in file.Names.Uses("TtsModel"))
            AnalyzeMention(file, name);

        foreach (var creation in file.Names[CandidateNames.ImplicitNew].Cast<ImplicitObjectCreationExpressionSyntax>())
        {
            if (IsTtsModel(file.Model.GetTypeInfo(creation, file.CancellationToken).Type, file))
                ReportCreation(file, creation);
        }
    }

    private static void AnalyzeMention(FileContext file, SimpleNameSyntax name)
    {
        var type = (TypeSyntax)(name.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax ? name.Parent : name);
        if (!IsTtsModel(file.Bind(type) as ITypeSymbol, file))
            return;

        switch (type.Parent)
        {
            case ObjectCreationExpressionSyntax creation when creation.Type == type:
                ReportCreation(file, creation);
                break;
            case SimpleBaseTypeSyntax or PrimaryConstructorBaseTypeSyntax:
                file.Report(New(file).At(type.GetLocation(), Create).Manual("a subclass of TtsModel cannot be created by LoadModel"));
                break;
            case TypeOfExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } }
                when file.Bind(call.Expression) is IMethodSymbol { Name: "CreateInstance", ContainingType.Name: "Activator" }:
                file.Report(New(file).At(call.GetLocation(), Create).Manual("the constructor is called by reflection"));
                break;
            case TypeArgumentListSyntax { Arguments.Count: 1, Parent.Parent: MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0 } call } access }
                when access.Name.Identifier.ValueText is "AddSingleton" or "AddScoped" or "AddTransient"
                    && file.Bind(call) is IMethodSymbol { ContainingNamespace: var ns } && ns.ToDisplayString().StartsWith("Microsoft.Extensions.DependencyInjection", System.StringComparison.Ordinal):
                file.Report(New(file).At(call.GetLocation(), Register));
                break;
        }
    }

    private static void ReportCreation(FileContext file, BaseObjectCreationExpressionSyntax creation)
    {
        var finding = New(file).At(creation.GetLocation(), Create);
        if (creation.Initializer is not null)
            finding.Manual("a factory call cannot carry an object initializer");
        else if (creation.ArgumentList is null)
            finding.Manual("the construction has no argument list");
        else if (ExpressionTrees.Contain(creation, file.Model, file.CancellationToken))
            finding.Manual("an expression tree cannot hold a call with omitted or reordered arguments");

        if (creation is ImplicitObjectCreationExpressionSyntax)
            finding.With(Create, file.Types.Find(MigrationMap.TtsModel)!.ToMinimalDisplayString(file.Model, creation.SpanStart));

        file.Report(finding);
    }

    private static bool IsTtsModel(ITypeSymbol? type, FileContext file) =>
        SymbolEqualityComparer.Default.Equals(type, file.Types.Find(MigrationMap.TtsModel));

    private static Finding New(FileContext file) => new(Rule, MigrationMap.PocketTts, file.Types.PocketTts);
}
