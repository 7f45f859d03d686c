namespace MigrationKit.Cli.Verification;

/// <summary>Finds out which of many changes break something.</summary>
internal static class SmallestCause
{
    /// <summary>
    /// Narrows down a set of items whose removal together makes the failure go away to one in which every item is needed for that.
    /// Source of the idea: ddmin of Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input", 2002.
    /// </summary>
    /// <param name="items">Items whose removal together is known to suffice.</param>
    /// <param name="suffices">Whether removing just these items makes the failure go away.</param>
    public static async Task<IReadOnlyList<T>> FindAsync<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, Task<bool>> suffices)
    {
        var current = items;
        var parts = 2;
        while (current.Count >= 2)
        {
            var size = (current.Count + parts - 1) / parts;
            var chunks = current.Chunk(size).ToList();
            IReadOnlyList<T>? smaller = null;
            foreach (var chunk in chunks)
            {
                if (await suffices(chunk))
                {
                    (smaller, parts) = (chunk, 2);
                    break;
                }
            }

            for (var i = 0; smaller is null && chunks.Count > 2 && i < chunks.Count; i++)
            {
                var rest = chunks.Where((_, index) => index != i).SelectMany(c => c).ToList();
                if (await suffices(rest))
                    (smaller, parts) = (rest, Math.Max(parts - 1, 2));
            }

            if (smaller is not null)
                current = smaller;
            else if (size == 1)
                break;
            else
                parts = Math.Min(parts * 2, current.Count);
        }

        return current;
    }

    /// <summary>Like <see cref="FindAsync"/>, for few items of which most are expected to be needed: one question an item.</summary>
    /// <param name="items">Items whose removal together is known to suffice.</param>
    /// <param name="suffices">Whether removing just these items makes the failure go away.</param>
    public static async Task<IReadOnlyList<T>> ThinAsync<T>(IReadOnlyList<T> items, Func<IReadOnlyList<T>, Task<bool>> suffices)
    {
        IReadOnlyList<T> current = items;
        foreach (var item in items.Where(_ => items.Count > 1))
        {
            var rest = current.Where(i => !Equals(i, item)).ToList();
            if (rest.Count > 0 && await suffices(rest))
                current = rest;
        }

        return current;
    }
}
