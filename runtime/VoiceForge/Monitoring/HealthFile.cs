using VoiceForge.Audio;

namespace VoiceForge.Monitoring;

/// <summary>Keeps <c>logs/health.json</c> up to date: how long the golden path has run and how well. Replaced as a whole, so readers never see half of it.</summary>
internal sealed class HealthFile(string path, Guid runId, TimeProvider time)
{
    private readonly Lock _lock = new();

    /// <summary>Writes it.</summary>
    /// <param name="uptime">How long audio has flowed.</param>
    /// <param name="state">The stream's state.</param>
    /// <param name="stream">Its counters since the golden path was started.</param>
    /// <param name="block">How long a block lasts: no sound is heard before its block is complete.</param>
    /// <param name="integrity">The last report.</param>
    /// <param name="lastError">What users see.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">As above.</exception>
    public void Write(TimeSpan uptime, StreamState state, AudioStreamStatistics stream, TimeSpan block, IntegrityReport? integrity, string? lastError)
    {
        var text = JsonText.Of(new
        {
            uptimeSeconds = Math.Round(uptime.TotalSeconds, 6),
            stream.FailsafeEntries,
            latencyP99Ms = stream.Callbacks == 0 ? (double?)null : Math.Round((block + stream.Latency.P99).TotalMilliseconds, 4),
            state,
            stream.Callbacks,
            stream.Xruns,
            stream.RejectedBlocks,
            stream.DeadlineMisses,
            integrity = integrity is null ? null : new { integrity.IsHealthy, integrity.Problems, durationMs = integrity.Duration.TotalMilliseconds },
            workingSetBytes = Environment.WorkingSet,
            lastError,
            runId,
            writtenAt = time.GetUtcNow(),
        });

        lock (_lock)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path + ".new", text);
            File.Move(path + ".new", path, overwrite: true);
        }
    }
}
