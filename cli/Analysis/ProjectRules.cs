namespace MigrationKit.Cli.Analysis;

/// <summary>The rules about project files, which only the command line has.</summary>
internal static class ProjectRules
{
    /// <summary>A reference to a V1 package, project or assembly.</summary>
    public const string V1Reference = "MKP001";

    /// <summary>Configured memory that the machine or container does not have.</summary>
    public const string ConfiguredMemory = "MKP002";

    /// <summary>What still starts V1 where V2 has an entry point of its own.</summary>
    public const string V1EntryPoint = "MKP003";

    /// <summary>A V1 version in what builds, ships or describes the program.</summary>
    public const string V1Mention = "MKP004";

    /// <summary>A target framework that cannot reference V2.</summary>
    public const string TargetFramework = "MKP005";

    public static IReadOnlyList<RuleDescription> All { get; } =
    [
        new(V1Reference, "Reference the V2 package", "PackageReference, PackageVersion, ProjectReference and Reference to V1 become the V2 package, "
            + "or the project that 'references' in .migrationkit.json names. Comments, conditions and line ends are kept."),
        new(ConfiguredMemory, "Configure no more memory than there is", "The sizes under resources.allocation in a config.yaml add up to more than this machine, "
            + "or the container it runs in, has. Lower model_cache_gb and feature_cache_gb first: both are budgets."),
        new(V1EntryPoint, "Start V2", "StartupObject, launch settings or a script still start V1 beside an entry point of V2. "
            + "'fix --switch-default' renames entry points and keeps the old ones as a backup."),
        new(V1Mention, "Mention the V2 version", "A Dockerfile, workflow, script or README names a V1 version of a package. "
            + "Such files are reported with their line, never edited."),
        new(TargetFramework, "Target net10.0 or later", "The V2 packages support net10.0 and later. Nothing in a project that also targets "
            + "an older framework is edited: raise its TargetFramework first."),
    ];
}
