using System.Collections.Immutable;

namespace MigrationKit.Generated.Model;

/// <param name="Constants">Texts that may be written for it.</param>
public sealed record V1Parameter(string Name, ValueKind Kind, bool IsRequired, ImmutableArray<string> Constants);
