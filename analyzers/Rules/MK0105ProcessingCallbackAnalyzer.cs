using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Callbacks;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0105: a processing callback returns a finite block of its input's length from every path.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0105ProcessingCallbackAnalyzer() : MigrationAnalyzer(Rule)
{
    /// <summary>Return the text behind the colon instead.</summary>
    internal const string Replace = "replace:";

    /// <summary>Make the array as long as the text behind the colon says.</summary>
    internal const string Resize = "resize:";

    /// <summary>Return the text behind the colon when the value is null.</summary>
    internal const string Coalesce = "coalesce:";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.ProcessingCallback,
        title: "Return a valid block from every path of a processing callback",
        messageFormat: "Return a block as long as the input here: this one {0}{1}",
        RuleCategories.Migration,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.ProcessingCallback));

    private protected override bool Applies(KnownTypes types) => types.VoiceForge != LibraryState.Absent;

    private protected override ImmutableArray<string> Names => ImmutableArray.Create("SetProcessingCallback");

    private protected override void Analyze(FileContext file)
    {
        var seen = new HashSet<SyntaxNode>();
        foreach (var name in file.MemberUses("SetProcessingCallback"))
        {
            if (MethodGroups.ExpressionOf(name).Parent is not InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } || !StreamMembers.IsMethodOfStream(file, name))
                continue;

            foreach (var function in CallbackFunction.Of(file, arguments[0].Expression).Where(function => seen.Add(function.Body)))
                Analyze(file, function);
        }
    }

    private static void Analyze(FileContext file, CallbackFunction function)
    {
        var defects = new BlockDefects(file, function);
        foreach (var value in ReturnedValues.Of(function))
        {
            var defect = defects.Of(value);
            if (defect != BlockDefect.None && !InputTests.GuardAlone(file, function, value))
                Report(file, function, value, defect);
        }
    }

    private static void Report(FileContext file, CallbackFunction function, ExpressionSyntax value, BlockDefect defect)
    {
        var length = function.ParameterName + ".Length";
        var action = defect == BlockDefect.MaybeNull ? $"{Coalesce}new float[{length}]"
            : value is ArrayCreationExpressionSyntax { Initializer: null } ? Resize + length
            : $"{Replace}new float[{length}]";
        var finding = new Finding(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge, Describe(defect)).At(value.GetLocation(), action);

        if (ReasonForNoFix(file, function, value, defect) is { } reason)
            finding.Manual(reason);
        else
            finding.Review("this path returns silence: whether it should sound is for a person to say");
        file.Report(finding);
    }

    private static string Describe(BlockDefect defect) => defect switch
    {
        BlockDefect.Null => "is null",
        BlockDefect.MaybeNull => "can be null",
        BlockDefect.NotFinite => "is not finite",
        _ => "can have another length",
    };

    private static string? ReasonForNoFix(FileContext file, CallbackFunction function, ExpressionSyntax value, BlockDefect defect)
    {
        if (function.ParameterName is not { } name)
            return "the parameter of the callback has no name to take the length from";
        if (file.Model.GetDeclaredSymbol(function.Parameter!, file.CancellationToken) is { } input && Assignments.Exist(file, function.Body, input.Name, input))
            return $"the callback sets '{name}' itself, so its length may not be the input's";
        if (InputTests.Exist(file, function))
            return $"the callback asks whether '{name}' is null, so its length may not be there to ask for";
        if (defect == BlockDefect.MaybeNull)
            return null;
        if (value is IdentifierNameSyntax)
            return "the array is filled before it is returned; make it as long as the input";
        if (ValueEffects.Exist(file, value))
            return "the expression does more than give a value";
        return HasComment(value is ArrayCreationExpressionSyntax { Initializer: null } array ? array.Type.RankSpecifiers[0].Sizes[0] : value)
            ? "a comment or a directive stands inside the expression"
            : null;
    }

    private static bool HasComment(ExpressionSyntax replaced) => replaced.DescendantTrivia().Any(trivia =>
        replaced.Span.Contains(trivia.Span) && !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia));
}
