namespace MigrationKit.Cli;

/// <summary>What a process returns; the highest that applies wins among 1 to 5.</summary>
internal enum ExitCode
{
    /// <summary>Nothing (left) to do, or everything was written.</summary>
    Success = 0,

    /// <summary>Findings at or above <c>--fail-on</c>, or after <c>fix</c> something manual or skipped is left.</summary>
    FindingsLeft = 1,

    /// <summary>Wrong usage or configuration; nothing was edited.</summary>
    Usage = 2,

    /// <summary>The solution could not be loaded.</summary>
    LoadFailed = 3,

    /// <summary>Some change does not compile and was not written.</summary>
    VerificationFailed = 4,

    /// <summary>A write failed or a rollback was refused; the tree is as before.</summary>
    WriteFailed = 5,

    /// <summary>A broken promise of the tool itself (<c>EX_SOFTWARE</c> of <c>sysexits.h</c>).</summary>
    InternalError = 70,

    /// <summary>Cancelled with Ctrl-C; nothing is half-written.</summary>
    Cancelled = 130,
}
