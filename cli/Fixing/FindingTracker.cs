using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Cli.Fixing;

/// <summary>Recognises findings again after edits, so that found = fixed + manual + unverified + skipped can be counted.</summary>
internal sealed class FindingTracker(LoadedSolution loaded)
{
    private readonly List<TrackedFinding> _findings = [];
    private readonly Dictionary<string, List<TrackedFinding>> _byFile = new(StringComparer.Ordinal);

    public IReadOnlyList<TrackedFinding> Findings => _findings;

    /// <summary>Takes in a new analysis: what it no longer reports is gone, what it reports for the first time is added.</summary>
    /// <param name="diagnostics">All findings of the current texts.</param>
    /// <param name="current">The solution they were found in.</param>
    public async Task ObserveAsync(IEnumerable<Sighting> diagnostics, Solution current, CancellationToken cancellationToken)
    {
        foreach (var finding in _findings)
            finding.IsAlive = false;

        foreach (var file in diagnostics.GroupBy(d => d.File, StringComparer.Ordinal))
        {
            var original = loaded.Sources[file.Key].Text;
            var text = (await current.GetDocument(file.First().Document)!.GetTextAsync(cancellationToken)).ToString();
            var map = original == text ? null : new LineMap(original, text);

            // A linked file, or a project with several target frameworks, reports one place once per context.
            foreach (var place in file.GroupBy(d => (d.Diagnostic.Id, d.Diagnostic.Location.SourceSpan, d.Diagnostic.GetMessage())))
                Observe(place.First(), map);
        }
    }

    private void Observe(Sighting seen, LineMap? map)
    {
        var start = seen.Diagnostic.Location.GetLineSpan().StartLinePosition;
        var (line, isEdited) = map?.Original(start.Line) ?? (start.Line, false);
        var inFile = InFile(seen.File);
        var same = inFile.Where(f => f.Key.Rule == seen.Diagnostic.Id && f.Key.Line == line && !f.IsAlive).ToList();
        var known = same.FirstOrDefault(f => !isEdited && f.Key.Column == start.Character)
            ?? same.FirstOrDefault(f => f.Seen.Diagnostic.GetMessage() == seen.Diagnostic.GetMessage())
            ?? same.FirstOrDefault(_ => isEdited);
        if (known is not null)
        {
            known.IsAlive = true;
            known.Seen = seen;
            return;
        }

        var ordinal = inFile.Count(f => f.Key.Rule == seen.Diagnostic.Id && f.Key.Line == line && f.Key.Column == start.Character);
        var added = new TrackedFinding(new(seen.Diagnostic.Id, seen.File, line, start.Character, ordinal), seen);
        _findings.Add(added);
        inFile.Add(added);
    }

    /// <summary>The tracked finding of a diagnostic of the latest analysis.</summary>
    public TrackedFinding? Of(Sighting diagnostic) =>
        InFile(diagnostic.File).FirstOrDefault(f => f.IsAlive && f.Seen.Diagnostic.Id == diagnostic.Diagnostic.Id
            && f.Seen.Diagnostic.Location.SourceSpan == diagnostic.Diagnostic.Location.SourceSpan
            && f.Seen.Diagnostic.GetMessage() == diagnostic.Diagnostic.GetMessage());

    private List<TrackedFinding> InFile(string file)
    {
        if (!_byFile.TryGetValue(file, out var findings))
            _byFile.Add(file, findings = []);
        return findings;
    }
}
