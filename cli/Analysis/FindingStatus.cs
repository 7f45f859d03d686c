namespace MigrationKit.Cli.Analysis;

/// <summary>What became of a finding.</summary>
internal enum FindingStatus
{
    /// <summary>Has a fix, which <c>check</c> does not apply.</summary>
    Open,

    /// <summary>Gone after the run.</summary>
    Fixed,

    /// <summary>A person has to change this; the reason says why.</summary>
    Manual,

    /// <summary>Its fix does not compile here and was left out; the reason is the compiler's message.</summary>
    Unverified,

    /// <summary>An option of this run leaves it alone; the reason names the option.</summary>
    Skipped,
}
