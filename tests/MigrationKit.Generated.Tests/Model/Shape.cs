namespace MigrationKit.Generated.Model;

/// <summary>How a call stands in its code. What does not fit the call is rendered as <see cref="Statement"/>.</summary>
public enum Shape
{
    Statement,
    Conditional,
    Lambda,
    MethodGroup,
    LocalFunction,
    AwaitedTask,
    PassedObject,
    Argument,
    Variable,
    TypedVariable,
    Interpolation,
    Ternary,
    ForEach,
    Chained,
    ExpressionBody,
    UsingResult,
}
