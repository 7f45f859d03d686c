using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0003: the renamed methods of TtsModel, one row of <see cref="MigrationMap.RenamedMethods"/> each.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0003TtsMethodNameAnalyzer() : MigrationAnalyzer(Rule)
{
    /// <summary>Replace the identifier by the text behind the colon.</summary>
    internal const string Rename = "rename:";

    /// <summary>Put the text behind the colon before the method group.</summary>
    internal const string Cast = "cast:";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.TtsMethodName,
        title: "Use the new method names of TtsModel",
        messageFormat: "Use '{0}' instead of '{1}'{2}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.TtsMethodName));

    private protected override bool Applies(KnownTypes types) => types.PocketTts != LibraryState.Absent;

    private protected override ImmutableArray<string> Names => ImmutableArray.CreateRange(MigrationMap.RenamedMethods, row => row.Old);

    private protected override void Analyze(FileContext file)
    {
        foreach (var row in MigrationMap.RenamedMethods)
        {
            foreach (var name in file.Names.Uses(row.Old))
            {
                if (IsOldMethod(file, name, row))
                    Report(file, name, row);
            }
        }
    }

    private static bool IsOldMethod(FileContext file, SimpleNameSyntax name, RenamedMethod row)
    {
        if (name.Parent is NameColonSyntax or NameEqualsSyntax || SyntaxFacts.IsInTypeOnlyContext(name) || ForeignReceivers.Has(file, name))
            return false;

        var info = file.Model.GetSymbolInfo(name, file.CancellationToken);
        if (info.Symbol is { } symbol)
            return IsDeclaredBy(symbol, row, file);
        if (info.CandidateSymbols.Any(candidate => IsDeclaredBy(candidate, row, file)))
            return true;

        // An extension method that does not take these arguments leaves V1's own as the only meaning; a member of the same name does not.
        if (file.Types.PocketTts != LibraryState.S3 || info.CandidateSymbols.Any(candidate => candidate is not IMethodSymbol { ReducedFrom: not null }))
            return false;

        if (Subclasses.ReceiverOf(file, name, row.Type) is not null)
            return true;

        if (Receivers.Of(name) is not null)
            return file.Types.Is(file.ReceiverType(name), row.Type);

        if (name.Parent is NameMemberCrefSyntax)
            return name.FirstAncestorOrSelf<QualifiedCrefSyntax>() is { } cref && file.Types.Is(file.Bind(cref.Container) as ITypeSymbol, row.Type);

        return name.Parent is ExpressionSyntax or ArgumentSyntax or EqualsValueClauseSyntax
            && name.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            && file.Types.Is(file.Model.GetDeclaredSymbol(declaration, file.CancellationToken) as ITypeSymbol, row.Type);
    }

    private static bool IsDeclaredBy(ISymbol symbol, RenamedMethod row, FileContext file) =>
        symbol is IMethodSymbol { ReducedFrom: null } && SymbolEqualityComparer.Default.Equals(symbol.ContainingType, file.Types.Find(row.Type));

    private static void Report(FileContext file, SimpleNameSyntax name, RenamedMethod row)
    {
        var parameters = name.Parent is NameMemberCrefSyntax { Parameters: null } ? CrefParameters(file, row, name.SpanStart) : "";
        var finding = new Finding(Rule, MigrationMap.PocketTts, file.Types.PocketTts, row.New, row.Old).At(name.GetLocation(), Rename + row.New + parameters);

        if (Subclasses.ReceiverOf(file, name, row.Type) is { } subclass)
            finding.Manual($"'{subclass.Name}' derives from TtsModel, which V2 seals; hold a model instead of being one");
        else if (name.Ancestors().OfType<InvocationExpressionSyntax>().Any(IsNameOf))
            finding.Review("the string that 'nameof' gives at run time changes");
        else if (IsMethodGroup(name) && file.Types.PocketTts != LibraryState.S1)
            ConvertMethodGroup(file, finding, name, row);

        file.Report(finding);
    }

    private static bool IsMethodGroup(SimpleNameSyntax name) =>
        name.FirstAncestorOrSelf<CrefSyntax>() is null && (MethodGroups.ExpressionOf(name).Parent as InvocationExpressionSyntax)?.Expression != MethodGroups.ExpressionOf(name);

    /// <summary>The new names have overloads, so a method group that gave its type to a <c>var</c> or a type parameter needs a delegate type.</summary>
    private static void ConvertMethodGroup(FileContext file, Finding finding, SimpleNameSyntax name, RenamedMethod row)
    {
        var group = MethodGroups.ExpressionOf(name);
        if (MethodGroups.Binds(file, name, NewName, cast: null))
            return;

        if (Successor(file, row) is { } successor
            && file.Model.Compilation.GetTypeByMetadataName("System.Func`" + (successor.Parameters.Length + 1)) is { } function)
        {
            var types = successor.Parameters.Select(parameter => parameter.Type).Append(successor.ReturnType).ToArray();
            var cast = function.Construct(types).ToMinimalDisplayString(file.Model, name.SpanStart);
            if (MethodGroups.Binds(file, name, NewName, cast))
            {
                finding.At(group.GetLocation(), $"{Cast}({cast})");
                return;
            }
        }

        finding.Manual("the new name has overloads; give this method group a delegate type");

        string? NewName(SimpleNameSyntax mention) =>
            MigrationMap.RenamedMethods.FirstOrDefault(other => other.Old == mention.Identifier.ValueText && IsOldMethod(file, mention, other))?.New;
    }

    private static string CrefParameters(FileContext file, RenamedMethod row, int position) =>
        Successor(file, row) is { } successor
            ? $"({string.Join(", ", successor.Parameters.Select(parameter => parameter.Type.ToMinimalDisplayString(file.Model, position)))})"
            : "";

    /// <summary>The overload of the new name that takes what the old method took.</summary>
    private static IMethodSymbol? Successor(FileContext file, RenamedMethod row) =>
        file.Types.Find(row.Type)!.GetMembers(row.New).OfType<IMethodSymbol>()
            .FirstOrDefault(method => method.Parameters.Select(parameter => parameter.Name).SequenceEqual(row.Parameters.NewOrder));

    private static bool IsNameOf(InvocationExpressionSyntax invocation) =>
        invocation.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" };
}
