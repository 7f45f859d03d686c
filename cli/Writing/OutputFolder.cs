using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Writing;

/// <summary>Writes a migrated copy and leaves the original alone.</summary>
/// <param name="input">What is copied: the folder of the solution or project.</param>
/// <param name="folder">Full path of the result.</param>
internal sealed class OutputFolder(InputPath input, string folder)
{
    /// <exception cref="MigrationException">The folder holds something that is not an unedited result of this tool, or overlaps the input.</exception>
    public void Check()
    {
        if (MovedReferences.IsInside(folder, input.Folder) || MovedReferences.IsInside(input.Folder, folder))
            throw new MigrationException(ExitCode.Usage, $"--output '{folder}' and the input '{input.Folder}' overlap; choose a folder beside the input.");
        if (File.Exists(folder))
            throw new MigrationException(ExitCode.Usage, $"--output '{folder}' is a file; name a folder that does not exist or is empty.");
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
            return;
        if (OutputManifest.Read(folder) is not { } manifest)
            throw new MigrationException(ExitCode.Usage, $"--output '{folder}' is not empty and not a result of migrationkit; choose another folder.");
        if (manifest.Edited(folder) is { Count: > 0 } edited)
        {
            throw new MigrationException(
                ExitCode.Usage, $"--output '{folder}' was edited since migrationkit wrote it ({string.Join(", ", edited.Take(5))}); choose another folder, or delete it.");
        }
    }

    /// <exception cref="MigrationException">A file cannot be written; what this run added is removed again where nothing was there before.</exception>
    public void Write(IReadOnlyList<FileChange> changes)
    {
        Check();
        var isNew = !Directory.Exists(folder);
        var files = Contents(changes);
        var before = OutputManifest.Read(folder)?.Files ?? [];
        var after = files.ToDictionary(f => f.Key, f => SourceFile.Hash(f.Value.Bytes), StringComparer.Ordinal);
        try
        {
            Directory.CreateDirectory(folder);
            // Until the last file is in place both hashes are right: an interrupted run can simply be repeated.
            new OutputManifest(new(before.Keys.Union(after.Keys).ToDictionary(
                path => path,
                path => (IReadOnlyList<string>)[.. before.GetValueOrDefault(path, []), after.GetValueOrDefault(path, "gone"), "pending"]), StringComparer.Ordinal)).Write(folder);
            foreach (var (path, file) in files)
                Write(Path.Combine(folder, path), file);
            foreach (var old in before.Keys.Except(after.Keys).Select(path => Path.Combine(folder, path)).Where(File.Exists))
                DurableFile.Delete(old);
            new OutputManifest(new(after.ToDictionary(f => f.Key, f => (IReadOnlyList<string>)[f.Value]), StringComparer.Ordinal)).Write(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isNew && Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
            throw new MigrationException(ExitCode.WriteFailed, $"Writing '{folder}' failed: {e.Message}", e);
        }
    }

    private static void Write(string path, (byte[] Bytes, string? ModeOf) file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.migrationkit.tmp";
        DurableFile.Write(temporary, file.Bytes);
        if (file.ModeOf is not null)
        {
            DurableFile.CopyMode(file.ModeOf, temporary);
            if (!OperatingSystem.IsWindows()) // a read-only original must not make its copy one that the next run cannot replace
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(temporary) | UnixFileMode.UserWrite);
        }

        DurableFile.Replace(temporary, path);
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
        return (tracked.Contains(input.File) ? tracked : SourceFolder.Files(input.Folder)).Where(f => !MovedReferences.IsInside(f, Path.Combine(input.Folder, ".migrationkit")));
    }
}
