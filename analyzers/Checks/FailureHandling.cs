using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>What is done where a checked call fails: the statements that a person would write at that place.</summary>
/// <param name="EndsWithReturn">Whether the top-level statements need a <c>return 0;</c> at their end.</param>
/// <param name="Reason">Why the result needs a look; <see langword="null"/> when it does not.</param>
internal sealed record FailureHandling(ImmutableArray<string> Statements, bool EndsWithReturn, string? Reason)
{
    /// <summary>Keeps the first reason.</summary>
    public FailureHandling With(string? reason) => Reason is null ? this with { Reason = reason } : this;

    /// <summary>V1 threw, so a library goes on throwing.</summary>
    public static FailureHandling Throw(FileContext file, SyntaxNode at, CheckedMethod method) =>
        Of($"throw new {NameOf(file, at, "System.InvalidOperationException")}({Literal(method)});");

    /// <summary>The handling for a call that stands in a statement or in the expression body of a function.</summary>
    public static FailureHandling For(FileContext file, ExpressionSyntax call, CheckedMethod method)
    {
        SyntaxNode? function = null;
        foreach (var node in call.Ancestors())
        {
            // What V1 threw reached this handler, and so must V2's failure.
            if (node is BlockSyntax { Parent: TryStatementSyntax handled } && handled.Block == node && handled.Catches.Any(clause => CatchesFailure(file, clause)))
                return Throw(file, call, method);

            if (node is FinallyClauseSyntax)
                return Of(Log(file, call, method, isConstructor: false)).With("throwing in 'finally' would hide another exception, so the failure is only logged");

            if (node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or MemberDeclarationSyntax)
            {
                function = node;
                break;
            }
        }

        return function switch
        {
            ConstructorDeclarationSyntax => Of(Log(file, call, method, isConstructor: true))
                .With("throwing in a constructor would leave resources undisposed, so the failure is only logged"),
            DestructorDeclarationSyntax => Of(Log(file, call, method, isConstructor: false))
                .With("throwing in a finalizer ends the process, so the failure is only logged"),
            MethodDeclarationSyntax { Identifier.ValueText: "Dispose" or "DisposeAsync" or "DisposeAsyncCore" } => Of(Log(file, call, method, isConstructor: false))
                .With("'Dispose' must not throw, so the failure is only logged"),
            MethodDeclarationSyntax declaration => ForMethod(file, call, method, declaration),
            GlobalStatementSyntax statement => ForTopLevel(file, call, method, (CompilationUnitSyntax)statement.Parent!),
            _ => Throw(file, call, method),
        };
    }

    private static bool CatchesFailure(FileContext file, CatchClauseSyntax clause)
    {
        if (clause.Declaration is not { Type: var written })
            return true;

        var caught = file.Model.GetTypeInfo(written, file.CancellationToken).Type;
        for (var thrown = file.Model.Compilation.GetTypeByMetadataName("System.InvalidOperationException"); thrown is not null; thrown = thrown.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(thrown, caught))
                return true;
        }

        return false;
    }

    private static FailureHandling ForMethod(FileContext file, ExpressionSyntax call, CheckedMethod method, MethodDeclarationSyntax declaration)
    {
        if (file.Model.GetDeclaredSymbol(declaration, file.CancellationToken) is not { } symbol)
            return Throw(file, call, method);

        var returnsBool = symbol.ReturnType.SpecialType == SpecialType.System_Boolean;
        if (returnsBool && symbol.Name == method.Name && symbol.IsOverride)
            return Of("return false;");

        var isMain = symbol is { IsStatic: true, Name: "Main" };
        if (isMain && (symbol.ReturnType.SpecialType == SpecialType.System_Int32 || symbol is { IsAsync: true, ReturnType: INamedTypeSymbol { Name: "Task", Arity: 1 } }))
            return Of(Log(file, call, method, isConstructor: false), "return 1;");

        return isMain && (symbol.ReturnsVoid || symbol is { IsAsync: true, ReturnType.Name: "Task" })
            ? Of(Log(file, call, method, isConstructor: false), ExitCode(file, call), "return;")
            : Throw(file, call, method);
    }

    private static FailureHandling ForTopLevel(FileContext file, ExpressionSyntax call, CheckedMethod method, CompilationUnitSyntax unit)
    {
        var log = Log(file, call, method, isConstructor: false);
        var statements = unit.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement).ToList();
        var returns = statements
            .SelectMany(statement => statement.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
            .OfType<ReturnStatementSyntax>()
            .ToList();
        if (returns.Any(statement => statement.Expression is null))
            return Of(log, ExitCode(file, call), "return;");

        var last = statements.LastOrDefault(statement => statement is not LocalFunctionStatementSyntax);
        var endIsReachable = returns.Count == 0 && last is not null && file.Model.AnalyzeControlFlow(last) is { Succeeded: true, EndPointIsReachable: true };
        return Of(log, "return 1;") with { EndsWithReturn = endIsReachable };
    }

    private static string Log(FileContext file, ExpressionSyntax call, CheckedMethod method, bool isConstructor) =>
        LoggerInScope.Find(file, call, isConstructor) is { } logger
            ? $"{logger}.LogError({Literal(method)});"
            : $"{NameOf(file, call, "System.Console")}.Error.WriteLine({Literal(method)});";

    private static string ExitCode(FileContext file, SyntaxNode at) => $"{NameOf(file, at, "System.Environment")}.ExitCode = 1;";

    private static string NameOf(FileContext file, SyntaxNode at, string metadataName) =>
        file.Model.Compilation.GetTypeByMetadataName(metadataName)?.ToMinimalDisplayString(file.Model, at.SpanStart) ?? "global::" + metadataName;

    private static string Literal(CheckedMethod method) => SymbolDisplay.FormatLiteral(method.Message, quote: true);

    private static FailureHandling Of(params string[] statements) => new(statements.ToImmutableArray(), EndsWithReturn: false, Reason: null);
}
