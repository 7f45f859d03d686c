using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Analyzers.Replacements;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0901: a member that carries <c>[ReplaceWith]</c> is used.</summary>
/// <remarks>Costs one look-up a compilation where no assembly in sight defines the attribute.</remarks>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0901ReplaceWithAnalyzer : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.ReplaceWith,
        title: "Use the declared replacement",
        messageFormat: "Replace '{0}' by '{1}'{2}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.ReplaceWith));

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(Rule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSemanticModelAction(file =>
        {
            var names = ReplacedNames.Of(file.SemanticModel.Compilation, file.CancellationToken);
            if (!names.IsEmpty)
                Analyze(file, names);
        });
    }

    private static void Analyze(SemanticModelAnalysisContext file, ReplacedNames names)
    {
        var (model, cancellationToken) = (file.SemanticModel, file.CancellationToken);
        var (locals, imports) = (new LocalNames(model), new FileImports(model));
        foreach (var node in model.SyntaxTree.GetRoot(cancellationToken).DescendantNodes(descendIntoTrivia: true))
        {
            switch (node)
            {
                case SimpleNameSyntax name when names.Contains(name.Identifier.ValueText) && (Mentions.IsCref(name) || Mentions.IsNameOf(MethodGroups.ExpressionOf(name)))
                    && SymbolOf(name, model, cancellationToken) is { } symbol && ReplaceWithDeclaration.Of(symbol) is { IsConstructor: false } declaration:
                    ReportMention(file, name, declaration);
                    break;
                case SimpleNameSyntax name when names.Contains(name.Identifier.ValueText)
                    && SymbolOf(name, model, cancellationToken) is { } symbol && ReplaceWithDeclaration.Of(symbol) is { } declaration && !declaration.IsConstructor:
                    Report(file, locals, imports, name, declaration, Use.Of(name, symbol, model, cancellationToken));
                    break;
                case BaseObjectCreationExpressionSyntax creation when names.HasConstructors
                    && model.GetSymbolInfo(creation, cancellationToken).Symbol is { } constructor && ReplaceWithDeclaration.Of(constructor) is { } declaration:
                    Report(file, locals, imports, creation, declaration, Use.Of(creation, model, cancellationToken));
                    break;
                case ElementAccessExpressionSyntax or ElementBindingExpressionSyntax when names.HasIndexers
                    && model.GetSymbolInfo(node, cancellationToken).Symbol is IPropertySymbol indexer && ReplaceWithDeclaration.Of(indexer) is { } declaration:
                    Report(file, locals, imports, node, declaration, Use.OfIndexer((ExpressionSyntax)node, model, cancellationToken));
                    break;
                case ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax when names.HasConstructors
                    && model.GetSymbolInfo(node, cancellationToken).Symbol is { } constructor && ReplaceWithDeclaration.Of(constructor) is { } declaration:
                    Report(file, locals, imports, node, declaration, (null, "a constructor can only hand over to a constructor"));
                    break;
            }
        }
    }

    private static void Report(SemanticModelAnalysisContext file, LocalNames locals, FileImports imports, SyntaxNode shown, ReplaceWithDeclaration declaration, (Use? Use, string? Reason) found)
    {
        if (Template.Parse(declaration, (CSharpParseOptions)shown.SyntaxTree.Options).Template is not { } template || IsInside(file, shown, declaration.Member))
            return;

        var name = declaration.IsConstructor ? "new " + declaration.Member.ContainingType.Name : declaration.Member.Name;
        var finding = Finding.OfAnyLibrary(Rule, name, declaration.Text).At((shown as SimpleNameSyntax)?.Identifier.GetLocation() ?? shown.GetLocation(), "");
        if (found.Use is not { } use)
        {
            file.ReportDiagnostic(finding.Manual(found.Reason!).ToDiagnostic());
            return;
        }

        var plan = ReplacementPlan.Create(use, template, file.SemanticModel, locals, file.CancellationToken);
        if (plan.Calls.Any(call => IsInside(file, shown, call)))
            return;
        if (ReplacementCycle.LeadsBack(plan.Calls, declaration))
        {
            file.ReportDiagnostic(finding.Manual("the replacement leads back to the member itself").ToDiagnostic());
            return;
        }

        if (imports.For(template, use.Node, plan.Reason is not null) is { } imported && !plan.TakesNames && PlanIn(imported, shown, file) is { Reason: null, TakesNames: false } shorter)
        {
            plan = shorter;
            finding.With(Facts.Edits, ReplacementEdits.Write(imported.Back(plan.Changes, use.Node), shown.SpanStart)).With(Facts.Imports, ReplacementEdits.Write(imported.Insertions, shown.SpanStart));
        }
        else if (plan.Reason is { } reason)
            finding.Manual(reason);
        else
            finding.With(Facts.Edits, ReplacementEdits.Write(plan.Changes, shown.SpanStart));
        if (plan.Review is { } review)
            finding.Review(review);
        file.ReportDiagnostic(finding.ToDiagnostic());
    }

    /// <summary>What becomes of a use in the file with its directives; <see langword="null"/> when the use stands inside what would replace it.</summary>
    private static ReplacementPlan? PlanIn(ImportedFile imported, SyntaxNode shown, SemanticModelAnalysisContext file)
    {
        var (model, node) = (imported.Model, imported.NodeAt(shown));
        if (model.GetSymbolInfo(node, file.CancellationToken).Symbol is not { } symbol || ReplaceWithDeclaration.Of(symbol) is not { } declaration
            || Template.Parse(declaration, (CSharpParseOptions)node.SyntaxTree.Options).Template is not { } template)
        {
            return null;
        }

        var (use, _) = node switch
        {
            SimpleNameSyntax name => Use.Of(name, symbol, model, file.CancellationToken),
            BaseObjectCreationExpressionSyntax creation => Use.Of(creation, model, file.CancellationToken),
            ExpressionSyntax indexed => Use.OfIndexer(indexed, model, file.CancellationToken),
            _ => (null, null),
        };
        var plan = use is null ? null : ReplacementPlan.Create(use, template, model, new LocalNames(model), file.CancellationToken);
        return plan is null || plan.Calls.Any(call => IsInside(model, node, call, file.CancellationToken)) ? null : plan;
    }

    private static void ReportMention(SemanticModelAnalysisContext file, SimpleNameSyntax name, ReplaceWithDeclaration declaration)
    {
        if (Template.Parse(declaration, (CSharpParseOptions)name.SyntaxTree.Options).Template is not { } template || IsInside(file, name, declaration.Member))
            return;

        var (newName, reason) = Mentions.Rename(name, template, file.SemanticModel);
        if (newName is not null && Mentions.IsInDocumentationOf(name, newName, declaration.Member, file.SemanticModel, file.CancellationToken))
            return;

        var finding = Finding.OfAnyLibrary(Rule, declaration.Member.Name, declaration.Text).At(name.Identifier.GetLocation(), "");
        if (newName is null)
            finding.Manual(reason!);
        else
            finding.With(Facts.Edits, ReplacementEdits.Write(ImmutableArray.Create(new TextChange(name.Identifier.Span, LocalNames.Escape(newName))), name.SpanStart));
        if (!Mentions.IsCref(name))
            finding.Review("'nameof' gives another text when the program runs");
        file.ReportDiagnostic(finding.ToDiagnostic());
    }

    /// <summary>What a name means; in <c>nameof</c> a method's name means all of its overloads, of which the first speaks.</summary>
    private static ISymbol? SymbolOf(SimpleNameSyntax name, SemanticModel model, CancellationToken cancellationToken)
    {
        var info = model.GetSymbolInfo(name, cancellationToken);
        return info.Symbol ?? (info.CandidateReason == CandidateReason.MemberGroup ? info.CandidateSymbols.FirstOrDefault() : null);
    }

    /// <summary>Whether the use is part of <paramref name="member"/> or of an override of it: a replacement may be written with the old member, and the old one may call itself.</summary>
    private static bool IsInside(SemanticModelAnalysisContext file, SyntaxNode node, ISymbol member) => IsInside(file.SemanticModel, node, member, file.CancellationToken);

    private static bool IsInside(SemanticModel model, SyntaxNode node, ISymbol member, CancellationToken cancellationToken)
    {
        for (var symbol = model.GetEnclosingSymbol(node.SpanStart, cancellationToken); symbol is not null and not ITypeSymbol; symbol = symbol.ContainingSymbol)
        {
            for (var owner = (symbol as IMethodSymbol)?.AssociatedSymbol ?? symbol; owner is not null; owner = ReplaceWithDeclaration.Overridden(owner))
            {
                if (SymbolEqualityComparer.Default.Equals(owner.OriginalDefinition, ((member as IMethodSymbol)?.ReducedFrom ?? member).OriginalDefinition))
                    return true;
            }
        }

        return false;
    }
}
