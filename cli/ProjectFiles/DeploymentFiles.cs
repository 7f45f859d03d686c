using System.Collections.Immutable;
using System.IO.Enumeration;
using System.Text.RegularExpressions;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.ProjectFiles;

/// <summary>Finds what builds, ships, starts or describes a program: container files, workflows, scripts, launch settings, READMEs.</summary>
internal static partial class DeploymentFiles
{
    /// <summary>A longer file is no script that somebody wrote.</summary>
    private const long Longest = 1 << 20;

    private static readonly EnumerationOptions Everything = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>Full path and text of the files below a folder; what this user may not read is passed over.</summary>
    public static ImmutableArray<(string File, string Text)> Of(string folder) =>
    [
        .. Files(folder)
            .Where(file => Name().IsMatch(Path.GetRelativePath(folder, file).Replace('\\', '/')) && new FileInfo(file).Length <= Longest)
            .Order(StringComparer.Ordinal)
            .Select(file => (File: file, Text: TryRead(file)))
            .Where(file => file.Text is not null)
            .Select(file => (file.File, file.Text!)),
    ];

    // The tree of a repository can hold data of services that run as somebody else.
    private static FileSystemEnumerable<string> Files(string folder) => new(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), Everything)
    {
        ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory,
        ShouldRecursePredicate = (ref FileSystemEntry entry) => !SourceFolder.IsSkipped(entry.FileName.ToString()),
    };

    private static string? TryRead(string file)
    {
        try
        {
            return SourceFile.Read(file).Text;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // gone meanwhile, or not this user's to read: then not this user's to correct either
        }
    }

    [GeneratedRegex(
        """
        (^|/)(
            (Docker|Container)file[^/]* | [^/]*\.dockerfile | (docker-)?compose[^/]*\.ya?ml |
            azure-pipelines[^/]*\.ya?ml | \.gitlab-ci\.ya?ml | Jenkinsfile |
            Makefile | justfile | [^/]*\.(sh|bash|ps1|psm1|cmd|bat) |
            launchSettings\.json | README[^/]*
        )$ | (^|/)\.(github/(workflows|actions)|circleci)/.*\.ya?ml$
        """,
        RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
