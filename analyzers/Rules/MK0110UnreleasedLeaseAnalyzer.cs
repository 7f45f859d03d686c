using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Checks;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0110: a lease that nobody checked for, or that nothing releases, takes a slot out of its pool for good.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0110UnreleasedLeaseAnalyzer() : MigrationAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.UnreleasedLease,
        title: "Release every BufferPool lease",
        messageFormat: "{0}{1}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.UnreleasedLease));

    private static readonly CheckedMethod TryAcquire = new(KnownTypes.BufferPool, null, "TryAcquire", "Buffer pool exhausted.");

    private protected override bool Applies(KnownTypes types) => types.Find(KnownTypes.BufferPool) is not null;

    private protected override void Analyze(FileContext file)
    {
        foreach (var name in file.Names.Uses("TryAcquire"))
        {
            if (CallOf(file, name) is { } call)
                AnalyzeTry(file, call);
        }

        foreach (var name in file.Names.Uses("Acquire"))
        {
            if (CallOf(file, name) is { } call)
                AnalyzeAcquire(file, call);
        }
    }

    private static void AnalyzeTry(FileContext file, InvocationExpressionSyntax call)
    {
        if (ResultCheck.DescribeStatement(file, call, TryAcquire) is { } check)
        {
            var finding = Found(file, "Check whether 'TryAcquire' gave a lease").At(check.Node.GetLocation(), check.Action);
            if (check.Safety == Facts.Manual)
                finding.Manual(check.Reason!);
            else if (check.Safety == Facts.Review)
                finding.Review(check.Reason!);
            file.Report(finding);
            return;
        }

        if (call.ArgumentList.Arguments.Count == 1
            && call.ArgumentList.Arguments[0].Expression is DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation }
            && LeaseUses.Of(file, designation) is { IsOnlyLookedAt: true })
        {
            file.Report(Found(file, $"Release '{designation.Identifier.ValueText}'").At(designation.GetLocation(), "")
                .Manual("nothing releases the lease; dispose it when its samples are no longer needed, in the branch that has it"));
        }
    }

    private static void AnalyzeAcquire(FileContext file, InvocationExpressionSyntax call)
    {
        if (call.Parent is ExpressionStatementSyntax)
        {
            file.Report(Found(file, "Keep and release the lease that 'Acquire' gives").At(call.GetLocation(), "").Manual("the lease is dropped, and its slot is lost to the pool"));
            return;
        }

        if (call.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0 } local } } variable }
            || LeaseUses.Of(file, variable) is not { IsOnlyLookedAt: true } uses)
        {
            return;
        }

        var finding = Found(file, $"Release '{variable.Identifier.ValueText}'").At(local.GetLocation(), "using");
        if (local.Declaration.Variables.Count > 1 || local.Parent is not (BlockSyntax or GlobalStatementSyntax))
            finding.Manual("a 'using' does not fit this declaration");
        else if (uses.MaySamplesLeave)
            finding.Manual("the samples may be used after the lease's scope ends");
        file.Report(finding);
    }

    private static Finding Found(FileContext file, string message) => new(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge, message);

    private static InvocationExpressionSyntax? CallOf(FileContext file, SimpleNameSyntax name) =>
        RingCalls.Of(name) is { } call && file.Bind(name) is IMethodSymbol method && file.Types.Is(method.ContainingType, KnownTypes.BufferPool) ? call : null;
}
