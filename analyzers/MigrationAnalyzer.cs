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
        var wanted = new WantedNames(Names);
        context.RegisterSemanticModelAction(file =>
        {
            var facts = CompilationFacts.Of(file.SemanticModel.Compilation);
            if (!facts.HasLibrary)
                return;

            // The text is read before any type is looked up: most files have no name that the rule cares for.
            var names = facts.NamesIn(file.SemanticModel);
            if (names.MayHaveAny(wanted) && facts.Types is { } types && Applies(types))
                Analyze(new FileContext(file.SemanticModel, types, names, file.Options, file.ReportDiagnostic, file.CancellationToken));
        });
    }

    /// <summary>Whether the compilation references what the rule looks at, and a file can hold it.</summary>
    private protected abstract bool Applies(KnownTypes types);

    /// <summary>Names of which a file with a finding has at least one, of <see cref="CandidateNames.All"/> or <see cref="CandidateNames.ImplicitNew"/>; none when any file can have one.</summary>
    private protected virtual ImmutableArray<string> Names => ImmutableArray<string>.Empty;

    private protected abstract void Analyze(FileContext file);
}
