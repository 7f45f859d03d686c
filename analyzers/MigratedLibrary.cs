using System;
using System.Collections.Immutable;

namespace MigrationKit.Analyzers;

/// <summary>One library that has a V1 and a V2.</summary>
/// <param name="Name">Assembly name and package ID, the same in both versions.</param>
/// <param name="FirstV2">The first version that has V2's names.</param>
/// <param name="V2Range">The package version range that migrated projects reference, in NuGet's notation.</param>
/// <param name="V1TypeNames">Simple names of the types that V1 code names.</param>
/// <param name="V1MemberNames">Simple names of the members whose calls a rule looks at.</param>
public sealed record MigratedLibrary(
    string Name, Version FirstV2, string V2Range, ImmutableArray<string> V1TypeNames, ImmutableArray<string> V1MemberNames);
