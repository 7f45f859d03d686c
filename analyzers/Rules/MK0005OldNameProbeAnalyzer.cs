using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0005: code that asks at run time which names Pocket TTS has, by reflection, by version or by exception.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0005OldNameProbeAnalyzer() : MigrationAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.OldNameProbe,
        title: "Do not probe for the old Pocket TTS names",
        messageFormat: "{0}{1}",
        RuleCategories.Migration,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.OldNameProbe));

    private protected override bool Applies(KnownTypes types) => types.PocketTts != LibraryState.Absent;

    private protected override ImmutableArray<string> Names => CandidateNames.MissingMemberExceptions.Add("TtsModel");

    private protected override void Analyze(FileContext file)
    {
        foreach (var typeOf in file.Names["TtsModel"].Select(TypeOfAround).Where(node => node is not null))
        {
            if (IsTtsModel(file, file.Model.GetTypeInfo(typeOf!.Type, file.CancellationToken).Type))
                AnalyzeReflection(file, typeOf);
        }

        var tries = CandidateNames.MissingMemberExceptions.SelectMany(file.Names.Uses)
            .Where(name => file.Bind(name) is ITypeSymbol { ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } })
            .Select(name => (Name: name, Clause: name.Ancestors().TakeWhile(node => node is not BlockSyntax).OfType<CatchClauseSyntax>().FirstOrDefault()))
            .Where(item => item.Clause is not null);
        foreach (var (name, clause) in tries)
        {
            if (UsesTtsModel(file, ((TryStatementSyntax)clause.Parent!).Block) && UsesTtsModel(file, clause.Block))
                Report(file, name, "Remove the fallback to the old names of 'TtsModel': one of the two ways is dead", "only a person knows which way is meant");
        }
    }

    private static TypeOfExpressionSyntax? TypeOfAround(SyntaxNode name) =>
        name.Ancestors().TakeWhile(node => node is NameSyntax or TypeOfExpressionSyntax).OfType<TypeOfExpressionSyntax>().FirstOrDefault();

    private static bool IsTtsModel(FileContext file, ITypeSymbol? type) =>
        SymbolEqualityComparer.Default.Equals(type, file.Types.Find(MigrationMap.TtsModel));

    /// <summary>Looks at what is asked of the type: <c>typeof(TtsModel).GetMethod(...)</c> and so on.</summary>
    private static void AnalyzeReflection(FileContext file, TypeOfExpressionSyntax typeOf)
    {
        if (typeOf.Parent is not MemberAccessExpressionSyntax asked || asked.Expression != typeOf)
            return;

        if (asked is { Name.Identifier.ValueText: "Assembly", Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetName", Parent: InvocationExpressionSyntax
            { Parent: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Version" } version } } })
        {
            Report(file, version, "Do not ask for the version of Pocket TTS: after the migration only one is left", "only a person knows what depends on the version");
            return;
        }

        if (asked.Parent is not InvocationExpressionSyntax call)
            return;

        var isList = asked.Name.Identifier.ValueText is "GetMethods" or "GetMembers" or "GetRuntimeMethods";
        SyntaxNode searched = isList ? ChainFrom(call) : call.ArgumentList;
        foreach (var value in searched.DescendantNodes(node => isList || node is not (InvocationExpressionSyntax or AnonymousFunctionExpressionSyntax)).OfType<ExpressionSyntax>())
        {
            if (OldNameIn(file, value) is { } row)
                ReportName(file, call, value, row, isList);
        }
    }

    private static RenamedMethod? OldNameIn(FileContext file, ExpressionSyntax value) =>
        value is LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax
        && !(value.Parent is MemberAccessExpressionSyntax access && access.Name == value)
        && file.Model.GetConstantValue(value, file.CancellationToken).Value is string name
            ? MigrationMap.RenamedMethods.FirstOrDefault(row => row.Old == name)
            : null;

    private static void ReportName(FileContext file, InvocationExpressionSyntax call, ExpressionSyntax value, RenamedMethod row, bool isList)
    {
        var newText = value is LiteralExpressionSyntax literal ? literal.Token.Text.Replace(row.Old, row.New) : "";
        var finding = new Finding(Rule, MigrationMap.PocketTts, file.Types.PocketTts, $"Look for '{row.New}' instead of '{row.Old}' in 'TtsModel'").At(value.GetLocation(), newText);
        if (isList || file.Bind(call) is not IMethodSymbol { Name: "GetMethod" or "GetRuntimeMethod" } method)
            finding.Manual("only a person knows what the code does with the members it finds");
        else if (!TakesTypes(method, call))
            finding.Manual("the new name has overloads: say which one by its parameter types");
        else if (!newText.Contains(row.New))
            finding.Manual("the name stands in a constant that other code may use");
        else
            finding.Review("the name is looked up at run time, where no compiler checks it");
        file.Report(finding);
    }

    /// <summary>Whether the call says which overload it looks for.</summary>
    private static bool TakesTypes(IMethodSymbol method, InvocationExpressionSyntax call) =>
        method.Parameters.Any(parameter => parameter.Type is IArrayTypeSymbol { ElementType: { Name: "Type", ContainingNamespace.Name: "System" } })
        && !call.ArgumentList.Arguments.Any(argument => argument.Expression is LiteralExpressionSyntax { Token.ValueText: "null" });

    /// <summary>The call with the calls made on its result: <c>GetMethods().Any(...)</c>.</summary>
    private static ExpressionSyntax ChainFrom(ExpressionSyntax call)
    {
        while (call.Parent is MemberAccessExpressionSyntax access && access.Expression == call || call.Parent is InvocationExpressionSyntax invocation && invocation.Expression == call)
            call = (ExpressionSyntax)call.Parent;
        return call;
    }

    private static bool UsesTtsModel(FileContext file, BlockSyntax block) => block.DescendantNodes().Any(node => node switch
    {
        BaseObjectCreationExpressionSyntax creation => IsTtsModel(file, file.Model.GetTypeInfo(creation, file.CancellationToken).Type),
        SimpleNameSyntax { Parent: MemberAccessExpressionSyntax or MemberBindingExpressionSyntax } name => IsProbed(name.Identifier.ValueText) && IsTtsModel(file, file.ReceiverType(name)),
        _ => false,
    });

    private static bool IsProbed(string member) =>
        member == "LoadModel" || MigrationMap.RenamedMethods.Any(row => row.Old == member || row.New == member);

    private static void Report(FileContext file, SyntaxNode node, string message, string reason) =>
        file.Report(new Finding(Rule, MigrationMap.PocketTts, file.Types.PocketTts, message).At(node.GetLocation(), "").Manual(reason));
}
