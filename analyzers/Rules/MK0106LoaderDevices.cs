using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Rules;

/// <summary>Finds out which device a loader was created for, as far as the file says.</summary>
internal static class LoaderDevices
{
    private const string Default = "cuda";

    /// <returns>The device, or <see langword="null"/> when it is not a constant of this file.</returns>
    public static string? Of(FileContext file, ExpressionSyntax loader) => Strip(loader) switch
    {
        BaseObjectCreationExpressionSyntax creation => OfCreation(file, creation),
        var expression when file.Bind(expression) is { } symbol && IsAssignedOnce(file, symbol) => InitialValue(file, symbol) is BaseObjectCreationExpressionSyntax creation
            ? OfCreation(file, creation)
            : null,
        _ => null,
    };

    /// <summary>Whether reading the expression twice gives the same loader.</summary>
    public static bool IsStable(FileContext file, ExpressionSyntax loader) =>
        Strip(loader) is IdentifierNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax }
        && file.Bind(Strip(loader)) is { } symbol
        && IsAssignedOnce(file, symbol);

    private static ExpressionSyntax Strip(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => Strip(parenthesized.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => Strip(suppressed.Operand),
        _ => expression,
    };

    private static string? OfCreation(FileContext file, BaseObjectCreationExpressionSyntax creation)
    {
        if (!SymbolEqualityComparer.Default.Equals(file.Model.GetTypeInfo(creation, file.CancellationToken).Type, file.Types.Find(KnownTypes.ModelLoader)))
            return null;

        var argument = creation.ArgumentList?.Arguments.FirstOrDefault();
        return argument is null ? Default : file.Model.GetConstantValue(argument.Expression, file.CancellationToken).Value as string;
    }

    private static bool IsAssignedOnce(FileContext file, ISymbol symbol) => symbol switch
    {
        IFieldSymbol field => field.IsReadOnly,
        IPropertySymbol { IsReadOnly: true } property => property.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(file.CancellationToken) is PropertyDeclarationSyntax { ExpressionBody: null, AccessorList: { } list } && list.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null)),
        ILocalSymbol or IParameterSymbol { RefKind: RefKind.None } => !IsReassigned(file, symbol),
        _ => false,
    };

    private static bool IsReassigned(FileContext file, ISymbol symbol)
    {
        var writes = file.Model.SyntaxTree.GetRoot(file.CancellationToken).DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(name => name.Identifier.ValueText == symbol.Name
                && (name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name
                    || name.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not 0 } or RefExpressionSyntax
                    || name.Parent is ArgumentSyntax { Parent: TupleExpressionSyntax }))
            .Where(name => SymbolEqualityComparer.Default.Equals(file.Bind(name), symbol))
            .ToList();

        // A declaration without a value gets it later, once.
        var isDeclaredEmpty = symbol is ILocalSymbol && symbol.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(file.CancellationToken) is VariableDeclaratorSyntax { Initializer: null });
        return writes.Count > (isDeclaredEmpty ? 1 : 0);
    }

    private static ExpressionSyntax? InitialValue(FileContext file, ISymbol symbol)
    {
        var declared = symbol.DeclaringSyntaxReferences.FirstOrDefault();
        if (declared is null || declared.SyntaxTree != file.Model.SyntaxTree)
            return null;

        var initializer = declared.GetSyntax(file.CancellationToken) switch
        {
            VariableDeclaratorSyntax variable => variable.Initializer,
            PropertyDeclarationSyntax property => property.Initializer,
            _ => null,
        };
        if (initializer is not null)
            return initializer.Value;

        var assigned = declared.SyntaxTree.GetRoot(file.CancellationToken).DescendantNodes().OfType<AssignmentExpressionSyntax>()
            .Where(assignment => assignment.IsKind(SyntaxKind.SimpleAssignmentExpression)
                && (assignment.Left as SimpleNameSyntax ?? (assignment.Left as MemberAccessExpressionSyntax)?.Name)?.Identifier.ValueText == symbol.Name
                && SymbolEqualityComparer.Default.Equals(file.Bind(assignment.Left), symbol))
            .ToList();
        return assigned.Count == 1 ? assigned[0].Right : null;
    }
}
