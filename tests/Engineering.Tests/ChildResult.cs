namespace MigrationKit.Engineering.Tests;

/// <summary>How a program ended and what it printed.</summary>
internal sealed record ChildResult(int ExitCode, string Output)
{
    public ChildResult ShouldSucceed()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}:\n{Output}");
        return this;
    }

    /// <returns>The output lines that report an error, each once.</returns>
    public IReadOnlyList<string> ShouldFail()
    {
        Assert.True(ExitCode != 0, $"Expected a failure:\n{Output}");
        return Output.Split('\n').Select(line => line.Trim()).Where(line => line.Contains("error", StringComparison.Ordinal)).Distinct().ToList();
    }

    public int Count(string text) => Output.Split(text).Length - 1;
}
