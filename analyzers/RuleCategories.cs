namespace MigrationKit.Analyzers;

/// <summary>The diagnostic categories.</summary>
public static class RuleCategories
{
    public const string Migration = "Migration";
}
