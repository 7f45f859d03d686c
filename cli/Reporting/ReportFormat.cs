namespace MigrationKit.Cli.Reporting;

/// <summary>How a report looks; the names are those of <c>--format</c>.</summary>
internal enum ReportFormat
{
    /// <summary>For people at a terminal.</summary>
    Text,

    /// <summary>For programs: <c>docs/report.schema.json</c>.</summary>
    Json,

    /// <summary>SARIF 2.1.0, for code scanning.</summary>
    Sarif,

    /// <summary>Workflow commands of GitHub Actions.</summary>
    GitHub,

    /// <summary>One self-contained page.</summary>
    Html,
}
