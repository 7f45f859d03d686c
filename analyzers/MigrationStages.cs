using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Analyzers;

/// <summary>How severe each rule is at each stage of the migration.</summary>
/// <remarks>
/// The rules compute the severity of each report themselves. A <c>.globalconfig</c> in the package would say it too, but a line in one is not told from the user's own,
/// and would win over <see cref="FileOption"/>.
/// </remarks>
public static class MigrationStages
{
    /// <summary>The key of <c>.editorconfig</c> that gives some files a stage of their own.</summary>
    public const string FileOption = "migrationkit_target";

    /// <summary>The key under which compilers pass the MSBuild property <c>MigrationKitTarget</c>, the stage of a project.</summary>
    public const string ProjectOption = "build_property.MigrationKitTarget";

    private const DiagnosticSeverity Info = DiagnosticSeverity.Info;
    private const DiagnosticSeverity Warning = DiagnosticSeverity.Warning;
    private const DiagnosticSeverity Error = DiagnosticSeverity.Error;

    private static readonly Dictionary<string, DiagnosticSeverity?[]> Changing = new(StringComparer.Ordinal)
    {
        [RuleIds.TtsModelConstructor] = new DiagnosticSeverity?[] { Warning, Warning, Error },
        [RuleIds.TtsParameterName] = new DiagnosticSeverity?[] { Warning, Warning, Error },
        [RuleIds.TtsMethodName] = new DiagnosticSeverity?[] { Warning, Warning, Error },
        [RuleIds.BlockingCall] = new DiagnosticSeverity?[] { null, null, Info },
        [RuleIds.OldNameProbe] = new DiagnosticSeverity?[] { Info, Warning, Warning },
        [RuleIds.RingBuffer] = new DiagnosticSeverity?[] { Warning, Warning, Error },
        [RuleIds.AudioStream] = new DiagnosticSeverity?[] { Warning, Warning, Error },
        [RuleIds.ProcessingCallback] = new DiagnosticSeverity?[] { Info, Warning, Warning },
        [RuleIds.VoiceForgeApp] = new DiagnosticSeverity?[] { Warning, Warning, Error },
        [RuleIds.HardCodedSetting] = new DiagnosticSeverity?[] { Info, Warning, Warning },
        [RuleIds.RingBufferAsQueue] = new DiagnosticSeverity?[] { Warning, Warning, Error },
    };

    /// <summary>The stages in order; the first one is where nothing else is said.</summary>
    public static ImmutableArray<string> All { get; } = ImmutableArray.Create("1.0", "1.5", "2.0");

    /// <summary>The severity of a rule at a stage; <see langword="null"/> where it is off.</summary>
    /// <exception cref="ArgumentException"><paramref name="stage"/> is none of <see cref="All"/>.</exception>
    public static DiagnosticSeverity? SeverityOf(DiagnosticDescriptor rule, string stage)
    {
        var index = All.IndexOf(stage);
        if (index < 0)
            throw new ArgumentException($"'{stage}' is not a stage of the migration; use one of {string.Join(", ", All)}.", nameof(stage));
        return Changing.TryGetValue(rule.Id, out var severities) ? severities[index] : rule.DefaultSeverity;
    }

    /// <summary>The stage of a file: its own, else that of its project. A value that is no stage says nothing.</summary>
    internal static string Of(AnalyzerOptions options, SyntaxTree tree)
    {
        var provider = options.AnalyzerConfigOptionsProvider;
        return Read(provider.GetOptions(tree), FileOption) ?? Read(provider.GlobalOptions, FileOption) ?? Read(provider.GlobalOptions, ProjectOption) ?? All[0];
    }

    /// <summary>Whether somebody gave the rule a severity for a file, which then holds at any stage.</summary>
    internal static bool IsConfigured(string rule, SemanticModel model, System.Threading.CancellationToken cancellationToken)
    {
        var options = model.Compilation.Options;
        return options.SpecificDiagnosticOptions.ContainsKey(rule)
            || options.SyntaxTreeOptionsProvider is { } provider
                && (provider.TryGetDiagnosticValue(model.SyntaxTree, rule, cancellationToken, out _) || provider.TryGetGlobalDiagnosticValue(rule, cancellationToken, out _));
    }

    private static string? Read(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out var value) && All.FirstOrDefault(stage => stage == value.Trim()) is { } stage ? stage : null;
}
