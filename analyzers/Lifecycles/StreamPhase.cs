namespace MigrationKit.Analyzers.Lifecycles;

/// <summary>What is known of a stream between two statements.</summary>
internal enum StreamPhase
{
    /// <summary>Nothing: code that is not followed had a hand in it.</summary>
    Unknown,

    /// <summary>Made in this body and not started since.</summary>
    Made,

    /// <summary>Started by a statement before, with nothing in between that could stop it or wait for its end.</summary>
    Started,

    Stopped,

    Disposed,
}
