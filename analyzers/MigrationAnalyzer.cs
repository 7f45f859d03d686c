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
            var facts = CompilationFacts.Of(start.Compilation);
            if (facts.Types is not { } types || !Applies(types))
                return;

            start.RegisterSemanticModelAction(file =>
            {
                var tree = file.SemanticModel.SyntaxTree;
                var names = facts.NamesIn(tree);
                if (MayApply(names))
                    Analyze(new FileContext(file.SemanticModel, types, names, file.ReportDiagnostic, file.CancellationToken) { Stage = MigrationStages.Of(file.Options, tree) });
            });
        });
    }

    /// <summary>Whether the compilation references what the rule looks at, and a file can hold it.</summary>
    private protected abstract bool Applies(KnownTypes types);

    /// <summary>Whether a file can have a finding, as far as the names in its text tell.</summary>
    private protected virtual bool MayApply(CandidateNames names) => true;

    private protected abstract void Analyze(FileContext file);
}
