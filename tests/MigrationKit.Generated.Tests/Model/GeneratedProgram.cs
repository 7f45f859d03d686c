using System.Collections.Immutable;

namespace MigrationKit.Generated.Model;

/// <summary>A V1 program: objects, and the steps that use them.</summary>
public sealed record GeneratedProgram(Place Place, Layout Layout, ImmutableArray<Holder> Holders, ImmutableArray<Step> Steps);
