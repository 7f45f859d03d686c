namespace MigrationKit.Generated.Model;

/// <param name="Parameter">V1's name of the parameter.</param>
/// <param name="IsNamed">Whether the name is written.</param>
/// <param name="HasComment">Whether a comment stands before it.</param>
/// <param name="OnOwnLine">Whether it starts a line.</param>
public sealed record Argument(string Parameter, Value Value, bool IsNamed, bool HasComment, bool OnOwnLine);
