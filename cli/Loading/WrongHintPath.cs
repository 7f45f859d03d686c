namespace MigrationKit.Cli.Loading;

/// <summary>A reference whose <c>HintPath</c> names no file; MSBuild only warns, and the compiler then knows nothing of the path.</summary>
/// <param name="Project">Full path of the project.</param>
/// <param name="Name">The assembly's name.</param>
/// <param name="Path">The path as the project writes it.</param>
/// <param name="Full">Where that is.</param>
internal sealed record WrongHintPath(string Project, string Name, string Path, string Full)
{
    /// <summary>Whether MSBuild found the assembly elsewhere.</summary>
    public bool IsFoundBy(ProjectBuild build) =>
        build.CompilerArguments.Any(a => string.Equals(System.IO.Path.GetFileNameWithoutExtension(a.Trim('"')), Name, StringComparison.OrdinalIgnoreCase) && a.StartsWith("/reference:", StringComparison.Ordinal));
}
