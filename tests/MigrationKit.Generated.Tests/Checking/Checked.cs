using MigrationKit.Generated.Model;

namespace MigrationKit.Generated.Checking;

/// <summary>A program before and after all rules.</summary>
/// <param name="Findings">ID and safety of everything that was found on the way.</param>
public sealed record Checked(GeneratedProgram Program, string Name, string Before, string After, IReadOnlySet<string> Findings, IReadOnlyList<Violation> Violations);
