namespace MigrationKit.Generated.Model;

/// <summary>What a V1 parameter takes or a V1 member gives.</summary>
public enum ValueKind
{
    Nothing,
    Int,
    Double,
    Text,
    Flag,
    Block,
    Blocks,
    Voice,
    Model,
    Callback,
}
