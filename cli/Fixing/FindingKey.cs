namespace MigrationKit.Cli.Fixing;

/// <summary>Tells findings of one run apart, also when the run is repeated with some fixes left out.</summary>
/// <param name="Rule">The rule's ID.</param>
/// <param name="File">Full path.</param>
/// <param name="Line">Line in the original file, from 0.</param>
/// <param name="Column">Column, from 0: in the original line where that survives, else in the new one.</param>
/// <param name="Ordinal">Counts findings that agree in all else.</param>
internal sealed record FindingKey(string Rule, string File, int Line, int Column, int Ordinal);
