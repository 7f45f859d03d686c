using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Finds mentions that would not compile with the new type's name: it has another shape, or stands there already.</summary>
internal static class SwapClashes
{
    public static void Judge(FileContext file, SwapGroup group, SimpleNameSyntax mention, RenamedType row)
    {
        var type = SwapSites.WrittenType(mention);
        if (type.Parent is TypeArgumentListSyntax { Parent: GenericNameSyntax generic } arguments && IsBounded(file, generic, arguments.Arguments.IndexOf((TypeSyntax)type), row))
            group.Manual($"'{row.NewName}' does not fit a type constraint on '{row.OldName}'");
        else if (type.Parent is ParameterSyntax parameter && HasOverload(file, parameter, row))
            group.Manual($"there is an overload for '{row.NewName}' already");
        else if (type.Parent is ParameterSyntax { Parent.Parent: MethodDeclarationSyntax extension } first && first.Modifiers.Any(modifier => modifier.ValueText == "this")
            && file.Types.Find(row.New)?.GetMembers(extension.Identifier.ValueText).IsEmpty == false)
            group.Manual($"'{row.NewName}' has a member '{extension.Identifier.ValueText}', which would win over this extension");
        else if (type.Parent is RecursivePatternSyntax { PropertyPatternClause.Subpatterns: var subpatterns } && subpatterns.FirstOrDefault(IsMissing) is { } missing)
            group.Manual($"the pattern asks for '{missing.NameColon!.Name}', which '{row.NewName}' does not have");
        else if (type.Ancestors().FirstOrDefault(node => node is SwitchStatementSyntax or SwitchExpressionSyntax or StatementSyntax or MemberDeclarationSyntax) is { } choice
            && IsTested(file, choice, type, row))
            group.Manual($"another arm tests for '{row.NewName}' already");

        bool IsMissing(SubpatternSyntax pattern) =>
            pattern.NameColon is { Name.Identifier.ValueText: var member } && file.Types.Find(row.New)?.GetMembers(member).IsEmpty == true;
    }

    private static bool IsBounded(FileContext file, GenericNameSyntax generic, int position, RenamedType row)
    {
        var parameters = file.Bind(generic) switch
        {
            INamedTypeSymbol named => named.TypeParameters,
            IMethodSymbol method => method.TypeParameters,
            _ => default,
        };
        return !parameters.IsDefault && position < parameters.Length
            && parameters[position].ConstraintTypes.Any(bound => file.Types.IsOld(bound, row, file.Model, generic.SpanStart));
    }

    private static bool HasOverload(FileContext file, ParameterSyntax parameter, RenamedType row)
    {
        if (file.Model.GetDeclaredSymbol(parameter, file.CancellationToken)?.ContainingSymbol is not IMethodSymbol { ContainingType: { } type } method)
            return false;

        // The other part of a partial member has the same types before, too: it changes along.
        return type.GetMembers(method.Name).OfType<IMethodSymbol>().Any(other =>
            other.Parameters.Length == method.Parameters.Length
            && other.Parameters.Zip(method.Parameters, (theirs, ours) => (Theirs: theirs.Type, Ours: ours.Type)).ToList() is var pairs
            && pairs.All(pair => SymbolEqualityComparer.Default.Equals(pair.Theirs, pair.Ours) || IsSwapped(pair.Theirs, pair.Ours))
            && pairs.Any(pair => IsSwapped(pair.Theirs, pair.Ours)));

        bool IsSwapped(ITypeSymbol theirs, ITypeSymbol ours) =>
            file.Types.IsOld(ours, row, file.Model, parameter.SpanStart) && SymbolEqualityComparer.Default.Equals(theirs, file.Types.Find(row.New));
    }

    private static bool IsTested(FileContext file, SyntaxNode choice, SyntaxNode type, RenamedType row)
    {
        var patterns = choice switch
        {
            SwitchStatementSyntax statement => statement.Sections.SelectMany(section => section.Labels).OfType<CasePatternSwitchLabelSyntax>().Select(label => (SyntaxNode)label.Pattern)
                .Concat(statement.Sections.SelectMany(section => section.Labels).OfType<CaseSwitchLabelSyntax>().Select(label => (SyntaxNode)label.Value)).ToList(),
            SwitchExpressionSyntax expression => expression.Arms.Select(arm => (SyntaxNode)arm.Pattern).ToList(),
            _ => new(),
        };
        return patterns.Any(pattern => pattern.Span.Contains(type.Span))
            && patterns.SelectMany(pattern => pattern.DescendantNodesAndSelf()).OfType<SimpleNameSyntax>()
                .Any(name => name.Identifier.ValueText == row.NewName && SymbolEqualityComparer.Default.Equals(file.Bind(name), file.Types.Find(row.New)));
    }
}
