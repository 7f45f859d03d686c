using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Analyzers;

/// <summary>What a rule sees of one file.</summary>
/// <param name="options">Say the stage of the migration; <see langword="null"/> is the first stage.</param>
internal sealed class FileContext(
    SemanticModel model, KnownTypes types, CandidateNames names, AnalyzerOptions? options, Action<Diagnostic> report, CancellationToken cancellationToken)
{
    private string? _stage;

    public SemanticModel Model { get; } = model;

    public KnownTypes Types { get; } = types;

    public CandidateNames Names { get; } = names;

    public CancellationToken CancellationToken { get; } = cancellationToken;

    /// <summary>The stage of the migration that the file is at.</summary>
    public string Stage => _stage ??= options is null ? MigrationStages.All[0] : MigrationStages.Of(options, Model.SyntaxTree);

    /// <summary>Whether a rule reports anything in this file.</summary>
    public bool IsOn(DiagnosticDescriptor rule) =>
        MigrationStages.SeverityOf(rule, Stage) is not null || MigrationStages.IsConfigured(rule.Id, Model, CancellationToken);

    public void Report(Finding finding)
    {
        if (!finding.IsEmpty)
            report(finding.ToDiagnostic(MigrationStages.SeverityOf(finding.Rule, Stage)));
    }

    /// <summary>The type of the expression that a member name is accessed on, through <c>.</c> or <c>?.</c>; <see langword="null"/> for a bare name.</summary>
    public ITypeSymbol? ReceiverType(SimpleNameSyntax name) =>
        Receivers.Of(name) is { } receiver
            ? Model.GetTypeInfo(receiver, CancellationToken).Type ?? Model.GetSymbolInfo(receiver, CancellationToken).Symbol as ITypeSymbol
            : null;

    /// <summary>The uses of a member's name, without those on a variable whose declared type has nothing to do with the libraries.</summary>
    public IEnumerable<SimpleNameSyntax> MemberUses(string name)
    {
        foreach (var use in Names.Uses(name))
        {
            if (!ForeignReceivers.Has(this, use))
                yield return use;
        }
    }

    /// <summary>What a name binds to, or would bind to but for its arguments or its context.</summary>
    public ISymbol? Bind(SyntaxNode node)
    {
        var info = Model.GetSymbolInfo(node, CancellationToken);
        return info.Symbol ?? (info.CandidateSymbols.IsEmpty ? null : info.CandidateSymbols[0]);
    }
}
