namespace MigrationKit.Cli.Analysis;

/// <summary>The rules about project files, which only the command line has.</summary>
internal static class ProjectRules
{
    /// <summary>A reference to a V1 package, project or assembly.</summary>
    public const string V1Reference = "MKP001";

    /// <summary>A target framework that cannot reference V2.</summary>
    public const string TargetFramework = "MKP005";

    public static IReadOnlyList<RuleDescription> All { get; } =
    [
        new(V1Reference, "Reference the V2 package", "PackageReference, PackageVersion, ProjectReference and Reference to V1 become the V2 package, "
            + "or the project that 'references' in .migrationkit.json names. Comments, conditions and line ends are kept."),
        new(TargetFramework, "Target net10.0 or later", "The V2 packages support net10.0 and later. Nothing in a project that also targets "
            + "an older framework is edited: raise its TargetFramework first."),
    ];
}
