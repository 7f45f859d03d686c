using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Reporting;

namespace MigrationKit.Cli.Fixing;

/// <summary>Finds and fixes until nothing changes.</summary>
internal sealed class FixRounds(LoadedSolution loaded, RuleEngine engine, SolutionAnalyzer analyzer, ProgramSettings settings, StageTimes times)
{
    /// <summary>Fixes that need more rounds than this do not settle.</summary>
    private const int Limit = 5;

    private static readonly string[] MergeMarkers = ["<<<<<<< ", "/* Unmerged change from project"];

    /// <summary>Analyses only.</summary>
    public async Task<FixResult> FindAsync(Solution solution, CancellationToken cancellationToken)
    {
        var tracker = new FindingTracker(loaded);
        await tracker.ObserveAsync(await AnalyseAsync(solution, cancellationToken), solution, cancellationToken);
        return new([.. tracker.Findings], ImmutableDictionary<string, string>.Empty);
    }

    /// <param name="solution">The solution in state S2.</param>
    /// <param name="policy">What may be fixed.</param>
    /// <param name="cancellationToken">Stops between documents.</param>
    public async Task<FixResult> FixAsync(Solution solution, EditPolicy policy, CancellationToken cancellationToken)
    {
        var tracker = new FindingTracker(loaded);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var history = new HashSet<(string File, string Text)>();
        var configured = new List<TrackedFinding>();
        for (var round = 1; ; round++)
        {
            var diagnostics = await AnalyseAsync(solution, cancellationToken);
            await tracker.ObserveAsync(diagnostics, solution, cancellationToken);
            var now = solution;
            // Sizes come last: which of them a program has, and whether they agree, is known when all types are swapped.
            var fixable = Fixable(diagnostics, tracker, policy).Where(d => !ProgramSettings.Decides(d)).ToList();
            var changed = await times.MeasureAsync("fix", () => RoundAsync(now, fixable, tracker, cancellationToken));
            if (changed.Count == 0)
            {
                settings.Judge(Fixable(diagnostics, tracker, policy).Select(tracker.Of).OfType<TrackedFinding>().Distinct(), configured);
                changed = await times.MeasureAsync("fix", () => RoundAsync(now, Fixable(diagnostics, tracker, policy), tracker, cancellationToken));
            }

            if (round > Limit)
            {
                foreach (var finding in changed.SelectMany(c => c.Findings))
                    finding.Verdict = (FindingStatus.Manual, $"its fix does not settle within {Limit} rounds; fix the surrounding findings first");
                break;
            }

            if (changed.Count == 0)
                break;

            foreach (var (file, before, after, findings) in changed)
            {
                history.Add((file, before));
                if (!history.Add((file, after)))
                {
                    foreach (var finding in findings)
                        finding.Verdict = (FindingStatus.Manual, "two fixes undo each other here");
                    continue;
                }

                texts[file] = after;
                var encoding = loaded.Sources[file].Encoding;
                foreach (var document in solution.GetDocumentIdsWithFilePath(file))
                    solution = solution.WithDocumentText(document, SourceText.From(after, encoding));
            }
        }

        return new(
            [.. tracker.Findings],
            texts.Where(t => t.Value != loaded.Sources[t.Key].Text).ToImmutableDictionary(StringComparer.Ordinal));
    }

    private Task<ImmutableArray<Sighting>> AnalyseAsync(Solution solution, CancellationToken cancellationToken) =>
        times.MeasureAsync("analyse", () => analyzer.AnalyseAsync(solution, loaded.Candidates.Select(p => p.Id), cancellationToken));

    private static List<Sighting> Fixable(IEnumerable<Sighting> diagnostics, FindingTracker tracker, EditPolicy policy) =>
        diagnostics.Where(d => tracker.Of(d) is { } finding && policy.Objection(finding) is null).ToList();

    private async Task<List<(string File, string Before, string After, List<TrackedFinding> Findings)>> RoundAsync(
        Solution solution, List<Sighting> fixable, FindingTracker tracker, CancellationToken cancellationToken)
    {
        var changed = new List<(string, string, string, List<TrackedFinding>)>();
        var files = fixable.GroupBy(d => d.File, StringComparer.Ordinal).ToList();
        foreach (var (index, file) in files.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            times.Progress($"fix {index + 1} of {files.Count}: {Path.GetFileName(file.Key)}");
            var findings = file.Select(tracker.Of).OfType<TrackedFinding>().Distinct().ToList();
            var before = (await solution.GetDocument(file.First().Document)!.GetTextAsync(cancellationToken)).ToString();
            var results = new List<string>();
            foreach (var context in file.GroupBy(d => d.Document))
            {
                var document = await engine.Fix(solution.GetDocument(context.Key)!, [.. context.Select(d => d.Diagnostic)], cancellationToken);
                results.Add(LineEnds.Keep(loaded.Sources[file.Key].Text, (await document.GetTextAsync(cancellationToken)).ToString()));
            }

            if (results.Distinct(StringComparer.Ordinal).Count() > 1)
            {
                // Merging them textually is what leaves '<<<<<<<' in other tools' results.
                foreach (var finding in findings)
                    finding.Verdict = (FindingStatus.Manual, "the projects or target frameworks that compile this file need different texts");
                continue;
            }

            if (results[0] != before)
            {
                Check(file.Key, before, results[0]);
                changed.Add((file.Key, before, results[0], findings));
            }
        }

        return changed;
    }

    private static void Check(string file, string before, string after)
    {
        if (MergeMarkers.FirstOrDefault(m => after.Contains(m, StringComparison.Ordinal) && !before.Contains(m, StringComparison.Ordinal)) is { } marker)
            throw new InvalidOperationException($"A fix wrote the merge marker '{marker}' into '{file}'; nothing was written.");
    }
}
