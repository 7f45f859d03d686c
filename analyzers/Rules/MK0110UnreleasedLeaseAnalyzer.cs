using System.Collections.Immutable;
using System.Linq;
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

    /// <summary>The action of a declaration that becomes a <c>using</c>.</summary>
    internal const string Using = "using";

    /// <summary>The action of a statement that goes.</summary>
    internal const string Remove = "remove";

    private static readonly CheckedMethod TryAcquire = new(KnownTypes.BufferPool, null, "TryAcquire", "Buffer pool exhausted.");

    private protected override bool Applies(KnownTypes types) => types.Find(KnownTypes.BufferPool) is not null;

    private protected override ImmutableArray<string> Names => ImmutableArray.Create("TryAcquire", "Acquire");

    private protected override void Analyze(FileContext file)
    {
        foreach (var name in file.MemberUses("TryAcquire"))
        {
            if (CallOf(file, name) is { } call)
                AnalyzeTry(file, call);
        }

        foreach (var name in file.MemberUses("Acquire"))
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

        if (call.ArgumentList.Arguments.Count != 1
            || call.ArgumentList.Arguments[0].Expression is not DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation }
            || LeaseUses.Of(file, designation) is not { } uses)
        {
            return;
        }

        if (uses.IsOnlyLookedAt)
        {
            file.Report(Found(file, $"Release '{uses.Lease.Name}'").At(designation.GetLocation(), "")
                .Manual("nothing releases the lease; dispose it when its samples are no longer needed, in the branch that has it"));
        }
        else if (LeakOf(file, uses, call) is { } leak)
        {
            file.Report(Found(file, $"Release '{uses.Lease.Name}' on every path").At(designation.GetLocation(), "").Manual($"{leak}; release it in a 'finally' in the branch that has it"));
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
            || LeaseUses.Of(file, variable) is not { } uses)
        {
            return;
        }

        if (uses.IsOnlyLookedAt)
            file.Report(WithUsing(Found(file, $"Release '{variable.Identifier.ValueText}'"), local, uses));
        else if (LeakOf(file, uses, call) is { } leak)
            file.Report(MovedToUsing(Found(file, $"Release '{variable.Identifier.ValueText}' on every path"), local, uses, leak));
    }

    /// <summary>How a lease that is released somewhere stays taken; <see langword="null"/> when it does not, or when it is handed on.</summary>
    private static string? LeakOf(FileContext file, LeaseUses uses, InvocationExpressionSyntax call) =>
        (uses.IsKept ? LeaseFlow.Find(file, uses, call) : LeaseLeak.None) switch
        {
            LeaseLeak.OnPath => "a path does not release the lease",
            LeaseLeak.OnException => "an exception before the release loses the lease's slot",
            _ => null,
        };

    private static Finding WithUsing(Finding finding, LocalDeclarationStatementSyntax local, LeaseUses uses)
    {
        finding.At(local.GetLocation(), Using);
        if (local.Declaration.Variables.Count > 1 || local.Parent is not (BlockSyntax or GlobalStatementSyntax))
            finding.Manual("a 'using' does not fit this declaration");
        else if (uses.MaySamplesLeave)
            finding.Manual("the samples may be used after the lease's scope ends");
        return finding;
    }

    /// <summary>The <c>using</c> releases on every path, so the releases that are written go.</summary>
    private static Finding MovedToUsing(Finding finding, LocalDeclarationStatementSyntax local, LeaseUses uses, string leak)
    {
        WithUsing(finding, local, uses);
        if (uses.Releases is not { } releases)
            return finding.Manual($"{leak}, and a release that is written there would come twice with a 'using'");

        foreach (var release in releases)
            finding.At(release.GetLocation(), Remove);
        if (releases.Count > 1 || !IsLastBeside(releases[0], local))
            finding.Review($"{leak}; with 'using' the lease is kept until the end of its scope");
        return finding;
    }

    private static bool IsLastBeside(StatementSyntax release, StatementSyntax declaration) =>
        release.Parent == declaration.Parent && declaration.Parent is BlockSyntax block && block.Statements.Last() == release;

    private static Finding Found(FileContext file, string message) => new(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge, message);

    private static InvocationExpressionSyntax? CallOf(FileContext file, SimpleNameSyntax name) =>
        RingCalls.Of(name) is { } call && file.Bind(name) is IMethodSymbol method && file.Types.Is(method.ContainingType, KnownTypes.BufferPool) ? call : null;
}
