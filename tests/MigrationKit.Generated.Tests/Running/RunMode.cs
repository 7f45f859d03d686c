namespace MigrationKit.Generated.Running;

/// <summary>How the recording libraries answer.</summary>
public enum RunMode
{
    /// <summary>Everything works, and a ring always has a block.</summary>
    Works,

    /// <summary>V2's rings have nothing to read.</summary>
    NothingToRead,

    /// <summary>Nothing starts: V1 throws, V2 answers false.</summary>
    StartFails,
}
