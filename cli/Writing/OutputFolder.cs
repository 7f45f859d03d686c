using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Writing;

/// <summary>Writes a migrated copy and leaves the original alone.</summary>
/// <param name="input">What is copied: the folder of the solution or project.</param>
/// <param name="folder">Full path of the result.</param>
internal sealed class OutputFolder(InputPath input, string folder)
{
    private const string LockName = ".migrationkit-output.lock";

    /// <exception cref="MigrationException">The folder holds something that is not an unedited result of this tool, overlaps the input, or cannot be written.</exception>
    public void Check()
    {
        var (real, source) = (RealPath.Of(folder), RealPath.Of(input.Folder));
        if (MovedReferences.IsInside(real, source) || MovedReferences.IsInside(source, real))
            throw new MigrationException(ExitCode.Usage, $"--output '{folder}' and the input '{input.Folder}' overlap; choose a folder beside the input.");
        if (File.Exists(folder))
            throw new MigrationException(ExitCode.Usage, $"--output '{folder}' is a file; name a folder that does not exist or is empty.");
        var existing = NearestExisting();
        if (!DurableFile.CanWriteIn(existing))
            throw new MigrationException(ExitCode.Usage, $"--output '{folder}' cannot be written: '{existing}' is read-only; make it writable or choose another folder.");
        if (!Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).All(e => Path.GetFileName(e) is LockName or OutputManifest.FileName + ".tmp"))
            return;
        if (OutputManifest.Read(folder) is not { } manifest)
            throw new MigrationException(ExitCode.Usage, $"--output '{folder}' is not empty and not a result of migrationkit; choose another folder.");
        if (manifest.Edited(folder) is { Count: > 0 } edited)
        {
            throw new MigrationException(
                ExitCode.Usage, $"--output '{folder}' was edited since migrationkit wrote it ({string.Join(", ", edited.Take(5))}); choose another folder, or delete it.");
        }
    }

    /// <exception cref="MigrationException">
    /// A file cannot be written: an earlier result is as it was, a new folder is removed again. Killed in between, the same command goes on.
    /// </exception>
    public void Write(IReadOnlyList<FileChange> changes)
    {
        var files = Contents(changes);
        Preflight.RequireRoom(NearestExisting(), files.Sum(f => (long)f.Value.Bytes.Length));
        var existed = Directory.Exists(folder);
        var isReplacing = false;
        OutputManifest? earlier = null;
        try
        {
            DurableFile.CreateFolder(folder);
            using var held = Lock();
            Check(); // again: another run may have ended meanwhile
            earlier = OutputManifest.Read(folder);
            var after = files.ToDictionary(f => f.Key, f => SourceFile.Hash(f.Value.Bytes), StringComparer.Ordinal);
            RemoveTemporaries(earlier, after.Keys);
            OutputManifest.Pending(earlier, after).Write(folder);
            foreach (var (path, file) in files)
                WriteTemporary(Path.Combine(folder, path), file);
            isReplacing = true;
            foreach (var path in files.Keys.Select(path => Path.Combine(folder, path)))
                DurableFile.Replace(Temporary(path), path);
            foreach (var old in (earlier?.Files.Keys ?? Enumerable.Empty<string>()).Except(after.Keys).Select(path => Path.Combine(folder, path)).Where(File.Exists))
                DurableFile.Delete(old);
            OutputManifest.Of(after).Write(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MigrationException(ExitCode.WriteFailed, $"Writing '{folder}' failed, {Undo(existed, isReplacing, earlier, files.Keys)}: {e.Message}", e);
        }
    }

    /// <summary>Removes what a run wrote into an output folder; files that others added stay.</summary>
    /// <param name="folder">Full path; it holds a manifest.</param>
    /// <param name="force">Go on although files were edited since: those stay, too.</param>
    /// <returns>How many files were removed.</returns>
    /// <exception cref="MigrationException">Files were edited since, or cannot be removed.</exception>
    public static int Remove(string folder, bool force)
    {
        var manifest = OutputManifest.Read(folder)!;
        var present = manifest.Files.Keys.Where(path => File.Exists(Path.Combine(folder, path))).ToList();
        var edited = manifest.Edited(folder).Intersect(present).ToList();
        if (edited.Count > 0 && !force)
        {
            throw new MigrationException(
                ExitCode.WriteFailed,
                $"'{folder}' is not removed, these files were edited since migrationkit wrote it (--force removes the others): {string.Join(", ", edited)}");
        }

        try
        {
            foreach (var path in present.Except(edited).Select(path => Path.Combine(folder, path)))
            {
                DurableFile.Delete(path);
                RemoveEmpty(Path.GetDirectoryName(path)!, folder);
            }

            DurableFile.Delete(Path.Combine(folder, OutputManifest.FileName)); // last: until then the same command goes on
            if (!Directory.EnumerateFileSystemEntries(folder).Any())
                Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MigrationException(ExitCode.WriteFailed, $"Removing '{folder}' failed, the same command goes on with it: {e.Message}", e);
        }

        return present.Count - edited.Count;
    }

    private static void RemoveEmpty(string folder, string upTo)
    {
        for (; folder != upTo && !Directory.EnumerateFileSystemEntries(folder).Any(); folder = Path.GetDirectoryName(folder)!)
            Directory.Delete(folder);
    }

    private FileStream Lock()
    {
        try
        {
            return new(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new MigrationException(ExitCode.Usage, $"Another run of migrationkit is writing '{folder}'; wait for its end. ({e.Message})", e);
        }
    }

    private string Undo(bool existed, bool isReplacing, OutputManifest? earlier, IEnumerable<string> paths)
    {
        try
        {
            if (earlier is null) // then there was nothing in it
            {
                if (!existed && Directory.Exists(folder))
                    Directory.Delete(folder, recursive: true);
                foreach (var entry in existed ? new DirectoryInfo(folder).GetFileSystemInfos() : [])
                {
                    if (entry is DirectoryInfo subfolder)
                        subfolder.Delete(recursive: true);
                    else
                        entry.Delete();
                }

                return "it is as before";
            }

            RemoveTemporaries(earlier, paths);
            if (isReplacing)
                return "the same command goes on with it";
            earlier.Write(folder);
            return "it is as before";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"and so did clearing up ({e.Message}); the same command goes on with it";
        }
    }

    private void RemoveTemporaries(OutputManifest? earlier, IEnumerable<string> paths)
    {
        foreach (var temporary in (earlier?.Files.Keys ?? Enumerable.Empty<string>()).Union(paths).Select(path => Temporary(Path.Combine(folder, path))).Where(File.Exists))
            DurableFile.Delete(temporary);
    }

    private string NearestExisting()
    {
        var at = folder;
        while (!Directory.Exists(at))
            at = Path.GetDirectoryName(at)!;
        return at;
    }

    private static string Temporary(string path) => $"{path}.migrationkit.tmp";

    private static void WriteTemporary(string path, (byte[] Bytes, string? ModeOf) file)
    {
        DurableFile.CreateFolder(Path.GetDirectoryName(path)!);
        var temporary = Temporary(path);
        DurableFile.Write(temporary, file.Bytes);
        if (file.ModeOf is null)
            return;
        DurableFile.CopyMode(file.ModeOf, temporary);
        if (!OperatingSystem.IsWindows()) // a read-only original must not make its copy one that the next run cannot replace
            File.SetUnixFileMode(temporary, File.GetUnixFileMode(temporary) | UnixFileMode.UserWrite);
    }

    private SortedDictionary<string, (byte[] Bytes, string? ModeOf)> Contents(IReadOnlyList<FileChange> changes)
    {
        var moved = new MovedReferences(input.Folder, folder);
        var contents = new SortedDictionary<string, (byte[], string?)>(StringComparer.Ordinal);
        var changed = changes.ToDictionary(c => c.Path, StringComparer.Ordinal);
        foreach (var path in Sources().Union(changed.Keys))
        {
            var bytes = changed.TryGetValue(path, out var change) ? change.After : File.ReadAllBytes(path);
            if (MovedReferences.Concerns(path))
            {
                var text = SourceFile.Decode(path, bytes);
                bytes = text.Encode(moved.Rebase(path, text.Text));
            }

            contents.Add(input.Relative(path), (bytes, File.Exists(path) ? path : null));
        }

        return contents;
    }

    private IEnumerable<string> Sources()
    {
        // A folder that git ignores as a whole has no tracked files; it is then copied like one outside git.
        var tracked = GitRepository.Files(input.Folder);
        return (tracked.Contains(input.File) ? tracked : SourceFolder.Files(input.Folder))
            .Where(f => !MovedReferences.IsInside(f, Path.Combine(input.Folder, ".migrationkit")) && f != Path.Combine(input.Folder, OutputManifest.FileName));
    }
}
