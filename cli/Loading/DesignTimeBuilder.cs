using System.Collections.Immutable;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Execution;

namespace MigrationKit.Cli.Loading;

/// <summary>Restores and design-time builds projects in this process. Uses MSBuild types: call only after <see cref="MSBuildHost.Register"/>.</summary>
internal sealed class DesignTimeBuilder(ImmutableDictionary<string, string> properties)
{
    // As Visual Studio does it: every target runs up to the compiler, which only hands out its command line.
    private static readonly ImmutableDictionary<string, string> DesignTime = new Dictionary<string, string>
    {
        ["DesignTimeBuild"] = "true",
        ["BuildingInsideVisualStudio"] = "true",
        ["BuildProjectReferences"] = "false",
        ["BuildingProject"] = "false",
        ["ProvideCommandLineArgs"] = "true",
        ["SkipCompilerExecution"] = "true",
        ["ContinueOnError"] = "ErrorAndContinue",
        ["ShouldUnsetParentConfigurationAndPlatform"] = "false",
        ["SkipCopyBuildProduct"] = "true",
    }.ToImmutableDictionary();

    /// <summary>Restores all projects in one go.</summary>
    /// <returns>The errors; empty when everything was restored.</returns>
    public ImmutableArray<string> Restore(IReadOnlyList<string> projects, CancellationToken cancellationToken)
    {
        var errors = new BuildErrors();
        var global = properties
            .SetItem("RestoreGraphProjectInput", string.Join(';', projects)) // NuGet's own way to restore several projects at once
            .SetItem("MSBuildRestoreSessionId", Guid.NewGuid().ToString("D"));
        using var collection = new ProjectCollection(global);
        using var manager = new BuildManager("restore");
        manager.BeginBuild(Parameters(collection, errors));
        try
        {
            using var cancelled = cancellationToken.Register(manager.CancelAllSubmissions);
            var result = manager.BuildRequest(new BuildRequestData(projects[0], new Dictionary<string, string?>(global!), null, ["Restore"], null));
            cancellationToken.ThrowIfCancellationRequested();
            if (result.OverallResult == BuildResultCode.Success)
                return [];
            return errors.All is { IsEmpty: false } all ? all : [result.Exception?.Message ?? "restore failed without a message"];
        }
        finally
        {
            manager.EndBuild();
        }
    }

    /// <summary>What evaluation has to be given so that a build can follow.</summary>
    public static ImmutableDictionary<string, string> WithDesignTime(ImmutableDictionary<string, string> properties) =>
        properties.AddRange(DesignTime.Where(p => !properties.ContainsKey(p.Key)));

    /// <summary>Builds all projects in one session, so that they share evaluations.</summary>
    /// <param name="projects">What to build.</param>
    /// <param name="evaluator">Has evaluated them.</param>
    /// <param name="report">Told the name of each that is done.</param>
    /// <param name="cancellationToken">Ends the session.</param>
    public IReadOnlyList<ProjectBuild> Build(
        IEnumerable<EvaluatedProject> projects, ProjectEvaluator evaluator, Action<string> report, CancellationToken cancellationToken)
    {
        var errors = new BuildErrors();
        using var manager = new BuildManager("design-time");
        manager.BeginBuild(Parameters(evaluator.Collection, errors));
        try
        {
            using var cancelled = cancellationToken.Register(manager.CancelAllSubmissions);
            var submissions = projects.SelectMany(
                    project => project.TargetFrameworks.Select(
                        framework => (project, framework, Submission: manager.PendBuildRequest(Request(evaluator.Of(project, framework))))))
                .ToList();
            foreach (var (project, _, submission) in submissions)
                submission.ExecuteAsync(_ => report(Path.GetFileNameWithoutExtension(project.File)), null);
            foreach (var (_, _, submission) in submissions)
                submission.WaitHandle.WaitOne();
            cancellationToken.ThrowIfCancellationRequested();
            return submissions.Select(s => Read(s.project, s.framework, s.Submission.BuildResult!, errors)).ToList();
        }
        finally
        {
            manager.EndBuild();
        }
    }

    private static BuildParameters Parameters(ProjectCollection collection, BuildErrors errors) =>
        new(collection) { Loggers = [errors], MaxNodeCount = 1, EnableNodeReuse = false };

    private static BuildRequestData Request(Project project) =>
        new(project.CreateProjectInstance(), ["Compile", "CoreCompile"], null, BuildRequestDataFlags.ProvideProjectStateAfterBuild);

    private static ProjectBuild Read(EvaluatedProject project, string framework, BuildResult result, BuildErrors errors)
    {
        var state = result.ProjectStateAfterBuild;
        var arguments = state?.GetItems("CscCommandLineArgs").Select(i => i.EvaluatedInclude).ToImmutableArray() ?? [];
        var messages = errors.Of(project.File);
        if (arguments.IsEmpty && messages.IsEmpty)
            messages = [result.Exception?.Message ?? "the design-time build gave no compiler command line"];
        // A design-time build goes on without packages when nothing was restored; code that needs none would then hide it.
        if (state?.GetPropertyValue("ProjectAssetsFile") is { Length: > 0 } assets && !File.Exists(assets))
            messages = [.. messages, $"NETSDK1004: '{assets}' does not exist; restore the project, or leave --no-restore out"];
        var folder = Path.GetDirectoryName(project.File)!;
        ImmutableArray<string> outputs = state is null
            ? []
            : [.. new[] { "TargetPath", "TargetRefPath", "IntermediateAssembly" }
                .SelectMany(name => state.GetItems(name).Select(i => i.EvaluatedInclude).Append(state.GetPropertyValue(name)))
                .Where(path => path.Length > 0)
                .Select(path => Path.GetFullPath(Path.Combine(folder, path.Replace('\\', Path.DirectorySeparatorChar))))
                .Distinct(StringComparer.Ordinal)];
        return new(project.File, framework, arguments, outputs, messages);
    }
}
