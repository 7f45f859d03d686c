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
        var (exitCode, output) = Run(folder, ["rev-parse", "--show-toplevel", "--show-prefix"]);
        if (exitCode != 0)
            return null;
        var lines = output.ReplaceLineEndings("\n").Split('\n');
        var (root, prefix) = (Path.GetFullPath(lines[0]), lines[1].TrimEnd('/').Replace('/', Path.DirectorySeparatorChar));
        // git resolves links, our paths are as the user wrote them: the root is written like the folder where it can be.
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        return new(prefix.Length == 0 ? full : full.EndsWith(Path.DirectorySeparatorChar + prefix, StringComparison.Ordinal) ? full[..^(prefix.Length + 1)] : root);
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

    /// <summary>Full paths of the files that differ from a commit, whether committed since, edited, or new and not ignored.</summary>
    /// <param name="reference">A branch, tag, hash, or anything else that names a commit.</param>
    /// <exception cref="MigrationException">It names no commit here.</exception>
    public IReadOnlyList<string> ChangedSince(string reference)
    {
        var (found, hash) = Run(Root, ["rev-parse", "--verify", "--quiet", "--end-of-options", $"{reference}^{{commit}}"]);
        if (found != 0)
        {
            throw new MigrationException(
                ExitCode.Usage, $"--changed-since: '{reference}' names no commit in '{Root}'; name a branch, a tag or a hash, and in CI fetch enough history (fetch-depth: 0).");
        }

        // From the common ancestor: what others did on the branch since is not ours.
        var (related, ancestor) = Run(Root, ["merge-base", hash.Trim(), "HEAD"]);
        var (compared, changed) = Run(Root, ["diff", "--name-only", "-z", "--no-renames", "--no-relative", related == 0 ? ancestor.Trim() : hash.Trim(), "--"]);
        var (listed, added) = Run(Root, ["ls-files", "-z", "--others", "--exclude-standard"]);
        if (compared != 0 || listed != 0)
            throw new MigrationException(ExitCode.Usage, $"--changed-since: git cannot compare '{reference}' with the work tree '{Root}'; 'git diff {reference}' says why.");
        return [.. (changed + added).Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(path => Path.GetFullPath(Path.Combine(Root, path)))];
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
