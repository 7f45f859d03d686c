using Microsoft.CodeAnalysis;
using MigrationKit.Analyzers;

namespace MigrationKit.Cli.Analysis;

/// <summary>A diagnostic and the document it stands in.</summary>
internal sealed record Sighting(DocumentId Document, string File, Diagnostic Diagnostic)
{
    public string Safety => Diagnostic.Properties.GetValueOrDefault(Facts.Safety) ?? Facts.Manual;

    public string? Reason => Diagnostic.Properties.GetValueOrDefault(Facts.Reason);
}
