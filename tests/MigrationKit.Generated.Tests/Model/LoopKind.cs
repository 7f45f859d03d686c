namespace MigrationKit.Generated.Model;

public enum LoopKind
{
    For,
    While,
    ForEach,
    Do,
}
