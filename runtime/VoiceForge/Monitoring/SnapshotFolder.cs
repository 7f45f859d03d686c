using System.Globalization;
using VoiceForge.Audio;

namespace VoiceForge.Monitoring;

/// <summary>Writes snapshots into <c>logs/snapshots</c>: one a minute for each reason, the newest 20 or 64 MiB of them.</summary>
/// <remarks>One thread. A snapshot appears as a whole, readable by its owner alone, or not at all.</remarks>
internal sealed class SnapshotFolder(string path, Guid runId, TimeProvider time)
{
    private const int MostSnapshots = 20;
    private const long MostBytes = 64 << 20;
    private const string Prefix = "snapshot_";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    private readonly Dictionary<string, long> _lastWritten = new(StringComparer.Ordinal);

    /// <summary>Writes one.</summary>
    /// <param name="snapshot">What to write into <c>metadata.json</c>.</param>
    /// <param name="history">What was heard, for two WAV files; <see langword="null"/> leaves them out.</param>
    /// <returns>Its folder, or <see langword="null"/> when there was one for that reason within the last minute.</returns>
    /// <exception cref="IOException">It cannot be written; those that were there still are.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public string? Write(Snapshot snapshot, AudioHistory? history)
    {
        if (_lastWritten.TryGetValue(snapshot.Reason, out var last) && time.GetElapsedTime(last) < Pause)
            return null;

        _lastWritten[snapshot.Reason] = time.GetTimestamp(); // also when it fails: a full disk is not asked again at once
        var now = time.GetUtcNow();
        var name = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{runId.ToString("N")[..8]}_{now:yyyyMMdd_HHmmss}_{snapshot.Reason}");
        var draft = Path.Combine(path, $".draft-{Guid.NewGuid():N}");
        try
        {
            CreateForOwner(draft);
            WriteInto(draft, snapshot, now, history);
            Directory.Move(draft, Path.Combine(path, name));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            if (Directory.Exists(draft))
                Directory.Delete(draft, recursive: true);
            throw;
        }

        DropOldest();
        return Path.Combine(path, name);
    }

    private static void CreateForOwner(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder); // inherits the rights of the program's folder
        else
            Directory.CreateDirectory(folder, OwnerOnly);
    }

    private void WriteInto(string folder, Snapshot snapshot, DateTimeOffset now, AudioHistory? history)
    {
        var (input, output) = history?.Copy() ?? ([], []);
        File.WriteAllBytes(Path.Combine(folder, "metadata.json"), JsonText.Of(new
        {
            runId,
            timestamp = now,
            snapshot.Reason,
            snapshot.Stage,
            snapshot.Error,
            snapshot.State,
            snapshot.Audio,
            snapshot.Stream,
            snapshot.Pool,
            hasAudio = input.Length > 0,
            runtime = typeof(SnapshotFolder).Assembly.GetName().Version,
            system = Environment.OSVersion.VersionString,
        }));
        if (input.Length == 0)
            return;

        WavFile.Write(Path.Combine(folder, "audio_input.wav"), input, snapshot.Audio.SampleRate, snapshot.Audio.Channels);
        WavFile.Write(Path.Combine(folder, "audio_output.wav"), output, snapshot.Audio.SampleRate, snapshot.Audio.Channels);
    }

    // The time is in the name; runs mix, so it alone is compared.
    private void DropOldest()
    {
        var bytes = 0L;
        var newestFirst = Directory.GetDirectories(path, Prefix + "*").OrderByDescending(folder => Path.GetFileName(folder).AsSpan(Prefix.Length + 8).ToString(), StringComparer.Ordinal);
        foreach (var (index, folder) in newestFirst.Index())
        {
            bytes += new DirectoryInfo(folder).EnumerateFiles().Sum(file => file.Length);
            if (index >= MostSnapshots || (index > 0 && bytes > MostBytes))
                Directory.Delete(folder, recursive: true);
        }
    }
}
