using System.Collections.Immutable;
using System.IO.Enumeration;

namespace MigrationKit.Cli.Analysis;

/// <summary>Which rules a run looks at.</summary>
internal sealed class RuleFilter
{
    private readonly ImmutableHashSet<string>? _selected;

    private RuleFilter(ImmutableHashSet<string>? selected) => _selected = selected;

    public static RuleFilter All { get; } = new(null);

    /// <param name="known">Every rule there is.</param>
    /// <param name="include">IDs or patterns with <c>*</c>; empty selects all.</param>
    /// <param name="exclude">IDs or patterns to leave out afterwards.</param>
    /// <exception cref="MigrationException">An entry matches no rule.</exception>
    public static RuleFilter Create(IReadOnlyCollection<string> known, IEnumerable<string> include, IEnumerable<string> exclude)
    {
        var included = Expand(known, include, "--rule");
        var excluded = Expand(known, exclude, "--exclude-rule");
        if (included.IsEmpty && excluded.IsEmpty)
            return All;
        return new((included.IsEmpty ? known.ToImmutableHashSet(StringComparer.Ordinal) : included).Except(excluded));
    }

    public bool Contains(string ruleId) => _selected?.Contains(ruleId) ?? true;

    private static ImmutableHashSet<string> Expand(IReadOnlyCollection<string> known, IEnumerable<string> entries, string option)
    {
        var result = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var pattern in entries.SelectMany(e => e.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)))
        {
            var matches = known.Where(id => FileSystemName.MatchesSimpleExpression(pattern, id)).ToList();
            if (matches.Count == 0)
            {
                throw new MigrationException(
                    ExitCode.Usage,
                    $"{option}: rule '{pattern}' does not exist; did you mean '{NearestName.Of(pattern, known)}'? 'migrationkit rules' lists them.");
            }

            result.UnionWith(matches);
        }

        return result.ToImmutable();
    }
}
