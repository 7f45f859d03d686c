using System.Diagnostics;
using System.Globalization;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>A request to end, sent to the real process as a signal.</summary>
[Collection(RunsCollection.Name)]
public sealed class InterruptionTests
{
    [Theory]
    [InlineData("scan")]
    [InlineData("load")]
    [InlineData("analyse")]
    public async Task BeforeTheWriting_NothingIsWrittenAndTheExitCodeIs130(string stage)
    {
        using var bench = Workbench.WithApp();
        var before = bench.TreeHash();
        using var process = Start("fix", bench.App, "--no-restore", "--verbosity", "detailed");
        var output = process.StandardOutput.ReadToEndAsync();
        while (await process.StandardError.ReadLineAsync() is { } line && line != stage)
        {
            // what the run is at comes before the stage that is waited for
        }

        Victim.Interrupt(process.Id);
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.True(process.ExitCode == (int)ExitCode.Cancelled, $"{process.ExitCode}: {error}");
        Assert.EndsWith("error: cancelled; nothing was written.\n", error, StringComparison.Ordinal);
        Assert.Equal("", await output);
        Assert.Equal(before, bench.TreeHash());
    }

    [Fact]
    public async Task WhileWriting_TheRunIsWrittenToItsEnd()
    {
        using var reference = Workbench.WithApp();
        var steps = await Victim.CountAsync("tool", reference.App, "fix", reference.App, "--no-restore");
        var migrated = reference.TreeHash(reference.App, ".migrationkit");

        using var bench = Workbench.WithApp();
        var old = bench.TreeHash(bench.App, ".migrationkit");
        var written = await Victim.RunAsync(null, Text(-steps / 2), "tool", bench.App, "fix", bench.App, "--no-restore");
        Assert.True(written.ExitCode == 0, written.Error);
        Assert.Contains("stopping; ", written.Error, StringComparison.Ordinal);
        Assert.Equal(migrated, bench.TreeHash(bench.App, ".migrationkit"));

        // A rollback likewise, and there is one to roll back.
        var undone = await Victim.RunAsync(null, Text(-3), "tool", bench.App, "rollback");
        Assert.True(undone.ExitCode == 0, undone.Error);
        Assert.Equal(old, bench.TreeHash(bench.App, ".migrationkit"));
    }

    [Fact]
    public async Task AtAQuestion_EndsTheRun()
    {
        using var bench = Workbench.WithApp();
        var before = bench.TreeHash();
        using var cancelled = new CancellationTokenSource();
        using var error = new StringWriter();
        using var silent = new SilentReader(cancelled.Cancel);

        var code = await Cli.Program.RunAsync(
            ["fix", bench.App, "--no-restore", "--interactive"], new(TextWriter.Null, error, bench.App, IsTerminal: false, silent), Analysis.RuleEngine.Default, cancelled.Token);

        silent.Release();
        Assert.Equal(ExitCode.Cancelled, code);
        Assert.EndsWith($"error: cancelled; nothing was written.{Environment.NewLine}", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, bench.TreeHash());
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "migrationkit.dll"), .. args])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // MSBuild in this process sets these for itself; a user's shell has none of them.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        return Process.Start(start)!;
    }

    // A person who presses Ctrl-C instead of answering.
    private sealed class SilentReader(Action asked) : TextReader
    {
        private readonly ManualResetEventSlim _released = new();

        public override string? ReadLine()
        {
            asked();
            _released.Wait();
            return null;
        }

        public void Release() => _released.Set();
    }
}
