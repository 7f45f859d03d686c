using System.Collections.Immutable;
using System.Globalization;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.ProjectFiles;
using MigrationKit.Cli.Reporting;
using MigrationKit.Cli.Writing;
using VoiceForge;

namespace MigrationKit.Cli.Doctor;

/// <summary>The guides' lists for before a migration: whether a <c>fix</c> would work, and what it would leave.</summary>
/// <param name="engine">The rules.</param>
/// <param name="options">Those of the <c>fix</c> to come; nothing is written whatever they say.</param>
/// <param name="progress">Told what the run is at.</param>
internal sealed class Checkup(RuleEngine engine, MigrationOptions options, Action<string> progress)
{
    private const double RecommendedDiskGb = 5;
    private const int Shown = 5;

    public async Task<ImmutableArray<DiagnosticCheck>> RunAsync(CancellationToken cancellationToken)
    {
        var input = InputPath.Resolve(options.Path);
        var projects = SolutionProjects.Of(input);
        var (report, failure) = await DryRunAsync(cancellationToken);
        return
        [
            Projects(projects),
            BuildLogic(projects.Where(File.Exists)),
            await SdkCheck.RunAsync(input.Folder, cancellationToken),
            .. new ProjectChecks(options, engine.Libraries).Run(input, projects.Where(File.Exists)),
            Git(input, report),
            Disk(input, report),
            Memory(projects),
            Loading(report, failure),
            V2Packages(report),
            LeftOver(report),
        ];
    }

    private async Task<(MigrationReport? Report, string? Failure)> DryRunAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await new Migrator(engine, progress).RunAsync(options with { Fix = true, DryRun = true, AllowDirty = true, Output = null }, cancellationToken), null);
        }
        catch (MigrationException e) // what would stop 'fix' is what this command is asked for
        {
            return (null, e.Message);
        }
    }

    private static DiagnosticCheck Projects(IReadOnlyList<string> projects)
    {
        const string limit = "at least one C# project, none missing";
        var missing = projects.Where(project => !File.Exists(project)).ToList();
        var csharp = projects.Count(project => project.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase));
        var measured = $"{csharp} C# projects, {projects.Count - csharp} of other languages{(missing.Count > 0 ? $", missing: {string.Join(", ", missing)}" : "")}";
        return missing.Count > 0 ? new("projects", DiagnosticStatus.Fail, measured, limit, "remove the missing projects from the solution, or restore their files")
            : csharp == 0 ? new("projects", DiagnosticStatus.Fail, measured, limit, "only C# is migrated; change other languages by hand, along docs/rules")
            : new("projects", DiagnosticStatus.Pass, measured, limit, null);
    }

    // A build may run anything. Who was handed the solution should know before MSBuild sees it.
    private static DiagnosticCheck BuildLogic(IEnumerable<string> projects)
    {
        var own = projects.Where(project => project.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
            .Where(project => ProjectOutline.Read(project).ProjectText is var text
                && (text.Contains("<Exec", StringComparison.Ordinal) || text.Contains("<UsingTask", StringComparison.Ordinal)))
            .Select(Path.GetFileName)
            .ToList();
        const string limit = "loading runs the solution's MSBuild logic, as any build does: point it only at code that you would build";
        return own.Count == 0
            ? new("build logic", DiagnosticStatus.Pass, "no project runs programs or tasks of its own", limit, null)
            : new("build logic", DiagnosticStatus.Warning, $"commands or tasks of their own: {Some(own)}", limit, "read them and the files they import first if the code is not yours");
    }

    private DiagnosticCheck Git(InputPath input, MigrationReport? report)
    {
        const string limit = "a git repository, the files to be changed committed";
        if (GitRepository.Find(input.Folder) is not { } repository)
            return new("git", DiagnosticStatus.Warning, "no git repository", limit, "commit the code to a repository first, or rely on 'migrationkit rollback' alone");
        var dirty = report is null ? [] : repository.Dirty([.. report.Changes.Where(change => change.Before is not null).Select(change => change.Path)]);
        return dirty.Count == 0
            ? new("git", DiagnosticStatus.Pass, $"'{repository.Root}', no uncommitted edit in what would be changed", limit, null)
            : new("git", options.AllowDirty ? DiagnosticStatus.Warning : DiagnosticStatus.Fail, $"uncommitted edits: {Some(dirty.Select(input.Relative))}", limit, "commit them, or pass --allow-dirty to 'fix'");
    }

    private static DiagnosticCheck Disk(InputPath input, MigrationReport? report)
    {
        var free = Machine.FreeDiskGb(input.Folder);
        var needed = (report?.Changes.Sum(change => (change.Before?.Length ?? 0) + change.After.LongLength) ?? 0) / (double)(1L << 30);
        var status = free <= needed ? DiagnosticStatus.Fail : free < RecommendedDiskGb ? DiagnosticStatus.Warning : DiagnosticStatus.Pass;
        return new(
            "disk", status, string.Create(CultureInfo.InvariantCulture, $"{free:0.0} GiB free, {needed:0.000} GiB for backups and new files"),
            $"room for the run, and {RecommendedDiskGb} GiB for V2's logs and snapshots", status == DiagnosticStatus.Pass ? null : "free disk space");
    }

    private static DiagnosticCheck Memory(IEnumerable<string> projects)
    {
        const string limit = "configured sizes fit the machine";
        var folders = projects.Select(project => Path.GetDirectoryName(project)!).Distinct().ToList();
        var configured = folders.Count(folder => File.Exists(Path.Combine(folder, ConfiguredMemory.FileName)));
        var memory = Machine.MemoryGb;
        var tooLarge = folders.SelectMany(folder => ConfiguredMemory.Find(folder, memory)).ToList();
        return tooLarge.Count > 0
            ? new("memory", DiagnosticStatus.Fail, $"{tooLarge[0].File}: {tooLarge[0].Message}", limit, tooLarge[0].Remedy)
            : new(
                "memory", DiagnosticStatus.Pass,
                string.Create(CultureInfo.InvariantCulture, $"{memory:0.0} GiB here, {(configured == 0 ? "no config.yaml yet" : $"{configured} config.yaml that fit")}"), limit, null);
    }

    private static DiagnosticCheck Loading(MigrationReport? report, string? failure)
    {
        const string limit = "the code loads, compiles and can be written";
        return report is null
            ? new("dry run", DiagnosticStatus.Fail, failure!, limit, "make the solution build with 'dotnet build' first")
            : new(
                "dry run", report.Count(FindingStatus.Unverified) == 0 ? DiagnosticStatus.Pass : DiagnosticStatus.Warning,
                $"{report.Findings.Length} findings, {report.Count(FindingStatus.Fixed)} fixed, {report.Changes.Length} files to change", limit,
                report.Count(FindingStatus.Unverified) == 0 ? null : "'fix --dry-run' names what does not compile");
    }

    private DiagnosticCheck V2Packages(MigrationReport? report)
    {
        const string limit = "V2 restores from the solution's package sources";
        if (report is null || options.NoRestore || options.NoPackages)
            return new("V2 packages", DiagnosticStatus.NotMeasured, report is null ? "there was no dry run" : "nothing was restored", limit, report is null ? "solve what the check 'dry run' says" : "leave --no-restore out");
        return report.PackageProblem is { } problem
            ? new("V2 packages", DiagnosticStatus.Warning, problem, limit, "add a source that holds them to nuget.config, or name projects under 'references' in .migrationkit.json")
            : new("V2 packages", DiagnosticStatus.Pass, "no new reference that does not restore", limit, null);
    }

    private static DiagnosticCheck LeftOver(MigrationReport? report)
    {
        const string limit = "every finding has a fix, every file was looked at";
        if (report is null)
            return new("left over", DiagnosticStatus.NotMeasured, "there was no dry run", limit, "solve what the check 'dry run' says");
        var left = report.Findings.Where(f => f.Status != FindingStatus.Fixed)
            .Select(f => $"{f.Rule} {report.Input.Relative(f.File)}({f.Line}): {f.Reason}")
            .Concat(report.NotAnalysable.Select(file => $"{file.File}: {file.Why}"))
            .ToList();
        return left.Count == 0
            ? new("left over", DiagnosticStatus.Pass, "nothing will be left for a person", limit, null)
            : new("left over", DiagnosticStatus.Warning, $"{left.Count} places will not be migrated: {Some(left)}", limit, "plan these by hand; 'fix --dry-run' lists all of them");
    }

    private static string Some<T>(IEnumerable<T> all)
    {
        var list = all.ToList();
        return string.Join(", ", list.Take(Shown)) + (list.Count > Shown ? $", and {list.Count - Shown} more" : "");
    }
}
