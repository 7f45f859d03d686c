namespace MigrationKit.Cli.Analysis;

/// <summary>The pages of <c>docs/rules/</c>, which the tool carries so that they are those of its version.</summary>
internal static class RulePage
{
    /// <param name="rule">For example <c>MK0103</c>.</param>
    /// <returns>The page with line feeds as line ends; null for rules that are not the product's own.</returns>
    public static string? Of(string rule)
    {
        using var stream = typeof(RulePage).Assembly.GetManifestResourceStream($"Rules/{rule}.md");
        if (stream is null)
            return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
