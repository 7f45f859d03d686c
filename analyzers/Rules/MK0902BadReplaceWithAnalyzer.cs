using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Replacements;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0902: a <c>[ReplaceWith]</c> template that nobody could use.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0902BadReplaceWithAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.BadReplaceWith,
        title: "Repair the [ReplaceWith] template",
        messageFormat: "Repair the template '{0}': {1}{2}",
        RuleCategories.Migration,
        DiagnosticSeverity.Error,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.BadReplaceWith));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSemanticModelAction(file =>
        {
            if (ReplacedNames.Of(file.SemanticModel.Compilation, file.CancellationToken).IsAttributeVisible)
                Analyze(file);
        });
    }

    private static void Analyze(SemanticModelAnalysisContext file)
    {
        var (model, cancellationToken) = (file.SemanticModel, file.CancellationToken);
        foreach (var attribute in model.SyntaxTree.GetRoot(cancellationToken).DescendantNodes().OfType<AttributeSyntax>())
        {
            if (!ReplaceWithDeclaration.IsReplaceWith(model.GetSymbolInfo(attribute, cancellationToken).Symbol?.ContainingType))
                continue;

            var owner = OwnerOf(attribute, model);
            var data = owner?.GetAttributes().FirstOrDefault(data => data.ApplicationSyntaxReference is { } written && written.SyntaxTree == attribute.SyntaxTree && written.Span == attribute.Span);
            if (owner is not null && data is not null && ReplaceWithDeclaration.Read(owner, data) is { } declaration && FindError(declaration, attribute, file) is { } error)
                file.ReportDiagnostic(Finding.OfAnyLibrary(Rule, declaration.Text, error).At(attribute.GetLocation(), "").Manual(error).ToDiagnostic());
        }
    }

    private static ISymbol? OwnerOf(AttributeSyntax attribute, SemanticModel model) => attribute.Parent switch
    {
        AttributeListSyntax { Target.Identifier.RawKind: (int)SyntaxKind.MethodKeyword, Parent: TypeDeclarationSyntax type } =>
            (model.GetDeclaredSymbol(type) as INamedTypeSymbol)?.InstanceConstructors.FirstOrDefault(constructor => constructor.DeclaringSyntaxReferences.Any(written => written.Span == type.Span)),
        AttributeListSyntax { Parent: BaseFieldDeclarationSyntax fields } => model.GetDeclaredSymbol(fields.Declaration.Variables[0]),
        AttributeListSyntax { Parent: { } member } => model.GetDeclaredSymbol(member),
        _ => null,
    };

    private static string? FindError(ReplaceWithDeclaration declaration, AttributeSyntax attribute, SemanticModelAnalysisContext file)
    {
        var isKnown = declaration.Member is IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.Constructor } or IPropertySymbol or IFieldSymbol;
        if (!isKnown)
            return "only methods, constructors, properties, indexers and fields can have a replacement";

        var (template, error) = Template.Parse(declaration, (CSharpParseOptions)attribute.SyntaxTree.Options);
        if (template is null)
            return error;

        var member = attribute.Parent!.Parent!;
        if (DeclaredTemplate.FindError(template, member, file.SemanticModel, file.CancellationToken) is not { } unbound)
            return null;

        // Extension methods of an imported namespace bind where the directive stands.
        return new FileImports(file.SemanticModel).For(template, member, isStuck: true) is { } imported
            && DeclaredTemplate.FindError(template, imported.NodeAt(member), imported.Model, file.CancellationToken) is null
                ? null
                : unbound;
    }
}
