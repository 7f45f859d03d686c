using Microsoft.CodeAnalysis;

namespace MigrationKit.Cli.Loading;

/// <summary>One project for one target framework in the loaded solution.</summary>
/// <param name="Id">Its ID in the Roslyn solution.</param>
/// <param name="Project">What its evaluation said.</param>
/// <param name="TargetFramework">For example <c>net10.0</c>.</param>
/// <param name="Role">What a run does with it.</param>
internal sealed record LoadedProject(ProjectId Id, EvaluatedProject Project, string TargetFramework, ProjectRole Role);
