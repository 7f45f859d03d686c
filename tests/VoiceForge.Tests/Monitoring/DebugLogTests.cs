using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceForge.Monitoring;

namespace VoiceForge.Tests.Monitoring;

public sealed class DebugLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Message_IsOneLineWithTimeLevelAndCause()
    {
        var log = Log();

        log.LogWarning(new IOException("disk\nfull"), "two\nlines");
        log.LogDebug("second");

        Assert.Equal(
            [
                "2026-03-01T12:00:00.000Z Warning two | lines (IOException: disk | full)",
                "2026-03-01T12:00:00.000Z Debug second",
            ],
            File.ReadAllLines(_folder.PathOf("logs/debug.log")));
    }

    [Fact]
    public void FileThatGrewTooLarge_IsMovedAside()
    {
        Directory.CreateDirectory(_folder.PathOf("logs"));
        _folder.Write("logs/debug.log", new byte[(8 << 20) + 1]);

        Log().LogInformation("new");

        Assert.Single(File.ReadAllLines(_folder.PathOf("logs/debug.log")));
        Assert.Equal((8 << 20) + 1, new FileInfo(_folder.PathOf("logs/debug.log.1")).Length);
    }

    [Fact]
    public void FolderThatCannotBeMade_LosesTheMessageButStopsNobody()
    {
        _folder.Write("logs", "a file where the folder should be");
        var log = Log();

        log.LogError("lost");

        Assert.NotNull(log.Fault);
    }

    private DebugLog Log() => new(_folder.PathOf("logs/debug.log"), NullLogger.Instance, new FakeTime());
}
