using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Analyzers.Replacements;

namespace MigrationKit.Analyzers.Rules;

/// <summary>A call of Pocket TTS that blocks an async function although the library can be awaited.</summary>
/// <param name="Call">The call.</param>
/// <param name="Function">The async function around it; the file for top-level statements.</param>
/// <param name="Loop">The <c>foreach</c> over what the call gives; <see langword="null"/> for a call that is awaited itself.</param>
internal sealed record BlockingCall(InvocationExpressionSyntax Call, SimpleNameSyntax Name, SyntaxNode Function, ForEachStatementSyntax? Loop)
{
    private const string StreamMethod = "GenerateAudioStream";

    public static BlockingCall? TryCreate(FileContext file, SimpleNameSyntax name)
    {
        var callee = MethodGroups.ExpressionOf(name);
        if (callee.Parent is not InvocationExpressionSyntax call || call.Expression != callee
            || FunctionAround(call) is not { } function
            || file.Model.GetSymbolInfo(call, file.CancellationToken).Symbol is not IMethodSymbol method
            || !SymbolEqualityComparer.Default.Equals(method.ContainingType, file.Types.Find(MigrationMap.TtsModel))
            || method.ContainingType.GetMembers(method.Name + "Async").IsEmpty
            || method.Parameters.Any(parameter => MigrationMap.TtsModelFactory.Old.Contains(parameter.Name) && !MigrationMap.TtsModelFactory.New.Contains(parameter.Name)))
        {
            return null;
        }

        var loop = call.Parent is ForEachStatementSyntax forEach && forEach.Expression == call ? forEach : null;
        return new(call, name, function, loop);
    }

    /// <summary>Why nothing can be awaited there; <see langword="null"/> when it can.</summary>
    public string? Obstacle(FileContext file)
    {
        if (TemplateNames.Leading(Call) is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax)
            return "behind '?.' there is nothing to await when the model is null; check the model first";
        if (Name.Identifier.ValueText == StreamMethod && Loop is null)
            return "the blocks are used as a whole; go through them with 'foreach' first";
        if (Name.Identifier.ValueText != StreamMethod && Loop is not null && Loop.AwaitKeyword.IsKind(SyntaxKind.AwaitKeyword))
            return "the loop is awaited already";
        if (WhyNoAwait(file) is { } place)
            return place;
        if (RefLikeAround(file) is { } kept)
            return $"'{kept}' cannot be kept over an 'await'";
        return Binds(file) ? null : $"the arguments do not fit '{Name.Identifier.ValueText}Async'";
    }

    /// <summary>The token that the function was given to be cancelled with, or else the only one that it can name.</summary>
    public string? CancellationToken(FileContext file)
    {
        for (var function = (SyntaxNode?)Function; function is not null; function = function.Parent)
        {
            IEnumerable<ParameterSyntax> parameters = function switch
            {
                BaseMethodDeclarationSyntax method => method.ParameterList.Parameters,
                LocalFunctionStatementSyntax local => local.ParameterList.Parameters,
                ParenthesizedLambdaExpressionSyntax lambda => lambda.ParameterList.Parameters,
                AnonymousMethodExpressionSyntax { ParameterList: { } list } => list.Parameters,
                SimpleLambdaExpressionSyntax lambda => new[] { lambda.Parameter },
                _ => Enumerable.Empty<ParameterSyntax>(),
            };
            var tokens = parameters.Select(parameter => file.Model.GetDeclaredSymbol(parameter, file.CancellationToken)).OfType<IParameterSymbol>()
                .Where(parameter => parameter.RefKind == RefKind.None && parameter.Type.ToDisplayString() == "System.Threading.CancellationToken").ToList();
            if (tokens.Count > 0)
                return SyntaxFacts.GetKeywordKind(tokens[0].Name) == SyntaxKind.None ? tokens[0].Name : "@" + tokens[0].Name;
            if (function is MemberDeclarationSyntax and not GlobalStatementSyntax || VariablesInScope.StaticFunctionAround(Call) == function)
                break;
        }

        return VariablesInScope.OnlyToken(file, Call);
    }

    /// <summary>Whether all that the function awaits already leaves its context behind.</summary>
    public bool LeavesContext()
    {
        var awaits = Function.DescendantNodes().OfType<AwaitExpressionSyntax>().Where(node => FunctionAround(node) == Function).ToList();
        return awaits.Count > 0 && awaits.All(node => node.Expression is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" },
            ArgumentList.Arguments: { Count: 1 } arguments,
        } && arguments[0].Expression.IsKind(SyntaxKind.FalseLiteralExpression));
    }

    /// <summary>The async function whose body a node belongs to; <see langword="null"/> when that function is not async.</summary>
    private static SyntaxNode? FunctionAround(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case MethodDeclarationSyntax method:
                    return method.Modifiers.Any(SyntaxKind.AsyncKeyword) ? method : null;
                case LocalFunctionStatementSyntax local:
                    return local.Modifiers.Any(SyntaxKind.AsyncKeyword) ? local : null;
                case AnonymousFunctionExpressionSyntax lambda:
                    return lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword) ? lambda : null;
                case CompilationUnitSyntax unit when node.FirstAncestorOrSelf<GlobalStatementSyntax>() is not null:
                    return IsAsync(unit) ? unit : null;
                case MemberDeclarationSyntax and not GlobalStatementSyntax:
                    return null;
            }
        }

        return null;
    }

    /// <summary>Whether top-level statements await something themselves.</summary>
    private static bool IsAsync(CompilationUnitSyntax unit) =>
        unit.Members.OfType<GlobalStatementSyntax>()
            .SelectMany(member => member.DescendantNodes(node => node is not (LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax)))
            .Any(node => node is AwaitExpressionSyntax or ForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } or LocalDeclarationStatementSyntax { AwaitKeyword.RawKind: not 0 });

    private string? WhyNoAwait(FileContext file)
    {
        SyntaxNode previous = Call;
        foreach (var ancestor in Call.Ancestors())
        {
            var reason = ancestor switch
            {
                LockStatementSyntax locked when locked.Statement == previous => "nothing can be awaited inside a 'lock'",
                CatchFilterClauseSyntax => "nothing can be awaited in a filter of 'catch'",
                UnsafeStatementSyntax or FixedStatementSyntax => "nothing can be awaited in unsafe code",
                QueryExpressionSyntax => "nothing can be awaited inside a query",
                MemberDeclarationSyntax member and not GlobalStatementSyntax when member.Modifiers.Any(SyntaxKind.UnsafeKeyword) => "nothing can be awaited in unsafe code",
                LocalFunctionStatementSyntax local when local.Modifiers.Any(SyntaxKind.UnsafeKeyword) => "nothing can be awaited in unsafe code",
                _ => null,
            };
            if (reason is not null)
                return reason;
            previous = ancestor;
            // An async lambda inside a lock or a query has a body of its own, unsafe code includes it.
            if (ancestor == Function && !Function.Ancestors().Any(outer => outer is UnsafeStatementSyntax || outer is MemberDeclarationSyntax member && member.Modifiers.Any(SyntaxKind.UnsafeKeyword)))
                return ExpressionTrees.Contain(Call, file.Model, file.CancellationToken) ? "an expression tree cannot await" : null;
        }

        return null;
    }

    /// <summary>A span or reference that is there before the call and used after it.</summary>
    private string? RefLikeAround(FileContext file)
    {
        var awaited = Loop is null ? Call : (SyntaxNode)Loop;
        if (HeldAround(file, awaited) is { } held)
            return held.ToString();

        var statement = Call.FirstAncestorOrSelf<StatementSyntax>();
        var start = Loop is null && statement is not null ? statement.SpanStart : awaited.SpanStart;
        var isRepeated = awaited.Ancestors().TakeWhile(node => node != Function).Any(node => node is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax);
        foreach (var name in Function.DescendantNodes().OfType<IdentifierNameSyntax>().Where(name => isRepeated || name.SpanStart >= start))
        {
            if (file.Model.GetSymbolInfo(name, file.CancellationToken).Symbol is { } symbol && IsRefLike(symbol) && symbol.DeclaringSyntaxReferences.All(declared => declared.Span.Start < awaited.SpanStart))
                return symbol.Name;
        }

        // What the statement has computed so far must survive the call, too.
        return statement?.DescendantNodes().OfType<ExpressionSyntax>()
            .FirstOrDefault(part => part.SpanStart <= Call.SpanStart && !part.Contains(Call) && !Call.Contains(part) && (IsRefLike(file, part) || IsReference(file, part)))
            ?.ToString();
    }

    /// <summary>A span that a loop around the call goes through, or an object on the stack that is disposed of after it.</summary>
    private SyntaxNode? HeldAround(FileContext file, SyntaxNode awaited)
    {
        foreach (var node in awaited.Ancestors().TakeWhile(node => node != Function))
        {
            SyntaxNode? held = node switch
            {
                CommonForEachStatementSyntax loop when loop.Statement.Contains(awaited) && (IsRefLike(file, loop.Expression) || file.Model.GetForEachStatementInfo(loop).GetEnumeratorMethod?.ReturnType.IsRefLikeType == true) => loop.Expression,
                UsingStatementSyntax { Expression: { } resource } used when used.Statement.Contains(awaited) && IsRefLike(file, resource) => resource,
                UsingStatementSyntax { Declaration: { } declared } used when used.Statement.Contains(awaited) && IsRefLike(file, declared.Type) => declared,
                BlockSyntax block => block.Statements.OfType<LocalDeclarationStatementSyntax>().FirstOrDefault(local => local.UsingKeyword.RawKind != 0 && local.Span.End <= awaited.SpanStart && IsRefLike(file, local.Declaration.Type))?.Declaration,
                _ => null,
            };
            if (held is not null)
                return held;
        }

        return null;
    }

    private static bool IsRefLike(FileContext file, ExpressionSyntax expression) =>
        file.Model.GetTypeInfo(expression, file.CancellationToken) is { Type.IsRefLikeType: true } or { ConvertedType.IsRefLikeType: true };

    /// <summary>Whether a call gives a reference, which the statement may write through.</summary>
    private static bool IsReference(FileContext file, ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax or ElementAccessExpressionSyntax or SimpleNameSyntax or MemberAccessExpressionSyntax
        && file.Model.GetSymbolInfo(expression, file.CancellationToken).Symbol is IMethodSymbol { RefKind: not RefKind.None } or IPropertySymbol { RefKind: not RefKind.None };

    private static bool IsRefLike(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.IsRef || local.Type.IsRefLikeType,
        IParameterSymbol parameter => parameter.Type.IsRefLikeType && !parameter.DeclaringSyntaxReferences.IsEmpty,
        _ => false,
    };

    private bool Binds(FileContext file)
    {
        var name = SyntaxFactory.IdentifierName(Name.Identifier.ValueText + "Async");
        var arguments = CancellationToken(file) is { } token
            ? Call.ArgumentList.AddArguments(SyntaxFactory.ParseArgumentList($"(cancellationToken: {token})").Arguments[0])
            : Call.ArgumentList;
        var changed = Call.ReplaceNodes(new SyntaxNode[] { Name, Call.ArgumentList }, (node, _) => node == Name ? name.WithTriviaFrom(Name) : arguments);
        return file.Model.GetSpeculativeSymbolInfo(Call.SpanStart, changed, SpeculativeBindingOption.BindAsExpression).Symbol is IMethodSymbol { ReturnsVoid: false };
    }
}
