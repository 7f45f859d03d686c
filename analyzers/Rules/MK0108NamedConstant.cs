using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Rules;

/// <summary>What becomes of a constant that names a setting: a local one reads the setting, a private field is replaced by it.</summary>
/// <param name="Obstacle">Why neither can be; the rest then says nothing.</param>
/// <param name="Local">The declaration of a local constant, which becomes a variable.</param>
/// <param name="Field">The declaration of a field that nothing needs any more.</param>
/// <param name="Remark">What a person should know about a field that is kept.</param>
internal sealed record NamedConstant(string? Obstacle, LocalDeclarationStatementSyntax? Local = null, FieldDeclarationSyntax? Field = null, string? Remark = null)
{
    public static NamedConstant Of(FileContext file, ISymbol constant, IReadOnlyCollection<HardCodedSetting> settings)
    {
        var first = settings.First();
        if (settings.FirstOrDefault(setting => setting.Row.Key != first.Row.Key) is { } other)
            return new($"'{constant.Name}' stands for '{first.Row.Key}' and '{other.Row.Key}'");
        if (constant.DeclaringSyntaxReferences.IsEmpty || constant.DeclaringSyntaxReferences[0].GetSyntax(file.CancellationToken) is not VariableDeclaratorSyntax declarator)
            return new($"'{constant.Name}' is a constant of another assembly, whose other users would not follow config.yaml");

        return constant is ILocalSymbol local ? OfLocal(file, local, declarator, first.Type) : OfField(file, constant, declarator, settings);
    }

    private static NamedConstant OfLocal(FileContext file, ILocalSymbol local, VariableDeclaratorSyntax declarator, ITypeSymbol type)
    {
        if (declarator.Parent?.Parent is not LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } statement)
            return new($"'{local.Name}' is declared together with others; give it a statement of its own");
        if (!SymbolEqualityComparer.Default.Equals(local.Type, type))
            return new($"'{local.Name}' is no '{type.ToDisplayString()}', which the setting is");

        foreach (var use in UsesOf(file, local, statement.SyntaxTree.GetRoot(file.CancellationToken)))
        {
            if (NeedsConstant(file, use))
                return new($"'{local.Name}' must stay a constant for line {LineOf(use)}");
            if (use.SpanStart < statement.SpanStart || use.Ancestors().TakeWhile(node => node != statement.Parent).Any(node => node is LocalFunctionStatementSyntax))
                return new($"a local function uses '{local.Name}' in line {LineOf(use)}: it could run before config.yaml is read; give it the value as a parameter");
            if (VariablesInScope.StaticFunctionAround(use) is { } function && !function.Span.Contains(statement.Span))
                return new($"a static function uses '{local.Name}' in line {LineOf(use)}, which only a constant can be");
        }

        return new(null, Local: statement);
    }

    private static NamedConstant OfField(FileContext file, ISymbol field, VariableDeclaratorSyntax declarator, IReadOnlyCollection<HardCodedSetting> settings)
    {
        if (field.DeclaredAccessibility != Accessibility.Private || field.ContainingType.DeclaringSyntaxReferences.Length > 1 || declarator.SyntaxTree != file.Model.SyntaxTree)
            return new($"'{field.Name}' can be used in other places, which would not follow config.yaml");

        if (declarator.Parent?.Parent is not FieldDeclarationSyntax { Parent: TypeDeclarationSyntax type } declaration)
            return new($"'{field.Name}' is no field of a class");

        foreach (var use in UsesOf(file, field, type))
        {
            if (NeedsConstant(file, use))
                return new($"'{field.Name}' must stay a constant for line {LineOf(use)}");
            if (!settings.Any(setting => setting.Expression.Span.Contains(use.Span)))
                return new($"'{field.Name}' is used in line {LineOf(use)} too, which would not follow config.yaml");
        }

        var isPlain = declaration.Declaration.Variables.Count == 1
            && declaration.AttributeLists.Count == 0
            && type.Members.Count > 1
            && declaration.GetLeadingTrivia().Concat(declaration.GetTrailingTrivia()).All(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            && !declaration.DescendantTrivia().Any(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));
        return isPlain ? new(null, Field: declaration) : new(null, Remark: $"nothing uses '{field.Name}' any more; it stays for what is written beside it");
    }

    private static IEnumerable<IdentifierNameSyntax> UsesOf(FileContext file, ISymbol symbol, SyntaxNode scope) =>
        scope.DescendantNodes(descendIntoTrivia: true).OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == symbol.Name && SymbolEqualityComparer.Default.Equals(file.Bind(name), symbol));

    /// <summary>Whether the language demands a constant there, or converts one where it would not convert a variable.</summary>
    private static bool NeedsConstant(FileContext file, SyntaxNode use)
    {
        for (var node = use; node is not (null or StatementSyntax or MemberDeclarationSyntax); node = node.Parent)
        {
            var isDemanded = node is AttributeArgumentSyntax or PatternSyntax or SwitchLabelSyntax
                or EqualsValueClauseSyntax { Parent: ParameterSyntax or EnumMemberDeclarationSyntax }
                or EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: LocalDeclarationStatementSyntax { IsConst: true } } }
                or EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } }
                or ArrayRankSpecifierSyntax { Parent.Parent: ArrayCreationExpressionSyntax { Initializer: not null } }
                or ArrayRankSpecifierSyntax { Parent.Parent: StackAllocArrayCreationExpressionSyntax { Initializer: not null } };
            if (isDemanded || node is ExpressionSyntax expression && IsNarrowed(file, expression))
                return true;
        }

        return false;
    }

    private static bool IsNarrowed(FileContext file, ExpressionSyntax expression)
    {
        var info = file.Model.GetTypeInfo(expression, file.CancellationToken);
        return info is { Type: { } type, ConvertedType: { } converted }
            && !SymbolEqualityComparer.Default.Equals(type, converted)
            && file.Model.GetConstantValue(expression, file.CancellationToken).HasValue
            && !file.Model.Compilation.ClassifyConversion(type, converted).IsImplicit;
    }

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
