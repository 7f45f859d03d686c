namespace MigrationKit.Cli.Loading;

/// <summary>What a run does with a project.</summary>
internal enum ProjectRole
{
    /// <summary>Only loaded because another project references it.</summary>
    Reference,

    /// <summary>Depends on a candidate: compiled before and after, without findings of its own.</summary>
    Dependent,

    /// <summary>Can hold findings: analysed, changed, compiled.</summary>
    Candidate,

    /// <summary>A migrated library itself, which nobody migrates.</summary>
    Library,
}
