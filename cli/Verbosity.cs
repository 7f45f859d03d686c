namespace MigrationKit.Cli;

/// <summary>How much the text report and the progress lines say.</summary>
internal enum Verbosity
{
    /// <summary>The result line and errors only.</summary>
    Quiet,

    /// <summary>Findings, the summary, what is left and why.</summary>
    Normal,

    /// <summary>Also each stage and its seconds.</summary>
    Detailed,
}
