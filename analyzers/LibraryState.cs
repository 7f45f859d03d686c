namespace MigrationKit.Analyzers;

/// <summary>Which generation of a library a compilation references.</summary>
internal enum LibraryState
{
    Absent,

    /// <summary>V1 only: findings are reported, nothing can be fixed before the reference is updated.</summary>
    S1,

    /// <summary>V2 with V1's names: the old names bind.</summary>
    S2,

    /// <summary>V2 alone: the old names do not bind and are matched by name.</summary>
    S3,
}
