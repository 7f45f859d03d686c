namespace MigrationKit.Cli.Loading;

/// <summary>What kinds of names the bytes of a project hold.</summary>
[Flags]
internal enum Names
{
    None = 0,

    /// <summary>A simple name of a V1 type.</summary>
    Type = 1,

    /// <summary>A name that a rule starts from, old or new, or a creation without a type name.</summary>
    Member = 2,

    /// <summary>The project file, one it inherits, or one of its packages names a migrated library.</summary>
    Reference = 4,

    /// <summary>Some file says the name of the attribute that declares replacements.</summary>
    ReplaceWith = 8,
}

internal static class NamesExtensions
{
    public static bool Has(this Names names, Names flag) => (names & flag) != 0;
}
