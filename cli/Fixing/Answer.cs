namespace MigrationKit.Cli.Fixing;

/// <summary>What a person says to a proposed change.</summary>
internal enum Answer
{
    Yes,

    No,

    /// <summary>Yes to this one and all that follow.</summary>
    All,

    /// <summary>No to this one and all that follow; what was agreed to before stands.</summary>
    Quit,
}
