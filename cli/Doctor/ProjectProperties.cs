using Microsoft.Build.Evaluation;

namespace MigrationKit.Cli.Doctor;

/// <summary>Evaluated properties of a project. Uses MSBuild types: only after it is registered.</summary>
internal static class ProjectProperties
{
    /// <returns>The values that are not empty, of projects that evaluate.</returns>
    public static IReadOnlyList<string> Of(string project, params string[] names)
    {
        using var collection = new ProjectCollection();
        var evaluated = new Project(project, null, null, collection);
        return [.. names.Select(evaluated.GetPropertyValue).Where(value => value.Length > 0)];
    }
}
