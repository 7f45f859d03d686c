namespace MigrationKit.Cli;

/// <summary>Suggests what a misspelt name was meant to be.</summary>
internal static class NearestName
{
    /// <param name="written">What the user wrote.</param>
    /// <param name="candidates">At least one name.</param>
    /// <returns>The candidate with the smallest edit distance, the first of several.</returns>
    public static string Of(string written, IEnumerable<string> candidates) =>
        candidates.MinBy(candidate => Distance(written.ToUpperInvariant(), candidate.ToUpperInvariant()))!;

    // Wagner and Fischer's algorithm, one row at a time.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitution, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
