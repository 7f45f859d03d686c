using Microsoft.CodeAnalysis;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Reporting;
using MigrationKit.Report.Tests.Infrastructure;

namespace MigrationKit.Report.Tests;

public sealed class GitHubReportTests
{
    [Fact]
    public void Findings_AreAnnotationsWithTheRunnersEscapes()
    {
        var lines = GitHubReport.Of(Reports.Small()).Split('\n');
        Assert.Equal(
            "::error file=B/Left.cs,line=4,col=5,title=MK0001::Not 100%25%0D%0Asure: </script><img src=x onerror=alert(1)> [manual: a, b: <b>decide</b>]", lines[0]);
        Assert.Equal("::notice title=migrationkit::B was not restored", lines[3]);
        Assert.Contains("found 5, fixed 2 (1 to review), manual 1, unverified 1, skipped 1", lines[4], StringComparison.Ordinal);
    }

    [Fact]
    public void FileName_IsEscapedAsAProperty()
    {
        var report = Reports.Of([Reports.Finding("A/Speech 1,5:%.cs", 2, FindingStatus.Open, severity: DiagnosticSeverity.Info)], [], new() { Path = Reports.Folder, Fix = false });
        Assert.StartsWith("::notice file=A/Speech 1%2C5%3A%25.cs,line=2,col=5,title=MK0003::", GitHubReport.Of(report), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10, false)]
    [InlineData(11, true)]
    public void MoreThanGitHubShows_IsSaid(int count, bool isSaid)
    {
        var report = Reports.Of(Enumerable.Range(1, count).Select(i => Reports.Finding("A.cs", i, FindingStatus.Open)), []);
        Assert.Equal(isSaid, GitHubReport.Of(report).Contains($"{count} annotations of the kind 'warning'", StringComparison.Ordinal));
    }

    [Fact]
    public void AcceptedFinding_IsNoAnnotation()
    {
        var report = Reports.Of([Reports.Finding("A.cs", 1, FindingStatus.Open) with { IsInBaseline = true }], []);
        Assert.StartsWith("3 projects, 12 C# files: found 1", GitHubReport.Of(report), StringComparison.Ordinal);
    }
}
