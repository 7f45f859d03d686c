using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Analyzers;

/// <summary>Runs a rule over each hand-written file of a compilation that references one of the migrated libraries.</summary>
/// <remarks>Findings belong to one file each, so they stay live in an IDE; nothing waits for the end of the compilation.</remarks>
public abstract class MigrationAnalyzer : DiagnosticAnalyzer
{
    private protected MigrationAnalyzer(DiagnosticDescriptor rule) => SupportedDiagnostics = ImmutableArray.Create(rule);

    /// <inheritdoc/>
    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; }

    /// <inheritdoc/>
    public sealed override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(start =>
        {
            if (KnownTypes.TryCreate(start.Compilation) is not { } types || !Applies(types))
                return;

            var aliases = GlobalAliases.Of(start.Compilation);
            start.RegisterSemanticModelAction(file =>
            {
                if (!aliases.IsEmpty)
                    Analyze(new FileContext(file.SemanticModel, types, new CandidateNames(file.SemanticModel.SyntaxTree, aliases), file.ReportDiagnostic, file.CancellationToken) { Stage = MigrationStages.Of(file.Options, file.SemanticModel.SyntaxTree) });
                else if (start.TryGetValue(file.SemanticModel.SyntaxTree, CandidateNames.Provider, out var names))
                    Analyze(new FileContext(file.SemanticModel, types, names, file.ReportDiagnostic, file.CancellationToken) { Stage = MigrationStages.Of(file.Options, file.SemanticModel.SyntaxTree) });
            });
        });
    }

    /// <summary>Whether the compilation references what the rule looks at.</summary>
    private protected abstract bool Applies(KnownTypes types);

    private protected abstract void Analyze(FileContext file);
}
