using System.Text.RegularExpressions;
using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;

namespace MigrationKit.Cli.Loading;

/// <summary>What decides on an evaluation and a design-time build. Uses MSBuild types: call only after <see cref="MSBuildHost.Register"/>.</summary>
/// <param name="Files">Full paths of files that are read, or would be if they existed, and of folders whose entries count.</param>
internal sealed partial record ProjectInputs(IReadOnlyCollection<string> Files)
{
    // The nearest of each name above the project is taken, so a new one nearer by changes the result.
    private static readonly string[] Inherited =
    [
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "nuget.config", "NuGet.config", "NuGet.Config", ".editorconfig", ".globalconfig",
    ];

    private static readonly string[] HarmlessTasks = ["Error", "Warning", "Message", "CallTarget", "CreateItem", "CreateProperty"];

    private static readonly string[] PureFunctions =
    [
        "[System.String]::", "[System.Version]::", "[System.Math]::", "[System.StringComparison]::", "[System.Runtime.InteropServices.", "[System.OperatingSystem]::",
        "[System.IO.Path]::Combine(", "[System.IO.Path]::GetDirectoryName(", "[System.IO.Path]::GetFileName(", "[System.IO.Path]::GetFileNameWithoutExtension(",
        "[System.IO.Path]::GetExtension(", "[System.IO.Path]::GetFullPath(", "[MSBuild]::IsOSPlatform(", "[MSBuild]::IsOsPlatform(", "[MSBuild]::Version",
        "[MSBuild]::GetTargetFramework", "[MSBuild]::GetTargetPlatform", "[MSBuild]::IsTargetFrameworkCompatible(", "[MSBuild]::EnsureTrailingSlash(", "[MSBuild]::NormalizePath(",
        "[MSBuild]::NormalizeDirectory(", "[MSBuild]::ValueOrDefault(", "[MSBuild]::Add(", "[MSBuild]::Escape(", "[MSBuild]::AreFeaturesEnabled(", "[MSBuild]::MakeRelative(",
    ];

    /// <returns>Null when something decides whose changes would go unseen: a task that runs, a file that a property function reads, a glob beyond the project's folder.</returns>
    public static ProjectInputs? Of(IReadOnlyList<Project> frameworks)
    {
        var project = frameworks[0];
        var folder = project.DirectoryPath;
        var obj = Path.Combine(folder, "obj");
        if (Path.GetFullPath(Path.Combine(folder, project.GetPropertyValue("MSBuildProjectExtensionsPath"))).TrimEnd(Path.DirectorySeparatorChar) != obj || !Directory.Exists(obj))
            return null;

        var inputs = new HashSet<string>(StringComparer.Ordinal) { project.FullPath, project.FullPath + ".user", Path.Combine(obj, "project.assets.json") };
        foreach (var file in Directory.EnumerateFiles(obj, $"{Path.GetFileName(project.FullPath)}.*"))
            inputs.Add(file);
        foreach (var evaluated in frameworks)
        {
            foreach (var root in evaluated.Imports.Select(i => i.ImportedProject).Prepend(evaluated.Xml).DistinctBy(r => r.FullPath))
            {
                inputs.Add(root.FullPath);
                if (IsSdk(evaluated, root.FullPath))
                    continue; // its folder is named after its version
                if (!IsPure(evaluated, root))
                    return null;
                foreach (Match exists in ExistsCondition().Matches(root.RawXml))
                    inputs.Add(Path.GetFullPath(Path.Combine(folder, Expand(evaluated, root, exists.Groups["path"].Value).Replace('\\', Path.DirectorySeparatorChar))));
            }
        }

        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
            inputs.UnionWith(Inherited.Select(name => Path.Combine(at, name)));
        inputs.Add(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "NuGet", "NuGet.Config"));
        return new(inputs);
    }

    private static bool IsSdk(Project project, string file) =>
        project.GetPropertyValue("NetCoreRoot") is { Length: > 0 } sdk && file.StartsWith(sdk, StringComparison.Ordinal);

    private static bool IsPure(Project project, ProjectRootElement root)
    {
        var text = root.RawXml;
        var above = FileAbove().Matches(text).Select(m => m.Index).ToHashSet();
        return PropertyFunction().Matches(text).All(m => above.Contains(m.Index) || PureFunctions.Any(f => text.AsSpan(m.Index + 2).StartsWith(f, StringComparison.Ordinal)))
            && root.UsingTasks.Count == 0
            && root.Targets.SelectMany(t => t.Tasks).All(t => HarmlessTasks.Contains(t.Name))
            && !root.Imports.Any(i => i.Project.Contains('*', StringComparison.Ordinal))
            && !Property().Matches(text).Any(m => DesignTimeCache.IsVolatile(m.Groups["name"].Value))
            && root.Items.SelectMany(i => new[] { i.Include, i.Exclude, i.Update, i.Remove }).Where(p => p.AsSpan().ContainsAny("*?")).All(p => StaysInside(project, root, p));
    }

    // The project itself is what Project.ExpandString takes for 'this file'.
    private static string Expand(Project project, ProjectRootElement root, string text) =>
        project.ExpandString(text.Replace("$(MSBuildThisFileDirectory)", root.DirectoryPath + Path.DirectorySeparatorChar, StringComparison.OrdinalIgnoreCase));

    private static bool StaysInside(Project project, ProjectRootElement root, string glob) => Expand(project, root, glob).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Where(p => p.AsSpan().ContainsAny("*?"))
        .All(p => Path.GetFullPath(Path.Combine(project.DirectoryPath, p.Replace('\\', '/'))).StartsWith(project.DirectoryPath + Path.DirectorySeparatorChar, StringComparison.Ordinal));

    [GeneratedRegex(@"\$\(\[", RegexOptions.CultureInvariant)]
    private static partial Regex PropertyFunction();

    // Of a name that the folders above are searched for anyway.
    [GeneratedRegex(
        @"\$\(\[MSBuild\]::(GetPathOfFileAbove|GetDirectoryNameOfFileAbove)\((?<quote>['""]?)[^)]*?(Directory\.Build\.props|Directory\.Build\.targets|Directory\.Packages\.props|global\.json)\k<quote>",
        RegexOptions.CultureInvariant)]
    private static partial Regex FileAbove();

    [GeneratedRegex(@"Exists\s*\(\s*'(?<path>[^']*)'\s*\)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex ExistsCondition();

    [GeneratedRegex(@"\$\((?<name>\w+)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Property();
}
