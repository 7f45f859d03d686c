using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Build.Framework;

namespace MigrationKit.Cli.Loading;

/// <summary>Collects the errors of a build by project.</summary>
internal sealed class BuildErrors : ILogger
{
    private readonly ConcurrentQueue<(string? Project, string Message)> _errors = new();

    public LoggerVerbosity Verbosity { get; set; } = LoggerVerbosity.Minimal;

    public string? Parameters { get; set; }

    public ImmutableArray<string> All => [.. _errors.Select(e => e.Message).Distinct()];

    public ImmutableArray<string> Of(string project) =>
        [.. _errors.Where(e => string.Equals(e.Project, project, StringComparison.Ordinal)).Select(e => e.Message).Distinct()];

    public void Initialize(IEventSource eventSource) =>
        eventSource.ErrorRaised += (_, e) =>
            _errors.Enqueue((e.ProjectFile, e.Code is { Length: > 0 } code ? $"{code}: {e.Message}" : e.Message ?? "an error without a message"));

    public void Shutdown()
    {
        // Nothing is held open.
    }
}
