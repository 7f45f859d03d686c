using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Analyzers;

/// <summary>Runs a rule over each hand-written file of a compilation that references one of the migrated libraries.</summary>
/// <remarks>
/// Findings belong to one file each, so they stay live in an IDE; nothing waits for the end of the compilation, and nothing is asked of it at its start, when
/// each question would make the compiler bind all references first.
/// </remarks>
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
        context.RegisterSemanticModelAction(file =>
        {
            var facts = CompilationFacts.Of(file.SemanticModel.Compilation);
            if (!facts.HasLibrary)
                return;

            // The text is read before any type is looked up: most files have no name that the rule cares for.
            var tree = file.SemanticModel.SyntaxTree;
            var names = facts.NamesIn(tree);
            if (MayApply(names) && facts.Types is { } types && Applies(types))
                Analyze(new FileContext(file.SemanticModel, types, names, file.ReportDiagnostic, file.CancellationToken) { Stage = MigrationStages.Of(file.Options, tree) });
        });
    }

    /// <summary>Whether the compilation references what the rule looks at, and a file can hold it.</summary>
    private protected abstract bool Applies(KnownTypes types);

    /// <summary>Whether a file can have a finding, as far as the names in its text tell.</summary>
    private protected virtual bool MayApply(CandidateNames names) => true;

    private protected abstract void Analyze(FileContext file);
}
