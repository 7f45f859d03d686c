using System.Collections.Immutable;

namespace MigrationKit.Generated.Model;

/// <summary>One V1 object of a program.</summary>
/// <param name="IsTargetTyped">Whether it is created by <c>new(...)</c>.</param>
/// <param name="IsVar">Whether a local is declared with <c>var</c> (when it is not target-typed).</param>
public sealed record Holder(Api Api, Storage Storage, bool IsTargetTyped, bool IsVar, ImmutableArray<Argument> Arguments);
