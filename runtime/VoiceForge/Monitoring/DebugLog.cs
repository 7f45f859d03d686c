using System.Globalization;
using Microsoft.Extensions.Logging;

namespace VoiceForge.Monitoring;

/// <summary>Writes every message into <c>logs/debug.log</c>, one line each, and hands it on. A file that grows past 8 MiB becomes <c>debug.log.1</c>.</summary>
/// <remarks>Any thread but the audio thread. A file that cannot be written loses messages; it stops nobody.</remarks>
internal sealed class DebugLog(string path, ILogger next, TimeProvider time) : ILogger
{
    private const long MostBytes = 8 << 20;
    private readonly Lock _lock = new();

    /// <summary>Why the last message could not be written, or <see langword="null"/>.</summary>
    public string? Fault { get; private set; }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => next.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        var text = formatter(state, exception).ReplaceLineEndings(" | ");
        var cause = exception is null ? "" : $" ({exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" | ")})";
        Append(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {logLevel} {text}{cause}\n"));
        if (next.IsEnabled(logLevel))
            next.Log(logLevel, eventId, state, exception, formatter);
    }

    // Opened for each message: they are few, and the file can be read, moved or deleted at any time.
    private void Append(string line)
    {
        lock (_lock)
        {
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                if (new FileInfo(path) is { Exists: true, Length: > MostBytes })
                    File.Move(path, path + ".1", overwrite: true);
                File.AppendAllText(path, line);
                Fault = null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                Fault = exception.Message;
            }
        }
    }
}
