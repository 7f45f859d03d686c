using System.Collections.Immutable;

namespace MigrationKit.Analyzers;

/// <summary>Names of which a file must have one to be looked at by a rule; without any, every file is looked at.</summary>
internal sealed class WantedNames(ImmutableArray<string> names)
{
    public ImmutableArray<string> All { get; } = names;

    /// <summary>Where they are in <see cref="NameMarks"/>.</summary>
    public int[] Indices { get; } = NameMarks.IndicesOf(names);

    /// <summary>Whether any file will do.</summary>
    public bool IsAny => All.IsEmpty;
}
