using MigrationKit.Cli.Baselines;

namespace MigrationKit.Report.Tests.Infrastructure;

/// <summary>A folder for a baseline file.</summary>
internal sealed class BaselineFolder : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("migrationkit-baseline-").FullName;

    public FindingBaseline Read(string text)
    {
        var file = Path.Combine(Root, "baseline.json");
        File.WriteAllText(file, text);
        return FindingBaseline.Read(file);
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);
}
