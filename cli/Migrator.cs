using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Baselines;
using MigrationKit.Cli.Fixing;
using MigrationKit.Cli.Hybrid;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.ProjectFiles;
using MigrationKit.Cli.Reporting;
using MigrationKit.Cli.Verification;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli;

/// <summary>Runs <c>check</c> and <c>fix</c>: load, analyse, fix, verify, write, report.</summary>
/// <param name="engine">The rules.</param>
/// <param name="progress">Told what the run is at; for a person, never for a program.</param>
/// <param name="ask">Asked about each change; null makes them all.</param>
internal sealed class Migrator(RuleEngine engine, Action<string> progress, Func<ProposedChange, Answer>? ask = null)
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
        var loader = new CandidateLoader(options, engine, progress);
        var scan = await times.MeasureAsync("scan", () => Task.FromResult(loader.Scan(input, cancellationToken)));
        var report = new MigrationReport
        {
            Input = input, Options = options, Findings = [], Files = scan.Files, Projects = scan.Projects.Length, NotAnalysable = scan.OtherLanguages,
            Notes = [.. recovered, .. scan.Notes, .. scan.Projects.IsEmpty ? [$"'{input.File}' has no C# project"] : Array.Empty<string>()], Timings = times.Stages,
            Rules = RuleDescription.Of(engine),
        };
        if (options.RemoveV1 is not null || options.SwitchDefault)
            return await WriteAsync(report with { Changes = await times.MeasureAsync("edit", () => Task.FromResult(new HybridEnd(input, options).Changes(scan))) }, times, cancellationToken);
        if (!scan.Candidates.IsEmpty)
            report = await MigrateAsync(report, loader, scan, times, cancellationToken);
        report = report with { Findings = [.. report.Findings, .. new SurroundingFiles(input, options, engine.Libraries).Find(scan)] };

        Reconcile(report);
        report = MarkBaseline(report with { Findings = Sites.Locate(report.Findings, Sites.Read) });
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

    private static MigrationReport MarkBaseline(MigrationReport report)
    {
        var options = report.Options;
        if (options.Baseline is not { } baseline)
            return report;
        var isWhole = options.Rules == RuleFilter.All && options.Files == FileFilter.All && options.ChangedFiles is null;
        return report with
        {
            Findings = baseline.Mark(report.Findings),
            Notes = isWhole && baseline.Gone(report.Findings) is > 0 and var gone
                ? [.. report.Notes, $"the baseline still accepts {gone} {(gone == 1 ? "finding that is" : "findings that are")} gone; --write-baseline drops them"]
                : report.Notes,
        };
    }

    private async Task<MigrationReport> MigrateAsync(MigrationReport report, CandidateLoader loader, ScanResult scan, StageTimes times, CancellationToken cancellationToken)
    {
        var (input, options) = (report.Input, report.Options);
        bool IsSelected(string file) => options.Files.Contains(input.Relative(file));
        bool IsChanged(string file) => options.ChangedFiles?.Contains(file) ?? true;

        Warmup.Begin(engine, cancellationToken);
        var (loaded, all) = await times.MeasureAsync("load", () => Task.FromResult(loader.Load(input, scan, cancellationToken)));
        if (options.Framework is { } framework && !loaded.Candidates.Any())
        {
            throw new MigrationException(
                ExitCode.Usage, $"--framework: no project that uses V1 targets '{framework}'; they target {string.Join(", ", loaded.Projects.Select(p => p.TargetFramework).Distinct())}.");
        }

        var swap = new StateSwap(loaded, engine);
        var files = FindReferences(input, options, loaded, swap);
        var untouched = files.ClosedProjects.Keys.ToHashSet(StringComparer.Ordinal);
        var withV1 = swap.Apply(engine.Runtime.WithV1, untouched);
        var baseline = new Baseline(input, loaded);
        var open = loaded.Candidates.Where(p => !files.ClosedProjects.ContainsKey(p.Project.File)).ToList();
        foreach (var (project, why) in await times.MeasureAsync("analyse", () => baseline.CheckOutlineAsync(withV1, open, cancellationToken)))
            files.Close(project, why);

        var settings = new ProgramSettings(input, loaded, options);
        var rounds = new FixRounds(loaded, engine, new SolutionAnalyzer(engine, options, file => IsSelected(file) && IsChanged(file)), settings, times);
        var verifier = new Verifier(loaded, [withV1, swap.Apply(engine.Runtime.WithoutV1, untouched)]);
        var policy = new EditPolicy(options.SafeOnly, ClosedFiles(input, options, loaded, files), ImmutableDictionary<FindingKey, string>.Empty);
        var first = options.Fix ? await rounds.FixAsync(withV1, policy, cancellationToken) : await rounds.FindAsync(withV1, cancellationToken);
        var (result, verification) = (first, (VerificationResult?)null);
        while (options is { Fix: true, NoVerify: false } && !first.Texts.IsEmpty)
        {
            (result, policy) = await new VerifiedFix(loaded, rounds, verifier, times, progress).RunAsync(withV1, policy, first, cancellationToken);
            if (result.Texts.IsEmpty)
                break;
            verification = await times.MeasureAsync("verify", () => verifier.SummariseAsync(result.Texts, cancellationToken));

            // Errors outside the edited files: either there before the run, which ends it, or brought by V2, and then the project stays on V1.
            var broken = loaded.Candidates.Where(p => verification.Broken.Contains(p.Id) && !files.ClosedProjects.ContainsKey(p.Project.File)).ToList();
            var reasons = broken.Count == 0 ? [] : await times.MeasureAsync("verify", () => baseline.CheckAsync(withV1, broken, cancellationToken));
            if (reasons.Count == 0)
                break;
            foreach (var (project, why) in reasons)
                files.Close(project, why);
            policy = new(options.SafeOnly, ClosedFiles(input, options, loaded, files), ImmutableDictionary<FindingKey, string>.Empty);
            (first, verification) = (await rounds.FixAsync(withV1, policy, cancellationToken), null);
            result = first;
        }

        if (options.Fix && ask is not null && Proposals.Declined(input, loaded, result, ask) is { IsEmpty: false } declined)
        {
            policy = policy with { Declined = declined };
            (result, verification) = (await rounds.FixAsync(withV1, policy, cancellationToken), null);
            if (!options.NoVerify && !result.Texts.IsEmpty)
                (result, policy) = await new VerifiedFix(loaded, rounds, verifier, times, progress).RunAsync(withV1, policy, result, cancellationToken);
            if (!options.NoVerify && !result.Texts.IsEmpty)
                verification = await times.MeasureAsync("verify", () => verifier.SummariseAsync(result.Texts, cancellationToken));
        }

        var changes = options.Fix ? new ChangeSet(loaded, files, settings, options).Build(result) : [];
        if (options.KeepV1 is { } symbol)
            changes = await times.MeasureAsync("verify", () => new HybridChanges(input, loaded, verifier, symbol).ApplyAsync(changes, cancellationToken));
        var packageProblem = options is { Fix: true, NoVerify: false } && !changes.IsEmpty
            ? await times.MeasureAsync("verify", () => Task.FromResult(new PackageProbe(input, options).Ask(files.NewPackages, cancellationToken)))
            : null;
        var findings = result.Findings.Select(f => ToFinding(f, policy, options.Fix)).Concat(files.Report(options.Fix).Where(f => IsChanged(f.File)));
        return report with
        {
            Files = all.Files,
            Projects = all.Projects.Length,
            Findings = [.. findings.OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column).ThenBy(f => f.Rule, StringComparer.Ordinal)],
            Changes = changes,
            ProjectOf = ProjectsOf(loaded),
            NotAnalysable = [.. all.OtherLanguages, .. await new UnseenCode(input, loaded, engine.Libraries, IsSelected).FindAsync(cancellationToken)],
            Verification = verification,
            PackageProblem = packageProblem,
            Notes = [.. report.Notes.Union(loaded.Notes), .. packageProblem is null ? [] : new[] { packageProblem }],
            NextSteps = new NextSteps(input, options).For(changes, files),
        };
    }

    private static ImmutableDictionary<string, string> ProjectsOf(LoadedSolution loaded)
    {
        var projects = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var project in loaded.Candidates.OrderBy(p => p.Project.File, StringComparer.Ordinal))
        {
            projects.TryAdd(project.Project.File, project.Project.File);
            foreach (var document in loaded.Solution.GetProject(project.Id)!.Documents)
                projects.TryAdd(document.FilePath!, project.Project.File);
        }

        return projects.ToImmutable();
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
                var refusal = $"Uncommitted edits in files that would be changed (commit them, or pass --allow-dirty): {uncommitted}";
                if (!options.DryRun)
                    throw new MigrationException(ExitCode.Usage, refusal);
                report = report with { Refusal = refusal, Notes = [.. report.Notes, refusal] };
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
                report = report with { RunId = new RunWriter(new RunStore(input.Folder)).Write(input.File, report.Changes, id => JsonReport.Of(report with { RunId = id })) };
            return Task.FromResult(report);
        });
    }

    private static string UncommittedEdits(InputPath input, MigrationOptions options, IEnumerable<FileChange> changes)
    {
        if (options.AllowDirty || GitRepository.Find(input.Folder) is not { } repository)
            return "";
        return string.Join(", ", repository.Dirty([.. changes.Where(c => c.Before is not null).SelectMany(c => new[] { c.Path, RealPath.Of(c.Path) })]).Select(input.Relative));
    }
}
