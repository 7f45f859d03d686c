namespace MigrationKit.Analyzers.Callbacks;

/// <summary>What is wrong with a block that a callback returns.</summary>
internal enum BlockDefect
{
    None,

    /// <summary>It is <see langword="null"/>.</summary>
    Null,

    /// <summary>It is <see langword="null"/> when something else is, so a <c>??</c> mends it.</summary>
    MaybeNull,

    /// <summary>It has, or can have, another length than the input.</summary>
    Length,

    /// <summary>It holds a NaN or an infinity.</summary>
    NotFinite,
}
