namespace MigrationKit.Generated.Model;

/// <summary>What is written for an argument.</summary>
public abstract record Value
{
    /// <summary>The text as it stands.</summary>
    public sealed record Constant(string Text) : Value;

    /// <summary>A call that records itself and gives <paramref name="Text"/>.</summary>
    public sealed record Effect(string Text) : Value;

    /// <summary>The result of another V1 call.</summary>
    public sealed record Nested(Call Call) : Value;
}
