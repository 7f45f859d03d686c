using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Analyzers;

/// <summary>Every analyzer of this assembly, for hosts that do not load analyzers from files.</summary>
public static class RuleCatalog
{
    /// <summary>New instances of all analyzers, ordered by type name. They hold no state: sharing them between threads is safe.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> CreateAnalyzers() =>
        typeof(RuleCatalog).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(DiagnosticAnalyzer).IsAssignableFrom(type))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)
            .ToImmutableArray();
}
