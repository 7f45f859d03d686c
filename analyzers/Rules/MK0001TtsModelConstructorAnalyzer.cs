using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0001: <c>new TtsModel(...)</c> becomes <c>TtsModel.LoadModel(...)</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0001TtsModelConstructorAnalyzer() : MigrationAnalyzer(Rule)
{
    /// <summary>Replace the construction by the factory call.</summary>
    internal const string Create = "create";

    /// <summary>As <see cref="Create"/>, with every argument named: the first one alone does not tell the factory's overloads apart.</summary>
    internal const string CreateNamed = "create-named";

    /// <summary>As <see cref="Create"/>, with every V2 parameter given by position, as an expression tree needs it.</summary>
    internal const string CreatePositional = "create-positional";

    /// <summary>Replace <c>AddSingleton&lt;TtsModel&gt;()</c> and its kin by the factory form.</summary>
    internal const string Register = "register";

    /// <summary>Replace the text of a <c>cref</c> to the constructor.</summary>
    internal const string Cref = "cref";

    /// <summary>The fact that holds what stands before <c>.LoadModel</c>, where that is not the type as it is written.</summary>
    internal const string TypeName = "type";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.TtsModelConstructor,
        title: "Load TtsModel with LoadModel",
        messageFormat: "Call 'TtsModel.LoadModel' instead of constructing 'TtsModel'{0}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.TtsModelConstructor));

    private protected override bool Applies(KnownTypes types) => types.PocketTts != LibraryState.Absent;

    private protected override ImmutableArray<string> Names => ImmutableArray.Create("TtsModel", CandidateNames.ImplicitNew);

    private protected override void Analyze(FileContext file)
    {
        foreach (var name in file.Names.Uses("TtsModel"))
            AnalyzeMention(file, name);

        foreach (var creation in file.Names.ImplicitCreations("TtsModel"))
        {
            if (IsTtsModel(file.Model.GetTypeInfo(creation, file.CancellationToken).Type, file))
                ReportCreation(file, creation);
        }
    }

    private static void AnalyzeMention(FileContext file, SimpleNameSyntax name)
    {
        if (name.Parent is NameMemberCrefSyntax { Parameters: not null } cref)
        {
            AnalyzeCref(file, cref);
            return;
        }

        var type = (TypeSyntax)(name.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax ? name.Parent : name);
        if (type.Parent is not (ObjectCreationExpressionSyntax or BaseTypeSyntax or TypeOfExpressionSyntax or TypeArgumentListSyntax) || !IsTtsModel(file.Bind(type) as ITypeSymbol, file))
            return;

        switch (type.Parent)
        {
            case ObjectCreationExpressionSyntax creation when creation.Type == type:
                ReportCreation(file, creation);
                break;
            case SimpleBaseTypeSyntax or PrimaryConstructorBaseTypeSyntax:
                file.Report(New(file).At(type.GetLocation(), Create).Manual("a subclass of TtsModel cannot be created by LoadModel"));
                break;
            case TypeOfExpressionSyntax { Parent: ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } }:
                AnalyzeRuntimeType(file, call);
                break;
            case TypeArgumentListSyntax { Parent: GenericNameSyntax { Parent.Parent: InvocationExpressionSyntax call } generic } arguments
                when arguments.Arguments.Last() == type && call.Expression.DescendantNodesAndSelf().Contains(generic):
                AnalyzeGenericCall(file, call, generic, type);
                break;
        }
    }

    private static void ReportCreation(FileContext file, BaseObjectCreationExpressionSyntax creation)
    {
        var arguments = creation.ArgumentList?.Arguments ?? default;
        var isInTree = ExpressionTrees.Contain(creation, file.Model, file.CancellationToken);
        var isWhole = arguments.Count == MigrationMap.TtsModelFactory.Old.Length && arguments.All(argument => argument.NameColon is null);
        var isUntyped = arguments.Count > 0 && arguments[0] is { NameColon: null, Expression: var first } && V1Arguments.IsUntyped(first);

        var finding = New(file).At(creation.GetLocation(), isInTree ? CreatePositional : isUntyped ? CreateNamed : Create);
        if (creation.Initializer is { } initializer && (initializer.Expressions.Count > 0 || HasComment(initializer)))
            finding.Manual("a factory call cannot carry an object initializer");
        else if (isInTree && !isWhole)
            finding.Manual("an expression tree cannot hold a call with omitted or named arguments");
        else if (creation.ArgumentList is { } list && !V1Arguments.Fit(list, MigrationMap.TtsModelFactory))
            finding.Manual("the arguments are not those of the old constructor");
        else if (arguments.Any(argument => file.Model.GetTypeInfo(argument.Expression, file.CancellationToken).Type?.TypeKind == TypeKind.Dynamic))
            finding.Manual("with a dynamic argument the result of a method would be dynamic too");

        WriteType(file, finding, creation, (creation as ObjectCreationExpressionSyntax)?.Type.ToString());
        file.Report(finding);
    }

    private static void AnalyzeRuntimeType(FileContext file, InvocationExpressionSyntax call)
    {
        if (file.Bind(call) is not IMethodSymbol method)
            return;

        if (Containers.IsActivation(method))
            file.Report(New(file).At(call.GetLocation(), Create).Manual("the constructor is called by reflection"));
        else if ((Containers.IsRegistration(method) || Containers.IsOfOtherContainer(method)) && call.ArgumentList.Arguments.Last().Expression is TypeOfExpressionSyntax)
            file.Report(New(file).At(call.GetLocation(), Register).Manual("the container calls the constructor by reflection; register a factory that calls LoadModel"));
    }

    private static void AnalyzeGenericCall(FileContext file, InvocationExpressionSyntax call, GenericNameSyntax generic, TypeSyntax type)
    {
        if (file.Bind(call) is not IMethodSymbol method)
            return;

        if (Containers.IsActivation(method))
        {
            file.Report(New(file).At(call.GetLocation(), Create).Manual("the constructor is called by reflection"));
        }
        else if (Containers.IsOfOtherContainer(method))
        {
            file.Report(New(file).At(call.GetLocation(), Register).Manual("the container calls the constructor by reflection; register a factory that calls LoadModel"));
        }
        else if (Containers.IsRegistration(method) && !call.ArgumentList.Arguments.Any(argument => argument.Expression is AnonymousFunctionExpressionSyntax))
        {
            var finding = New(file).At(call.GetLocation(), Register);
            if (call.ArgumentList.Arguments.Count > 0 || HasComment(generic))
                finding.Manual("the container calls the constructor; register a factory that calls LoadModel");
            WriteType(file, finding, call, type.ToString());
            file.Report(finding);
        }
    }

    private static void AnalyzeCref(FileContext file, NameMemberCrefSyntax cref)
    {
        var container = (cref.Parent as QualifiedCrefSyntax)?.Container;
        var isOld = file.Bind(cref) is IMethodSymbol method
            ? method.MethodKind == MethodKind.Constructor && IsTtsModel(method.ContainingType, file)
            : container is not null
                ? IsTtsModel(file.Bind(container) as ITypeSymbol, file)
                : file.Types.PocketTts == LibraryState.S3 && file.Model.LookupNamespacesAndTypes(cref.SpanStart, name: cref.Name.ToString()).Any(symbol => IsTtsModel(symbol as ITypeSymbol, file));
        if (isOld)
        {
            const string factory = "LoadModel(string, double, int, double?, double)";
            file.Report(New(file).At(cref.GetLocation(), Cref).With(TypeName, container is null ? cref.Name + "." + factory : factory));
        }
    }

    /// <summary>Finds a name of the type that means it where a member, a local or another type of the same name stands in the way.</summary>
    private static void WriteType(FileContext file, Finding finding, SyntaxNode place, string? written)
    {
        if (file.Types.PocketTts == LibraryState.S1 || (written is not null && Binds(written)))
            return;

        var type = file.Types.Find(MigrationMap.TtsModel)!;
        var shortest = type.ToMinimalDisplayString(file.Model, place.SpanStart);
        finding.With(TypeName, Binds(shortest) ? shortest : Binds(MigrationMap.TtsModel) ? MigrationMap.TtsModel : "global::" + MigrationMap.TtsModel);

        bool Binds(string text) =>
            !place.Ancestors().OfType<VariableDeclaratorSyntax>().Any(variable => variable.Identifier.Text == text && variable.Parent is VariableDeclarationSyntax { Type.IsVar: true })
            && file.Model.GetSpeculativeSymbolInfo(place.SpanStart, SyntaxFactory.ParseExpression(text + ".LoadModel()"), SpeculativeBindingOption.BindAsExpression)
                .Symbol is IMethodSymbol { ContainingType: var containing } && IsTtsModel(containing, file);
    }

    private static bool HasComment(SyntaxNode node) =>
        node.DescendantTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));

    private static bool IsTtsModel(ITypeSymbol? type, FileContext file) =>
        SymbolEqualityComparer.Default.Equals(type, file.Types.Find(MigrationMap.TtsModel));

    private static Finding New(FileContext file) => new(Rule, MigrationMap.PocketTts, file.Types.PocketTts);
}
