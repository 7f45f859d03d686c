using Microsoft.Extensions.FileSystemGlobbing;

namespace MigrationKit.Cli.Analysis;

/// <summary>Which files a run looks at: <c>--include</c> and <c>--exclude</c>.</summary>
internal sealed class FileFilter
{
    private readonly Matcher? _matcher;

    private FileFilter(Matcher? matcher) => _matcher = matcher;

    public static FileFilter All { get; } = new(null);

    /// <param name="include">Globs relative to the input folder; empty selects every file.</param>
    /// <param name="exclude">Globs of files to leave out.</param>
    public static FileFilter Create(IReadOnlyCollection<string> include, IReadOnlyCollection<string> exclude)
    {
        if (include.Count == 0 && exclude.Count == 0)
            return All;

        var matcher = new Matcher(StringComparison.Ordinal);
        matcher.AddIncludePatterns(include.Count == 0 ? ["**/*", "../**/*"] : include);
        matcher.AddExcludePatterns(exclude);
        return new(matcher);
    }

    /// <param name="relativePath">Path relative to the input folder.</param>
    public bool Contains(string relativePath) =>
        _matcher is null || _matcher.Match(relativePath.Replace('\\', '/')).HasMatches;
}
