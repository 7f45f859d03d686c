namespace MigrationKit.Analyzers.Swaps;

/// <summary>What a type swap does at a place. Parts are separated by <see cref="Separator"/>.</summary>
internal static class SwapActions
{
    public const char Separator = '\u001f';

    /// <summary><c>name, new name</c>: replace the identifier.</summary>
    public const string Name = "name";

    /// <summary><c>create, constant buffer size or nothing, pool argument or nothing</c>: map the constructor's arguments.</summary>
    public const string Create = "create";

    /// <summary><c>move, position behind the constructor's opening brace</c>: assign the field there instead of initialising it.</summary>
    public const string Move = "move";

    /// <summary><c>clear</c>: remove all arguments of the call.</summary>
    public const string ClearArguments = "clear";

    /// <summary><c>lambda, head, tail</c>: put a lambda around the method group, or braces around a lambda's expression.</summary>
    public const string Lambda = "lambda";

    /// <summary><c>text, new text</c>: replace the text of the place.</summary>
    public const string Text = "text";

    /// <summary><c>pool, statement|member|using, declaration</c>: declare the pool before the place.</summary>
    public const string Pool = "pool";

    /// <summary><c>dispose, name</c>: dispose the pool after the place.</summary>
    public const string Dispose = "dispose";

    /// <summary><c>todo, text</c>: ask a person, in a comment above the place.</summary>
    public const string Todo = "todo";

    public static string Of(params string[] parts) => string.Join(Separator.ToString(), parts);

    public static string[] Parts(string action) => action.Split(Separator);

    /// <summary>Names of the type first, then its uses, then what is added beside V1's own places.</summary>
    public static int RankOf(string action) => Parts(action)[0] switch
    {
        Name => 0,
        Move or Pool or Dispose or Todo => 2,
        _ => 1,
    };
}
