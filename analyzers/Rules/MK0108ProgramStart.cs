using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.Analyzers.Rules;

/// <summary>The start of a program, where <c>config.yaml</c> can be read.</summary>
internal sealed class ProgramStart(FileContext file)
{
    private readonly IMethodSymbol? _entry = file.Model.Compilation.Options.OutputKind is OutputKind.ConsoleApplication or OutputKind.WindowsApplication or OutputKind.WindowsRuntimeApplication
        ? file.Model.Compilation.GetEntryPoint(file.CancellationToken)
        : null;

    /// <summary>The body of <c>Main</c> around a node, or the file for top-level statements; <see langword="null"/> elsewhere.</summary>
    public SyntaxNode? BodyAround(SyntaxNode node)
    {
        if (_entry is null || VariablesInScope.StaticFunctionAround(node) is not null)
            return null;
        if (node.FirstAncestorOrSelf<GlobalStatementSyntax>() is { Parent: { } unit })
            return unit;

        return node.Ancestors().FirstOrDefault(ancestor => ancestor is BlockSyntax { Parent: MethodDeclarationSyntax }) is { Parent: { } method } body
            && SymbolEqualityComparer.Default.Equals(file.Model.GetDeclaredSymbol(method, file.CancellationToken), _entry)
                ? body
                : null;
    }

    /// <summary>Why a place without a configuration in scope cannot have one.</summary>
    public string WhyNot(SyntaxNode node) =>
        _entry is null ? "a library has no config.yaml of its own: take a 'VoiceForgeConfig' from the program, and this fix reads from it"
        : VariablesInScope.StaticFunctionAround(node) is not null ? "a static function cannot reach the configuration of the program: give it a 'VoiceForgeConfig', and this fix reads from it"
        : "only the start of the program reads config.yaml: hand a 'VoiceForgeConfig' over from there, and this fix reads from it";

    /// <summary>Creations of V1's streams, which pass on their sizes once they are V2's, and the constants that they name: one configuration serves these too.</summary>
    private IEnumerable<SyntaxNode> ReadersToCome(SyntaxNode body)
    {
        foreach (var name in file.Names.Uses("AudioStream").Where(name => body.Span.Contains(name.Span)))
        {
            if (name.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>() is not { ArgumentList.Arguments: { Count: > 2 } arguments } creation || !creation.Type.Span.Contains(name.Span))
                continue;

            yield return creation;
            foreach (var argument in arguments)
            {
                if (file.Model.GetSymbolInfo(argument.Expression, file.CancellationToken).Symbol is ILocalSymbol { IsConst: true } local
                    && local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(file.CancellationToken) is { } declared && body.Span.Contains(declared.Span))
                {
                    yield return declared;
                }
            }
        }
    }

    /// <summary>Where the configuration is declared that all of <paramref name="readers"/> use, and what it is called.</summary>
    public (string Name, SyntaxNode Anchor, string Action) Declare(SyntaxNode body, IReadOnlyList<SyntaxNode> readers)
    {
        readers = readers.Concat(ReadersToCome(body)).ToList();

        // A local function may be called before the statement of its first reader, and a jump may skip it.
        var isReachedLate = readers.All(reader => !reader.Ancestors().TakeWhile(node => node != body).Any(node => node is LocalFunctionStatementSyntax))
            && !body.DescendantNodes().Any(node => node is LabeledStatementSyntax);
        var anchor = isReachedLate
            ? Bodies.StatementIn(body, readers.OrderBy(reader => reader.SpanStart).First())!
            : body.ChildNodes().First(node => node is StatementSyntax or GlobalStatementSyntax);
        var name = VariablesInScope.UniqueName(file, "config", body, anchor.SpanStart);
        var type = file.Types.Find(KnownTypes.VoiceForgeConfig)!.ToMinimalDisplayString(file.Model, anchor.SpanStart);
        return (name, anchor, SwapActions.Of(SwapActions.Pool, "statement", $"var {name} = {type}.Load();"));
    }
}
