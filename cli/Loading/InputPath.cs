namespace MigrationKit.Cli.Loading;

/// <summary>What <c>&lt;path&gt;</c> on the command line stands for.</summary>
/// <param name="File">Full path of a solution or project file.</param>
/// <param name="Folder">The folder of <paramref name="File"/>: paths in reports are relative to it, and the runs are kept there.</param>
internal sealed record InputPath(string File, string Folder)
{
    private static readonly string[] SolutionExtensions = [".sln", ".slnx"];
    private const string FilterExtension = ".slnf";

    public bool IsSolution => SolutionExtensions.Contains(Path.GetExtension(File), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether it is a solution filter: a list of some projects of a solution.</summary>
    public bool IsFilter => string.Equals(Path.GetExtension(File), FilterExtension, StringComparison.OrdinalIgnoreCase);

    /// <exception cref="MigrationException">There is no such path, or it stands for none or several inputs.</exception>
    public static InputPath Resolve(string path)
    {
        if (Directory.Exists(path))
            return FromFile(InFolder(path));
        if (!System.IO.File.Exists(path))
            throw new MigrationException(ExitCode.Usage, $"'{path}' does not exist; name a .sln, .slnx or .csproj file, or a folder that holds one.");

        var extension = Path.GetExtension(path);
        if (!SolutionExtensions.Append(FilterExtension).Append(".csproj").Contains(extension, StringComparer.OrdinalIgnoreCase))
            throw new MigrationException(ExitCode.Usage, $"'{path}' is no solution or C# project; name a .sln, .slnx, .slnf or .csproj file, or a folder that holds one.");
        return FromFile(path);
    }

    /// <summary>A path for people: relative to the input's folder, with forward slashes.</summary>
    public string Relative(string fullPath) => Path.GetRelativePath(Folder, fullPath).Replace('\\', '/');

    private static InputPath FromFile(string file) => new(Path.GetFullPath(file), Path.GetDirectoryName(Path.GetFullPath(file))!);

    private static string InFolder(string folder)
    {
        var files = Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).ToList();
        var solutions = files.Where(f => SolutionExtensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase)).ToList();
        var candidates = solutions.Count > 0
            ? solutions
            : files.Where(f => string.Equals(Path.GetExtension(f), ".csproj", StringComparison.OrdinalIgnoreCase)).ToList();
        return candidates.Count switch
        {
            1 => candidates[0],
            0 => throw new MigrationException(ExitCode.Usage, $"'{folder}' holds no .sln, .slnx or .csproj file; name one, or the folder that holds it."),
            _ => throw new MigrationException(
                ExitCode.Usage,
                $"'{folder}' holds several inputs, name one of them: {string.Join(", ", candidates.Select(Path.GetFileName))}"),
        };
    }
}
