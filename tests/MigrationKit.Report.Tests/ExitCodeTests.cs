using MigrationKit.Cli;
using MigrationKit.Cli.Analysis;
using MigrationKit.Report.Tests.Infrastructure;

namespace MigrationKit.Report.Tests;

public sealed class ExitCodeTests
{
    [Theory]
    [InlineData("Fixed", false, 0)]
    [InlineData("Manual", false, 1)]
    [InlineData("Manual", true, 0)]
    [InlineData("Skipped", false, 1)]
    [InlineData("Skipped", true, 0)]
    [InlineData("Unverified", false, 4)]
    [InlineData("Unverified", true, 0)]
    public void Fix_FailsOnWhatIsLeftAndNotAccepted(string status, bool isInBaseline, int expected)
    {
        var finding = Reports.Finding("A.cs", 1, Enum.Parse<FindingStatus>(status)) with { IsInBaseline = isInBaseline };
        Assert.Equal((ExitCode)expected, Reports.Of([finding], []).ExitCode);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Check_FailsOnWhatIsNotAccepted(bool isInBaseline, int expected)
    {
        var options = new MigrationOptions { Path = Reports.Folder, Fix = false };
        var finding = Reports.Finding("A.cs", 1, FindingStatus.Open) with { IsInBaseline = isInBaseline };
        Assert.Equal((ExitCode)expected, Reports.Of([finding], [], options).ExitCode);
    }

    // What the run without --dry-run would return: it ends before anything else counts.
    [Theory]
    [InlineData("Fixed")]
    [InlineData("Unverified")]
    public void DryRunThatWouldBeRefused_IsUsage(string status)
    {
        var report = Reports.Of([Reports.Finding("A.cs", 1, Enum.Parse<FindingStatus>(status))], []) with { Refusal = "uncommitted edits" };
        Assert.Equal(ExitCode.Usage, report.ExitCode);
    }
}
