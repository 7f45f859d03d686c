using System.Diagnostics;
using System.Globalization;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Tests.Infrastructure;

/// <summary>This assembly as a program of its own: it does one operation of the tool and is killed with SIGKILL, or asked to end with SIGTERM, at the n-th change to the disk.</summary>
internal static class Victim
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static int _changes;

    /// <param name="args">
    /// At which change to die (0 = never; the count is then printed), with a minus: at which to be interrupted; then an operation and its arguments.
    /// </param>
    private static async Task<int> Main(string[] args)
    {
        var fatal = int.Parse(args[0], CultureInfo.InvariantCulture);
        using var interruption = new Interruption(Console.Error);
        DurableFile.Changing = _ =>
        {
            if (Interlocked.Increment(ref _changes) != Math.Abs(fatal))
                return;
            using var self = Process.GetCurrentProcess();
            if (fatal < 0)
            {
                Interrupt(self.Id);
                if (!interruption.Token.WaitHandle.WaitOne(Limit)) // a signal takes its time
                    throw new TimeoutException("SIGTERM was not heard.");
                return;
            }

            self.Kill();
            Thread.Sleep(Timeout.Infinite); // not one instruction more
        };

        try
        {
            Console.WriteLine("ready"); // whoever kills from outside starts its clock now
            var code = await RunAsync(args[1], args[2], args[3..], interruption.Token);
            Console.WriteLine(_changes);
            return code;
        }
        catch (MigrationException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return (int)e.ExitCode;
        }
    }

    /// <summary>Asks a process to end. Ctrl-C's own signal, SIGINT, is ignored by whatever a shell script started in the background, these tests included.</summary>
    public static void Interrupt(int process)
    {
        using var kill = Process.Start("kill", ["-TERM", process.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    private static async Task<int> RunAsync(string operation, string root, string[] args, CancellationToken cancellationToken)
    {
        switch (operation)
        {
            case "write":
                new RunWriter(new(root)).Write(Path.Combine(root, "x.sln"), Tree.Changes(root));
                return 0;
            case "write-many":
                new RunWriter(new(root)).Write(Path.Combine(root, "x.sln"), Tree.ManyChanges(root));
                return 0;
            case "fill":
                return Fill(root, int.Parse(args[0], CultureInfo.InvariantCulture), int.Parse(args[1], CultureInfo.InvariantCulture));
            case "recover-full":
                return RecoverOnFullDisk(root);
            case "output":
                new OutputFolder(InputPath.Resolve(root), args[0]).Write([]);
                return 0;
            case "tool":
                return (int)await Cli.Program.RunAsync(args, new(Console.Out, Console.Error, root, IsTerminal: false), Analysis.RuleEngine.Default, cancellationToken);
            default:
                throw new ArgumentException($"'{operation}' is no operation; write, write-many, fill, recover-full, output and tool are.", nameof(operation));
        }
    }

    // Sets up its own tree, for on a disk that only this process sees nobody else can.
    private static int Fill(string root, int bytesBefore, int bytesAfter)
    {
        Tree.Create(root);
        var big = Path.Combine(root, "big.cs");
        File.WriteAllBytes(big, new byte[bytesBefore]);
        var before = Tree.State(root);
        try
        {
            new RunWriter(new(root)).Write(Path.Combine(root, "x.sln"), [.. Tree.Changes(root), new(big, new byte[bytesBefore], [.. Enumerable.Repeat((byte)'/', bytesAfter)])]);
            return 0;
        }
        catch (MigrationException e) when (Tree.State(root).SequenceEqual(before))
        {
            Console.Error.WriteLine($"as before: {e.Message}");
            return (int)e.ExitCode;
        }
    }

    private static int RecoverOnFullDisk(string root)
    {
        Tree.Create(root);
        var before = Tree.State(root);
        var store = new RunStore(root);
        try
        {
            new RunWriter(store, step => { if (step == WriteStep.BeforeCommit) throw new OperationCanceledException(); }).Write(Path.Combine(root, "x.sln"), Tree.Changes(root));
        }
        catch (OperationCanceledException)
        {
            // As a kill leaves it: the writer handles failures of the disk only.
        }

        try
        {
            using var filler = new FileStream(Path.Combine(root, ".migrationkit", "filler"), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            while (true)
                filler.Write(new byte[4096]);
        }
        catch (IOException e)
        {
            Console.Error.WriteLine(e.Message);
        }

        using (store.Lock())
            Console.Error.WriteLine(string.Join(' ', new Recovery(store).Run()));
        return Tree.State(root).SequenceEqual(before) ? 0 : 1;
    }

    /// <summary>Starts the program.</summary>
    /// <param name="prefix">A shell command that sets up the process and ends in <c>exec "$@"</c>; null for none.</param>
    /// <param name="args">As <see cref="Main"/> takes them.</param>
    public static Process Start(string? prefix, params string[] args)
    {
        string[] command = ["dotnet", typeof(Victim).Assembly.Location, .. args];
        var start = prefix is null ? new ProcessStartInfo(command[0], command[1..]) : new ProcessStartInfo("/bin/sh", ["-c", prefix, "sh", .. command]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.WorkingDirectory = AppContext.BaseDirectory; // ours is that of the project that MSBuild builds in this process just now
        // MSBuild in this process sets these for itself; a user's shell has none of them.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
            start.Environment.Remove(name);
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_gcServer"] = "0";
        return Process.Start(start)!;
    }

    /// <summary>Runs the program to its end, whichever it is.</summary>
    public static async Task<(int ExitCode, string Out, string Error)> RunAsync(string? prefix, params string[] args)
    {
        using var process = Start(prefix, args);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    /// <summary>How many changes to the disk an operation makes.</summary>
    public static async Task<int> CountAsync(params string[] args)
    {
        var (exitCode, output, error) = await RunAsync(null, ["0", .. args]);
        Assert.True(exitCode == 0, error);
        return int.Parse(output.TrimEnd().Split('\n')[^1], CultureInfo.InvariantCulture);
    }
}
