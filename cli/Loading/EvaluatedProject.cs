using System.Collections.Immutable;

namespace MigrationKit.Cli.Loading;

/// <summary>What MSBuild's evaluation says about a project, over all its target frameworks.</summary>
/// <param name="File">Full path of the project file.</param>
/// <param name="AssemblyName">Simple name of the assembly it builds.</param>
/// <param name="Version">Version of the assembly it builds; null when that is no plain version.</param>
/// <param name="TargetFrameworks">As written, for example <c>net10.0</c>; at least one.</param>
/// <param name="IsMultiTargeted">Whether a build needs one request per target framework.</param>
/// <param name="IsExecutable">Whether it builds a program.</param>
/// <param name="UsesCentralPackages">Whether versions stand in <c>Directory.Packages.props</c>.</param>
/// <param name="ProjectReferences">Full paths of the projects it references for any target framework.</param>
/// <param name="LibraryReferences">Where its own files, and those it imports from the user's tree, name a migrated library.</param>
internal sealed record EvaluatedProject(
    string File,
    string AssemblyName,
    Version? Version,
    ImmutableArray<string> TargetFrameworks,
    bool IsMultiTargeted,
    bool IsExecutable,
    bool UsesCentralPackages,
    ImmutableArray<string> ProjectReferences,
    ImmutableArray<LibraryReference> LibraryReferences);
