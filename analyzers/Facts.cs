namespace MigrationKit.Analyzers;

/// <summary>Keys of the diagnostic properties: what the analyzer found out and the fix must not find out again.</summary>
public static class Facts
{
    /// <summary>How much a person must look at the fix: <see cref="Safe"/>, <see cref="Review"/> or <see cref="Manual"/>.</summary>
    public const string Safety = "safety";

    /// <summary>Behaviour stays, or changes only as the migration guide prescribes.</summary>
    public const string Safe = "safe";

    /// <summary>The guide's change, but behaviour can differ. <see cref="Reason"/> says how.</summary>
    public const string Review = "review";

    /// <summary>Reported, never edited. <see cref="Reason"/> says why.</summary>
    public const string Manual = "manual";

    /// <summary>Why a finding is <see cref="Review"/> or <see cref="Manual"/>; absent when it is <see cref="Safe"/>.</summary>
    public const string Reason = "reason";

    /// <summary>Which library the code sees: <c>S1</c> V1 only, <c>S2</c> V2 with V1's names, <c>S3</c> V2 alone.</summary>
    public const string State = "state";

    /// <summary>The rule whose type swap brings the fix of this finding along, when the finding is on a V1 receiver.</summary>
    public const string After = "after";

    /// <summary>What <c>config.yaml</c> must hold for the fix: <c>key=value</c>, one a line.</summary>
    public const string Settings = "settings";

    /// <summary>Present when the fix of one file alone does not compile, because others share what it changes: Fix All completes it.</summary>
    internal const string OtherFiles = "other files";

    /// <summary>What to do at each location of the finding, one entry a location, the primary location first.</summary>
    internal const string Sites = "sites";

    /// <summary>The text changes of a finding, as <see cref="Replacements.ReplacementEdits"/> writes them.</summary>
    internal const string Edits = "edits";

    /// <summary>Insertions that several findings of a file may share, as <see cref="Replacements.ReplacementEdits"/> writes them.</summary>
    internal const string Imports = "imports";
}
