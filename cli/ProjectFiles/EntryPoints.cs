using System.Collections.Immutable;
using System.Text.RegularExpressions;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.ProjectFiles;

/// <summary>MKP003: what still starts V1 where V2 has an entry point of its own, or where a build property brings V1 back.</summary>
/// <param name="projects">Full paths of the project files.</param>
internal sealed partial class EntryPoints(ImmutableArray<string> projects)
{
    private const string Remedy = "'migrationkit fix --switch-default' makes V2 the default and keeps V1 as a backup";

    public IEnumerable<PlacedText> Find(ImmutableArray<(string File, string Text)> deployment)
    {
        foreach (var project in projects)
        {
            var text = SourceFile.Read(project).Text;
            var pairs = EntryPointPair.In(project);
            foreach (Match start in StartupObject().Matches(text))
            {
                var name = start.Groups["name"];
                if (pairs.FirstOrDefault(pair => pair.IsV1(name.Value)) is { } pair)
                {
                    yield return PlacedText.At(
                        ProjectRules.V1EntryPoint, project, text, name.Index,
                        $"Start V2: StartupObject is '{name.Value.Trim()}', and '{pair.V2Type}' is there", Remedy);
                }
            }

            foreach (var (file, content) in deployment)
            {
                foreach (var start in Starts(project, text, pairs, content))
                {
                    yield return PlacedText.At(
                        ProjectRules.V1EntryPoint, file, content, start.Index, $"Start V2: '{start.Value.Trim()}' starts V1 of '{Path.GetFileNameWithoutExtension(project)}'", Remedy);
                }
            }
        }
    }

    private static IEnumerable<Match> Starts(string project, string text, IReadOnlyList<EntryPointPair> pairs, string content)
    {
        var starts = pairs.Select(pair => $@"StartupObject=[""']?(\w+\.)*{Regex.Escape(pair.V1Type.Split('.')[^1])}\b(?!\.)");
        if (Hybrid.SwitchProperty.Of(text) is { } symbol)
            starts = starts.Append($@"[-/]{{1,2}}p(roperty)?:{symbol}=true\b");
        return starts.SelectMany(start => Regex.Matches(content, start, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant));
    }

    [GeneratedRegex(@"<StartupObject[^>]*>(?<name>[^<$]+)</StartupObject>", RegexOptions.CultureInvariant)]
    private static partial Regex StartupObject();
}
