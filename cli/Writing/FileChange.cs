namespace MigrationKit.Cli.Writing;

/// <summary>One file that a run writes.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Before">Its bytes when it was read; null when the run creates it.</param>
/// <param name="After">Its bytes after the run.</param>
internal sealed record FileChange(string Path, byte[]? Before, byte[] After);
