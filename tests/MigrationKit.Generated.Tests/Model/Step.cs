using System.Collections.Immutable;

namespace MigrationKit.Generated.Model;

/// <summary>A statement of a program.</summary>
public abstract record Step
{
    /// <summary>One V1 call.</summary>
    /// <param name="Leading">The number of comments on lines above.</param>
    /// <param name="HasTrailing">Whether a comment ends its line.</param>
    public sealed record Perform(Call Call, Shape Shape, int Leading, bool HasTrailing) : Step;

    /// <summary>Code that has nothing to do with the libraries, oddly formatted.</summary>
    public sealed record Inert(int Style) : Step;

    /// <summary><c>if</c>, with or without braces and <c>else</c>.</summary>
    public sealed record Branch(bool IsTaken, bool HasBraces, Step Then, Step? Otherwise) : Step;

    /// <summary>A loop of two rounds.</summary>
    public sealed record Repeat(LoopKind Loop, bool HasBraces, ImmutableArray<Step> Body) : Step;

    /// <summary><c>try</c> with <c>finally</c> or <c>catch</c>.</summary>
    public sealed record Protected(bool IsFinally, ImmutableArray<Step> Body, ImmutableArray<Step> Handler) : Step;

    /// <summary>A body that runs through a delegate, a local function or under <c>lock</c>.</summary>
    public sealed record Enclosed(Enclosure Enclosure, ImmutableArray<Step> Body) : Step;
}
