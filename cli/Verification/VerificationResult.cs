using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Cli.Verification;

/// <summary>What the result compiles against.</summary>
/// <param name="Projects">How many projects were compiled: the changed ones, and those that see what changed.</param>
/// <param name="ErrorsWithV1">Errors against V2 with V1's obsolete names, which is what the migrated projects reference.</param>
/// <param name="ErrorsWithoutV1">Errors against V2 alone: places that still use V1.</param>
/// <param name="Broken">The projects that <paramref name="ErrorsWithV1"/> counts.</param>
internal sealed record VerificationResult(int Projects, int ErrorsWithV1, int ErrorsWithoutV1, ImmutableArray<ProjectId> Broken);
