using System.Collections.Immutable;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using Finding = MigrationKit.Cli.Analysis.Finding;

namespace MigrationKit.Cli.ProjectFiles;

/// <summary>The findings outside code and references: configured memory, entry points, deployment (MKP002 to MKP004).</summary>
internal sealed class SurroundingFiles(InputPath input, MigrationOptions options, ImmutableArray<MigratedLibrary> libraries)
{
    /// <summary>Reads what surrounds the projects of a scan; none of it is ever edited.</summary>
    public IEnumerable<Finding> Find(ScanResult scan)
    {
        var findings = new List<PlacedText>();
        if (options.Rules.Contains(ProjectRules.ConfiguredMemory))
            findings.AddRange(scan.Projects.SelectMany(project => ConfiguredMemory.Find(Path.GetDirectoryName(project)!, Doctor.Machine.MemoryGb)).Distinct());
        if (options.Rules.Contains(ProjectRules.V1EntryPoint) || options.Rules.Contains(ProjectRules.V1Mention))
        {
            var files = DeploymentFiles.Of(input.Folder);
            if (options.Rules.Contains(ProjectRules.V1EntryPoint))
                findings.AddRange(new EntryPoints(scan.Projects).Find(files));
            if (options.Rules.Contains(ProjectRules.V1Mention))
                findings.AddRange(files.SelectMany(new VersionMentions(libraries).Find));
        }

        return findings.Where(f => options.Files.Contains(input.Relative(f.File)))
            .OrderBy(f => f.File, StringComparer.Ordinal).ThenBy(f => f.Line).ThenBy(f => f.Column)
            .Select(f => new Finding(
                f.Rule, TargetSeverity.OfProjectRule(f.Rule, options.Target), Facts.Manual, f.File, f.Line, f.Column, f.Message, FindingStatus.Manual, f.Remedy));
    }
}
