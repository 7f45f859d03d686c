using System.Collections.Concurrent;

namespace MigrationKit.Generated.Running;

/// <summary>What one run of a program did, in order. The recording libraries write to it.</summary>
public sealed class Recording(RunMode mode)
{
    private const int MostEntries = 5000;
    private static readonly AsyncLocal<Recording?> Running = new();
    private readonly ConcurrentQueue<string> _entries = new();

    /// <summary>The recording of the program that runs on this flow of control.</summary>
    public static Recording Current
    {
        get => Running.Value ?? throw new InvalidOperationException("No program is being recorded on this flow of control.");
        set => Running.Value = value;
    }

    public static RunMode Mode => Current.RunMode;

    public IReadOnlyCollection<string> Entries => _entries;

    private RunMode RunMode { get; } = mode;

    /// <summary>How the run ended; it is recorded whatever came before.</summary>
    public void End(string entry) => _entries.Enqueue(entry);

    public static void Add(string entry)
    {
        var current = Current;
        if (current._entries.Count >= MostEntries)
            throw new RunawayException();
        current._entries.Enqueue(entry);
    }
}
