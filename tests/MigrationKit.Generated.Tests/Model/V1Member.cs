using System.Collections.Immutable;

namespace MigrationKit.Generated.Model;

/// <param name="Parameters">Its parameters in order; empty for a property.</param>
public sealed record V1Member(string Name, ValueKind Result, ImmutableArray<V1Parameter> Parameters, bool IsProperty = false);
