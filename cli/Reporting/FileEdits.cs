using System.Collections.Immutable;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Reporting;

/// <summary>A changed file as reports show it.</summary>
internal sealed class FileEdits
{
    private readonly Dictionary<(LineEdit Edit, int Line), string> _shapes = [];

    private FileEdits(FileChange change)
    {
        Change = change;
        Before = change.Before is null ? null : SourceFile.Decode(change.Path, change.Before).Text;
        After = SourceFile.Decode(change.Path, change.After).Text;
        Edits = LineEdits.Of(Before, After);
    }

    public FileChange Change { get; }

    /// <summary>Null for a new file.</summary>
    public string? Before { get; }

    public string After { get; }

    public ImmutableArray<LineEdit> Edits { get; }

    public int Added => Edits.Sum(e => e.Added.Length);

    public int Removed => Edits.Sum(e => e.Removed.Length);

    /// <param name="line">A line of the file before the run, from 1.</param>
    /// <returns>Null when nothing changes there.</returns>
    public LineEdit? At(int line) => Edits.FirstOrDefault(e => e.Covers(line - 1));

    /// <summary>What the edit of a line does to it: <see cref="EditShape"/>.</summary>
    /// <param name="line">A line of the file before the run, from 1.</param>
    /// <returns>Null when nothing changes there.</returns>
    public string? ShapeAt(int line)
    {
        if (At(line) is not { } edit)
            return null;
        // Lines that are not replaced one by one share the shape of their block, which can be long.
        var key = (edit, EditShape.IsPaired(edit) ? line - 1 : edit.Line);
        return _shapes.TryGetValue(key, out var shape) ? shape : _shapes[key] = EditShape.Of(edit, key.Item2);
    }

    /// <summary>The changes of a run by full path.</summary>
    public static ImmutableDictionary<string, FileEdits> Of(IEnumerable<FileChange> changes) =>
        changes.ToImmutableDictionary(c => c.Path, c => new FileEdits(c), StringComparer.Ordinal);
}
