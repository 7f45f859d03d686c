namespace MigrationKit.Generated.Model;

public enum Enclosure
{
    Block,
    Lambda,
    LocalFunction,
    Region,
    Lock,
}
