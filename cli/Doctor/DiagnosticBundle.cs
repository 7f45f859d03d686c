using System.IO.Compression;

namespace MigrationKit.Cli.Doctor;

/// <summary>The archive that a bug report needs: the checks, the configuration, logs and snapshots.</summary>
/// <param name="file">Full path of the archive.</param>
/// <param name="folder">The program's folder, in which <c>logs</c> stands.</param>
/// <param name="withAudio">Whether what was said may be in it.</param>
internal sealed class DiagnosticBundle(string file, string folder, bool withAudio)
{
    /// <summary>Of a longer log the end is taken: that is where the fault is.</summary>
    private const int LongestFile = 4 << 20;

    // A list of what may go out, not of what may not: a format we do not know may hold a voice.
    private static readonly string[] Texts = [".log", ".json", ".txt", ".yaml", ".csv"];
    private static readonly string[] Audio = [".wav", ".npy"];

    /// <summary>Makes sure, before the checks run, that the archive can be written.</summary>
    /// <exception cref="MigrationException">It cannot.</exception>
    public void Check()
    {
        if (File.Exists(file) || Directory.Exists(file))
            throw new MigrationException(ExitCode.Usage, $"--bundle '{file}' exists already; name another file, or delete it.");
        if (!Directory.Exists(Path.GetDirectoryName(file)))
            throw new MigrationException(ExitCode.Usage, $"--bundle '{file}': the folder '{Path.GetDirectoryName(file)}' does not exist.");
    }

    /// <returns>What is in the archive.</returns>
    /// <exception cref="MigrationException">The archive cannot be written; there is none then.</exception>
    public IReadOnlyList<string> Write(string checks, string configuration)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            List<string> names;
            using (var archive = ZipFile.Open(temporary, ZipArchiveMode.Create))
            {
                names = [Add(archive, "diagnostics.json", System.Text.Encoding.UTF8.GetBytes(checks)), Add(archive, "config.yaml", File.ReadAllBytes(configuration))];
                foreach (var path in Logs())
                    names.Add(Add(archive, Path.GetRelativePath(folder, path).Replace('\\', '/'), End(path)));
            }

            File.Move(temporary, file);
            return names;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MigrationException(ExitCode.Usage, $"--bundle '{file}' cannot be written: {e.Message}", e);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private IEnumerable<string> Logs()
    {
        var logs = Path.Combine(folder, "logs");
        var wanted = withAudio ? Texts.Concat(Audio) : Texts;
        return Directory.Exists(logs)
            ? Loading.SourceFolder.Files(logs, [.. wanted]).Where(path => new FileInfo(path).LinkTarget is null).Order(StringComparer.Ordinal)
            : [];
    }

    private static byte[] End(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete); // the program may be writing it
        var isAudio = Audio.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);
        var length = isAudio ? stream.Length : Math.Min(stream.Length, LongestFile);
        stream.Seek(-length, SeekOrigin.End);
        var bytes = new byte[length];
        return bytes[..stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
    }

    private static string Add(ZipArchive archive, string name, byte[] bytes)
    {
        using var stream = archive.CreateEntry(name, CompressionLevel.Optimal).Open();
        stream.Write(bytes);
        return name;
    }
}
