namespace MigrationKit.Cli.Loading;

/// <summary>What kinds of names the bytes of a project hold.</summary>
[Flags]
internal enum Names
{
    None = 0,

    /// <summary>A simple name of a V1 type.</summary>
    Type = 1,

    /// <summary>A simple name of a V1 member, or a creation without a type name.</summary>
    Member = 2,

    /// <summary>The project file, or one it inherits, names a migrated library.</summary>
    Reference = 4,

    /// <summary>A library of the user's declares replacements of its own: any name can be one.</summary>
    ReplaceWith = 8,
}

internal static class NamesExtensions
{
    public static bool Has(this Names names, Names flag) => (names & flag) != 0;
}
