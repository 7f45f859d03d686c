namespace MigrationKit.Cli.Verification;

/// <summary>An error of the compiler, comparable between two texts of a file: without its position.</summary>
internal sealed record CompilerError(string Project, string File, string Id, string Message)
{
    /// <summary>Where it is, for people, from 1; takes no part in comparisons.</summary>
    public int Line { get; init; }

    public bool Equals(CompilerError? other) =>
        other is not null && Project == other.Project && File == other.File && Id == other.Id && Message == other.Message;

    public override int GetHashCode() => HashCode.Combine(Project, File, Id, Message);

    public override string ToString() => $"{Path.GetFileName(File)}({Line}): {Id}: {Message}";
}
