using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers;
using MigrationKit.CodeFixes;

namespace MigrationKit.Cli.Analysis;

/// <summary>What a run needs of the rules: to find, to fix, and to know the libraries.</summary>
/// <param name="Analyzers">Stateless; shared between threads.</param>
/// <param name="Fix">Rewrites the given findings of one document in one pass.</param>
/// <param name="Libraries">What is migrated.</param>
/// <param name="Runtime">What migrated code is compiled against.</param>
internal sealed record RuleEngine(
    ImmutableArray<DiagnosticAnalyzer> Analyzers,
    Func<Document, ImmutableArray<Diagnostic>, CancellationToken, Task<Document>> Fix,
    ImmutableArray<MigratedLibrary> Libraries,
    BundledRuntime Runtime)
{
    /// <summary>The package's own analyzers and fixes: the same code as in the IDE.</summary>
    public static RuleEngine Default { get; } = new(RuleCatalog.CreateAnalyzers(), DocumentPass.ApplyAsync, MigrationMap.Libraries, BundledRuntime.Embedded);
}
