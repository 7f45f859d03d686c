using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.ProjectFiles;

/// <summary>Finds what builds, ships, starts or describes a program: container files, workflows, scripts, launch settings, READMEs.</summary>
internal static partial class DeploymentFiles
{
    /// <summary>A longer file is no script that somebody wrote.</summary>
    private const long Longest = 1 << 20;

    /// <summary>Full path and text of the files below a folder.</summary>
    public static ImmutableArray<(string File, string Text)> Of(string folder) =>
    [
        .. SourceFolder.Files(folder)
            .Where(file => Name().IsMatch(Path.GetRelativePath(folder, file).Replace('\\', '/')) && new FileInfo(file).Length <= Longest)
            .Order(StringComparer.Ordinal)
            .Select(file => (file, SourceFile.Read(file).Text)),
    ];

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
