using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.ProjectFiles;
using VoiceForge;

namespace MigrationKit.Cli.Doctor;

/// <summary>Target frameworks, platforms and package versions of the projects that use V1.</summary>
internal sealed class ProjectChecks(MigrationOptions options, ImmutableArray<MigratedLibrary> libraries)
{
    private const string Frameworks = "target frameworks";
    private const string Platforms = "platforms";
    private const string Packages = "package versions";
    private const string FrameworkLimit = "net10.0 or later in every project that uses V1";
    private const string PlatformLimit = "64-bit: ONNX Runtime has Windows, Linux and macOS libraries for x64 and arm64";
    private const string PackageLimit = "the newest V1, no floating version, no lock file";

    // The part of a runtime identifier behind the last dash.
    private static readonly string[] Unsupported = ["x86", "arm", "s390x", "ppc64le", "wasm", "armel"];

    public IEnumerable<DiagnosticCheck> Run(InputPath input, IEnumerable<string> projects)
    {
        try
        {
            MSBuildHost.Register(input.Folder);
        }
        catch (MigrationException e) // no SDK: the check of that name says so; these have nothing to ask
        {
            return [NotMeasured(Frameworks, FrameworkLimit, e), NotMeasured(Platforms, PlatformLimit, e), NotMeasured(Packages, PackageLimit, e)];
        }

        return RunRegistered(input, projects);
    }

    private static DiagnosticCheck NotMeasured(string name, string limit, MigrationException e) =>
        new(name, DiagnosticStatus.NotMeasured, e.Message, limit, "solve what the check 'sdk' says");

    // MSBuild types: only after it is registered.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private IEnumerable<DiagnosticCheck> RunRegistered(InputPath input, IEnumerable<string> projects)
    {
        var evaluator = new ProjectEvaluator(options.Properties, libraries);
        var evaluated = new Dictionary<string, EvaluatedProject>(StringComparer.Ordinal);
        evaluator.Evaluate(projects, evaluated, CancellationToken.None);
        var users = evaluated.Values.Where(project => project.LibraryReferences.Length > 0).ToList();
        var broken = evaluator.Failures.Select(failure => $"{input.Relative(failure.Key)}: {failure.Value}").ToList();
        return [TargetFrameworks(input, users, broken), PlatformsOf(input, users), Versions(input, users)];
    }

    private static DiagnosticCheck TargetFrameworks(InputPath input, List<EvaluatedProject> users, List<string> broken)
    {
        if (broken.Count > 0)
            return new(Frameworks, DiagnosticStatus.Fail, $"cannot be evaluated: {string.Join(", ", broken)}", FrameworkLimit, "make the project build first");
        var old = users.Where(project => project.TargetFrameworks.Any(IsTooOld))
            .Select(project => $"{input.Relative(project.File)} ({string.Join(", ", project.TargetFrameworks.Where(IsTooOld))})").ToList();
        return old.Count > 0
            ? new(Frameworks, DiagnosticStatus.Fail, string.Join(", ", old), FrameworkLimit, "raise TargetFramework to net10.0; until then these projects stay as they are (MKP005)")
            : new(Frameworks, DiagnosticStatus.Pass, $"{users.Count} projects reference a migrated library, none targets an older framework", FrameworkLimit, null);
    }

    private static bool IsTooOld(string framework) => Fixing.ProjectFindings.IsTooOld(framework);

    private static DiagnosticCheck PlatformsOf(InputPath input, List<EvaluatedProject> users)
    {
        var bad = new List<string>();
        foreach (var project in users)
        {
            var properties = ProjectProperties.Of(project.File, "PlatformTarget", "RuntimeIdentifier", "RuntimeIdentifiers");
            bad.AddRange(properties.SelectMany(value => value.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                .Where(value => Unsupported.Contains(value.Split('-')[^1], StringComparer.OrdinalIgnoreCase))
                .Select(value => $"{input.Relative(project.File)} ({value})"));
        }

        return bad.Count > 0
            ? new(Platforms, DiagnosticStatus.Fail, string.Join(", ", bad.Distinct()), PlatformLimit, "remove the 32-bit or unsupported platforms, or build the runtime's native library for them yourself")
            : new(Platforms, DiagnosticStatus.Pass, "no unsupported platform", PlatformLimit, null);
    }

    private DiagnosticCheck Versions(InputPath input, List<EvaluatedProject> users)
    {
        var notes = new List<string>();
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var reference in users.SelectMany(project => project.LibraryReferences))
        {
            var where = $"{input.Relative(reference.File)}({reference.Line})";
            found.Add($"{reference.Library} {reference.Version ?? $"as {reference.ItemType}"}");
            if (reference.Version?.Contains('*', StringComparison.Ordinal) == true)
                notes.Add($"{where}: the version '{reference.Version}' floats, restores may differ until it is {libraries.First(l => l.Name == reference.Library).V2Range}");
        }

        notes.AddRange(PackageLock.Of(users.Select(project => project.File)).Select(file => $"{input.Relative(file)} locks V1"));
        var measured = found.Count == 0 ? "no reference to a migrated library" : string.Join(", ", found);
        return notes.Count == 0
            ? new(Packages, DiagnosticStatus.Pass, measured, PackageLimit, null)
            : new(Packages, DiagnosticStatus.Warning, $"{measured}; {string.Join("; ", notes)}", PackageLimit, $"after the migration renew lock files: {PackageLock.Renewal}");
    }
}
