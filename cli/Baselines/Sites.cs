using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Baselines;

/// <summary>Gives findings what they are recognised by when their lines have moved.</summary>
internal static partial class Sites
{
    /// <param name="findings">In the order of file and position.</param>
    /// <param name="read">The lines of a file as it was before the run.</param>
    public static ImmutableArray<Finding> Locate(IEnumerable<Finding> findings, Func<string, IReadOnlyList<string>> read)
    {
        var files = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        var seen = new Dictionary<(string Rule, string File, string Text), int>();
        var located = ImmutableArray.CreateBuilder<Finding>();
        foreach (var finding in findings)
        {
            if (!files.TryGetValue(finding.File, out var lines))
                files[finding.File] = lines = read(finding.File);
            // A finding that came to light in a new line has no line of its own in the old text.
            var text = finding.Line <= lines.Count ? Blank().Replace(lines[finding.Line - 1], " ").Trim() : "";
            var key = (finding.Rule, finding.File, text);
            var occurrence = seen.GetValueOrDefault(key);
            seen[key] = occurrence + 1;
            located.Add(finding with { SiteText = text, Occurrence = occurrence });
        }

        return located.ToImmutable();
    }

    /// <summary>The lines of a file on disk.</summary>
    public static IReadOnlyList<string> Read(string file) => LineEnds.Lines(SourceFile.Read(file).Text);

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
