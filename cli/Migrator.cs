using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Fixing;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Reporting;
using MigrationKit.Cli.Verification;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli;

/// <summary>Runs <c>check</c> and <c>fix</c>: load, analyse, fix, verify, write, report.</summary>
/// <param name="engine">The rules.</param>
/// <param name="progress">Told what the run is at; for a person, never for a program.</param>
internal sealed class Migrator(RuleEngine engine, Action<string> progress)
{
    /// <exception cref="MigrationException">The run cannot be done; nothing was written.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled; nothing was written.</exception>
    public async Task<MigrationReport> RunAsync(MigrationOptions options, CancellationToken cancellationToken)
    {
        var input = InputPath.Resolve(options.Path);
        if (options.Output is not null)
            new OutputFolder(input, options.Output).Check();
        var recovered = Recover(input);

        var times = new StageTimes(progress);
        var projects = SolutionProjects.Of(input);
        if (projects.FirstOrDefault(p => !File.Exists(p)) is { } missing)
            throw new MigrationException(ExitCode.LoadFailed, $"'{input.File}' names the project '{missing}', which does not exist.");
        var scan = await times.MeasureAsync("scan", () => Task.FromResult(SourceScan.Run(input, projects, engine.Libraries)));
        var report = new MigrationReport
        {
            Input = input, Options = options, Findings = [], Files = scan.Files, Projects = scan.Projects.Length, NotAnalysable = scan.OtherLanguages,
            Notes = [.. recovered], Timings = times.Stages,
        };
        if (!scan.Candidates.IsEmpty)
            report = await MigrateAsync(report, scan, times, cancellationToken);

        Reconcile(report);
        return await WriteAsync(report, times, cancellationToken);
    }

    private static IReadOnlyList<string> Recover(InputPath input)
    {
        var store = new RunStore(input.Folder);
        if (!store.Ids().Any(store.IsUnfinished))
            return [];
        using var held = store.Lock();
        return new Recovery(store).Run();
    }

    private async Task<MigrationReport> MigrateAsync(MigrationReport report, ScanResult scan, StageTimes times, CancellationToken cancellationToken)
    {
        var (input, options) = (report.Input, report.Options);
        bool IsSelected(string file) => options.Files.Contains(input.Relative(file));

        var loaded = await times.MeasureAsync("load", () => Task.FromResult(new SolutionLoader(options, engine.Libraries, progress).Load(input, scan, cancellationToken)));
        var swap = new StateSwap(loaded, engine);
        var files = FindReferences(input, options, loaded, swap);
        var untouched = files.ClosedProjects.Keys.ToHashSet(StringComparer.Ordinal);
        var withV1 = swap.Apply(engine.Runtime.WithV1, untouched);
        foreach (var (project, why) in await times.MeasureAsync("compile", () => new Baseline(input, loaded).CheckAsync(withV1, files.ClosedProjects, cancellationToken)))
            files.Close(project, why);

        var settings = new ProgramSettings(input, loaded, options);
        var rounds = new FixRounds(loaded, engine, new SolutionAnalyzer(engine, options, IsSelected), settings);
        var policy = new EditPolicy(options.SafeOnly, ClosedFiles(input, options, loaded, files), ImmutableDictionary<FindingKey, string>.Empty);
        var verifier = new Verifier(loaded, [withV1, swap.Apply(engine.Runtime.WithoutV1, untouched)]);

        FixResult result;
        if (!options.Fix)
            result = await times.MeasureAsync("analyse", () => rounds.FindAsync(withV1, cancellationToken));
        else if (options.NoVerify)
            result = await times.MeasureAsync("fix", () => rounds.FixAsync(withV1, policy, cancellationToken));
        else
            (result, policy) = await times.MeasureAsync("fix and verify", () => new VerifiedFix(loaded, rounds, verifier, progress).RunAsync(withV1, policy, cancellationToken));

        var changes = options.Fix ? new ChangeSet(loaded, files, settings, options).Build(result) : [];
        var findings = result.Findings.Select(f => ToFinding(f, policy, options.Fix)).Concat(files.Report(options.Fix));
        return report with
        {
            Findings = [.. findings.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column).ThenBy(f => f.Rule, StringComparer.Ordinal)],
            Changes = changes,
            NotAnalysable = [.. report.NotAnalysable, .. await new UnseenCode(input, loaded, engine.Libraries, IsSelected).FindAsync(cancellationToken)],
            Verification = options is { Fix: true, NoVerify: false } && !result.Texts.IsEmpty
                ? await times.MeasureAsync("fix and verify", () => verifier.SummariseAsync(result.Texts, cancellationToken))
                : null,
            Notes = [.. report.Notes, .. loaded.Notes],
            NextSteps = new NextSteps(input, options).For(changes, files),
        };
    }

    private ProjectFindings FindReferences(InputPath input, MigrationOptions options, LoadedSolution loaded, StateSwap swap)
    {
        var v1 = new Dictionary<string, ImmutableHashSet<string>>(StringComparer.Ordinal);
        foreach (var project in loaded.Candidates)
        {
            var libraries = swap.V1Libraries(project.Id);
            v1[project.Project.File] = v1.TryGetValue(project.Project.File, out var known) ? known.Union(libraries) : libraries;
        }

        return ProjectFindings.Find(input, loaded, options, engine.Libraries, v1);
    }

    private static ImmutableDictionary<string, string> ClosedFiles(InputPath input, MigrationOptions options, LoadedSolution loaded, ProjectFindings files)
    {
        var closed = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var project in loaded.Candidates)
        {
            foreach (var path in loaded.Solution.GetProject(project.Id)!.Documents.Select(d => d.FilePath!))
            {
                if (files.ClosedProjects.TryGetValue(project.Project.File, out var why))
                    closed.TryAdd(path, why);
                else if (FilesOfOthers.Contains(path))
                    closed.TryAdd(path, "generated by the build or brought by a package");
                else if (options.Output is not null && !MovedReferences.IsInside(path, input.Folder))
                    closed.TryAdd(path, "stands outside the folder that --output copies; migrate it in place");
            }
        }

        return closed.ToImmutable();
    }

    private static Finding ToFinding(TrackedFinding tracked, EditPolicy policy, bool fix)
    {
        var (status, reason) = fix && !tracked.IsAlive ? (FindingStatus.Fixed, tracked.Seen.Reason)
            : policy.Objection(tracked) is { } objection && (fix || objection.Status == FindingStatus.Manual) ? objection
            : fix ? (FindingStatus.Manual, tracked.Seen.Reason ?? WhyLeft(tracked.Seen.Diagnostic))
            : (FindingStatus.Open, tracked.Seen.Reason);
        return new(
            tracked.Key.Rule, tracked.Severity, tracked.Seen.Safety, tracked.Key.File, tracked.Key.Line + 1, tracked.Key.Column + 1,
            tracked.Seen.Diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), status, reason);
    }

    private static string WhyLeft(Diagnostic diagnostic) => diagnostic.Properties.TryGetValue(Analyzers.Facts.After, out var swap)
        ? $"its fix comes with {swap}, which is not fixed here"
        : "its fix could not be applied beside the others; run again after the rest is done";

    private static void Reconcile(MigrationReport report)
    {
        var accounted = report.Count(FindingStatus.Fixed) + report.Count(FindingStatus.Manual) + report.Count(FindingStatus.Unverified) + report.Skipped;
        if (accounted != report.Findings.Length)
            throw new InvalidOperationException($"{report.Findings.Length} findings but {accounted} accounted for; nothing was written.");
        if (report.Findings.FirstOrDefault(f => f.Status is FindingStatus.Manual or FindingStatus.Unverified or FindingStatus.Skipped && string.IsNullOrEmpty(f.Reason)) is { } mute)
            throw new InvalidOperationException($"{mute.Rule} at {mute.File}({mute.Line}) was not fixed and nothing says why; nothing was written.");
    }

    private async Task<MigrationReport> WriteAsync(MigrationReport report, StageTimes times, CancellationToken cancellationToken)
    {
        var (input, options) = (report.Input, report.Options);
        if (!options.Fix)
            return report;
        if (options.Output is null && !report.Changes.IsEmpty)
        {
            Preflight.Check(input.Folder, report.Changes);
            if (UncommittedEdits(input, options, report.Changes) is { Length: > 0 } uncommitted)
            {
                if (!options.DryRun)
                    throw new MigrationException(ExitCode.Usage, $"Uncommitted edits in files that would be changed (commit them, or pass --allow-dirty): {uncommitted}");
                report = report with { Notes = [.. report.Notes, $"files that would be changed have uncommitted edits; without --dry-run commit them, or pass --allow-dirty: {uncommitted}"] };
            }
        }

        if (options.DryRun)
            return report;

        cancellationToken.ThrowIfCancellationRequested(); // the last chance: writing is not interrupted
        return await times.MeasureAsync("write", () =>
        {
            if (options.Output is not null)
                new OutputFolder(input, options.Output).Write(report.Changes);
            else if (!report.Changes.IsEmpty)
                report = report with { RunId = new RunWriter(new RunStore(input.Folder)).Write(input.File, report.Changes) };
            return Task.FromResult(report);
        });
    }

    private static string UncommittedEdits(InputPath input, MigrationOptions options, IEnumerable<FileChange> changes)
    {
        if (options.AllowDirty || GitRepository.Find(input.Folder) is not { } repository)
            return "";
        return string.Join(", ", repository.Dirty([.. changes.Where(c => c.Before is not null).Select(c => RealPath.Of(c.Path))]).Select(input.Relative));
    }
}
