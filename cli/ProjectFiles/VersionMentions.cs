using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Analysis;

namespace MigrationKit.Cli.ProjectFiles;

/// <summary>MKP004: a package name with a version of V1 behind it on the same line.</summary>
internal sealed class VersionMentions(ImmutableArray<MigratedLibrary> libraries)
{
    // The spelling of the Python packages, which the guides' Dockerfiles and workflows use, counts as well.
    private readonly ImmutableArray<(MigratedLibrary Library, Regex Mention)> _mentions =
    [
        .. libraries.Select(library => (library, new Regex(
            $@"(?<![\w.-]){Spelling(library.Name)}(?:\.nupkg|--version|-v|\bversion\b|[ \t""'`\[\](),=~<>^!:@/\\.-])+?v?(?<version>\d+(?:\.(?:\d+|\*|x))+)(?!\w)",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant))),
    ];

    public IEnumerable<PlacedText> Find((string File, string Text) file)
    {
        foreach (var (library, mention) in _mentions)
        {
            foreach (Match match in mention.Matches(file.Text))
            {
                var version = match.Groups["version"];
                if (!IsV1(library, version.Value))
                    continue;
                yield return PlacedText.At(
                    ProjectRules.V1Mention, file.File, file.Text, version.Index,
                    $"Mention the V2 version: '{match.Value}' is V1 of '{library.Name}'", $"write a version of {library.V2Range}, or what the text is to say about V2");
            }
        }
    }

    private static bool IsV1(MigratedLibrary library, string version) =>
        Version.TryParse(version.Replace('*', '0').Replace('x', '0'), out var parsed) && parsed < new Version(library.FirstV2.Major, library.FirstV2.Minor);

    // PocketTts, Pocket-Tts, pocket_tts
    private static string Spelling(string name) => string.Join("[-_ ]?", Regex.Matches(name, "[A-Z][a-z]+").Select(word => Regex.Escape(word.Value)));
}
