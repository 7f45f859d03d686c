using System.Text.Json;
using VoiceForge.Audio;
using VoiceForge.Monitoring;

namespace VoiceForge.Tests.Monitoring;

public sealed class SnapshotFolderTests : IDisposable
{
    private static readonly Snapshot Example = new(
        "failsafe", "running", "The processing callback failed.", new AudioConfig(SampleRate: 8000), StreamState.Failsafe, default(AudioStreamStatistics), default);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Snapshot_HasMetadataAndWhatWasHeard()
    {
        var history = new AudioHistory(40, 4);
        history.Record([1, 2, 3, 4], [0.1f, 0.2f, 0.3f, 0.4f]);

        var path = Folder().Write(Example, history)!;

        Assert.Equal("snapshot_00000000_20260301_120000_failsafe", Path.GetFileName(path));
        using var metadata = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(path, "metadata.json")));
        var root = metadata.RootElement;
        Assert.Equal(
            ("failsafe", "running", "failsafe", 8000, true),
            (root.GetProperty("reason").GetString(), root.GetProperty("stage").GetString(), root.GetProperty("state").GetString(),
                root.GetProperty("audio").GetProperty("sample_rate").GetInt32(), root.GetProperty("has_audio").GetBoolean()));
        Assert.Equal([1, 2, 3, 4], WavFile.Read(Path.Combine(path, "audio_input.wav"), out var rate, out _));
        Assert.Equal([0.1f, 0.2f, 0.3f, 0.4f], WavFile.Read(Path.Combine(path, "audio_output.wav"), out _, out _));
        Assert.Equal(8000, rate);
    }

    [Fact]
    public void S16_WithoutHistory_HoldsNoAudioAndOnlyItsOwnerReadsIt()
    {
        var path = Folder().Write(Example, history: null)!;

        Assert.Equal(["metadata.json"], Directory.GetFiles(path).Select(Path.GetFileName));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
    }

    [Fact]
    public void F68_StormOfErrors_WritesOneAMinuteForEachReasonAndKeepsTwenty()
    {
        var folder = Folder();
        for (var error = 0; error < 1000; error++)
        {
            folder.Write(Example, null);
            folder.Write(Example with { Reason = "latency_spike" }, null);
        }

        Assert.Equal(2, Directory.GetDirectories(_folder.PathOf("snapshots")).Length);
        for (var minute = 0; minute < 30; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            Assert.NotNull(folder.Write(Example, null));
        }

        var names = Directory.GetDirectories(_folder.PathOf("snapshots")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(20, names.Length);
        Assert.Equal("snapshot_00000000_20260301_121100_failsafe", names[0]);
    }

    [Fact]
    public void F17_WallClockThatJumpsBack_DoesNotLiftTheLimit()
    {
        var folder = Folder();
        Assert.NotNull(folder.Write(Example, null));

        _time.Now -= TimeSpan.FromHours(1);
        Assert.Null(folder.Write(Example, null));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(folder.Write(Example, null));
    }

    [Fact]
    public void F67_FolderThatCannotBeWritten_ThrowsAndLeavesNothingBehind()
    {
        _folder.Write("snapshots", "a file where the folder should be");

        Assert.ThrowsAny<IOException>(() => Folder().Write(Example, null));

        Assert.Equal("a file where the folder should be", File.ReadAllText(_folder.PathOf("snapshots")));
    }

    [Fact]
    public void F67_NameThatIsTaken_LeavesTheOldOneIntactAndNoDraft()
    {
        var taken = _folder.PathOf("snapshots/snapshot_00000000_20260301_120000_failsafe");
        Directory.CreateDirectory(taken);
        File.WriteAllText(Path.Combine(taken, "metadata.json"), "old");

        Assert.ThrowsAny<IOException>(() => Folder().Write(Example, null));

        Assert.Equal([taken], Directory.GetFileSystemEntries(_folder.PathOf("snapshots")));
        Assert.Equal("old", File.ReadAllText(Path.Combine(taken, "metadata.json")));
    }

    private SnapshotFolder Folder() => new(_folder.PathOf("snapshots"), Guid.Empty, _time);
}
