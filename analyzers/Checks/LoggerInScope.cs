using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Finds a logger of Microsoft.Extensions.Logging that code at a place can call.</summary>
internal static class LoggerInScope
{
    private const string Namespace = "Microsoft.Extensions.Logging";

    /// <param name="isConstructor">Whether the object is still being built: then its fields and properties may be null.</param>
    /// <returns>The logger's name, local variables first; <see langword="null"/> without one whose <c>LogError</c> binds there.</returns>
    public static string? Find(FileContext file, ExpressionSyntax at, bool isConstructor)
    {
        var isStatic = file.Model.GetEnclosingSymbol(at.SpanStart, file.CancellationToken) is { IsStatic: true };
        return file.Model.LookupSymbols(at.SpanStart)
            .Where(symbol => symbol.CanBeReferencedByName && IsLogger(TypeOf(symbol)))
            .Where(symbol => symbol switch
            {
                ILocalSymbol => IsAssigned(file, at, symbol),
                IParameterSymbol { RefKind: RefKind.Out } => false,
                IFieldSymbol or IPropertySymbol => symbol.IsStatic || (!isConstructor && !isStatic),
                _ => true,
            })
            .OrderBy(symbol => symbol switch { ILocalSymbol => 0, IParameterSymbol => 1, IFieldSymbol => 2, _ => 3 })
            .ThenBy(symbol => symbol.Name, System.StringComparer.Ordinal)
            .Select(symbol => SyntaxFacts.GetKeywordKind(symbol.Name) == SyntaxKind.None ? symbol.Name : "@" + symbol.Name)
            .FirstOrDefault(name => BindsLogError(file, at, name));
    }

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol { GetMethod: not null, Parameters.IsEmpty: true } property => property.Type,
        _ => null,
    };

    private static bool IsLogger(ITypeSymbol? type) =>
        type is not null
        && type.NullableAnnotation != NullableAnnotation.Annotated
        && type.AllInterfaces.Append(type).Any(candidate => candidate is { Name: "ILogger" } && candidate.ContainingNamespace?.ToDisplayString() == Namespace);

    private static bool IsAssigned(FileContext file, ExpressionSyntax at, ISymbol local) =>
        file.Model.AnalyzeDataFlow(at) is { Succeeded: true } flow
        && flow.DefinitelyAssignedOnEntry.Contains(local, SymbolEqualityComparer.Default);

    private static bool BindsLogError(FileContext file, ExpressionSyntax at, string logger)
    {
        var call = SyntaxFactory.ParseExpression($"{logger}.LogError(\"\")");
        return file.Model.GetSpeculativeSymbolInfo(at.SpanStart, call, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol method
            && method.ContainingNamespace.ToDisplayString() == Namespace;
    }
}
