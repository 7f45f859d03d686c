using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace MigrationKit.Cli.Writing;

/// <summary>The git repository that a folder belongs to, asked through the <c>git</c> command.</summary>
internal sealed class GitRepository
{
    private GitRepository(string root) => Root = root;

    /// <summary>Full path of the work tree.</summary>
    public string Root { get; }

    /// <summary>Null outside a work tree, and on machines without git.</summary>
    public static GitRepository? Find(string folder)
    {
        var (exitCode, output) = Run(folder, ["rev-parse", "--show-toplevel"]);
        return exitCode == 0 ? new(RealPath.Of(Path.GetFullPath(output.TrimEnd('\r', '\n')))) : null;
    }

    /// <summary>Which of the files differ from the last commit. A file that git does not track has no commit to differ from.</summary>
    public IReadOnlyList<string> Dirty(IReadOnlyCollection<string> files)
    {
        var inside = files.Where(f => f.StartsWith(Root + Path.DirectorySeparatorChar, StringComparison.Ordinal)).ToHashSet(StringComparer.Ordinal);
        if (inside.Count == 0)
            return [];
        var (exitCode, output) = Run(Root, ["status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=no"]);
        if (exitCode != 0)
            throw new MigrationException(ExitCode.Usage, $"'git status' failed in '{Root}'; --allow-dirty goes on without it.");
        return output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => Path.GetFullPath(Path.Combine(Root, line[3..]))).Where(inside.Contains).ToList();
    }

    /// <summary>Full paths of the files below a folder that are tracked, or neither tracked nor ignored.</summary>
    public static IReadOnlyList<string> Files(string folder)
    {
        var (exitCode, output) = Run(folder, ["ls-files", "-z", "--cached", "--others", "--exclude-standard"]);
        return exitCode != 0
            ? []
            : output.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(line => Path.GetFullPath(Path.Combine(folder, line))).Where(File.Exists).Distinct().ToList();
    }

    private static (int ExitCode, string Output) Run(string folder, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("git", ["-C", folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.ErrorDataReceived += (_, _) => { }; // drained, so that git never blocks on a full pipe
            process.BeginErrorReadLine();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (Win32Exception)
        {
            return (-1, ""); // git is not installed: the folder is treated as one outside any repository
        }
    }
}
