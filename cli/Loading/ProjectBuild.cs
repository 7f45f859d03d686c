using System.Collections.Immutable;

namespace MigrationKit.Cli.Loading;

/// <summary>The design-time build of one project for one target framework.</summary>
/// <param name="File">Full path of the project file.</param>
/// <param name="TargetFramework">For example <c>net10.0</c>.</param>
/// <param name="CompilerArguments">What csc would have been given; empty when the build failed.</param>
/// <param name="OutputFiles">Full paths under which other projects may reference the result: the assembly and its reference assembly.</param>
/// <param name="Errors">What MSBuild reported.</param>
internal sealed record ProjectBuild(
    string File, string TargetFramework, ImmutableArray<string> CompilerArguments, ImmutableArray<string> OutputFiles, ImmutableArray<string> Errors);
