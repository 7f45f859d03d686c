namespace MigrationKit.Samples.Tests;

/// <summary>How a child process ended.</summary>
internal sealed record ChildResult(int ExitCode, string Output, string Error)
{
    /// <summary>Fails the test, with all that was printed, unless the exit code is 0.</summary>
    public ChildResult Succeeded()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}{Environment.NewLine}{Output}{Environment.NewLine}{Error}");
        return this;
    }
}
