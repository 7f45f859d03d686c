using System.Collections.Immutable;

namespace MigrationKit.Generated.Model;

/// <param name="Holder">The index of the object in the program.</param>
/// <param name="Arguments">In written order.</param>
public sealed record Call(int Holder, string Member, ImmutableArray<Argument> Arguments);
