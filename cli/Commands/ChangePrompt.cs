using MigrationKit.Cli.Fixing;

namespace MigrationKit.Cli.Commands;

/// <summary>Asks a person about one change at a time, as <c>git add --patch</c> does.</summary>
internal sealed class ChangePrompt(TextReader input, TextWriter output)
{
    private const string Question = "Apply this change? [y]es, [n]o, [a]ll the rest, [q]uit (none of the rest): ";

    /// <summary>Repeats the question until it is answered; the end of the input counts as quit.</summary>
    public Answer Ask(ProposedChange change)
    {
        output.WriteLine($"{Environment.NewLine}[{change.Number}/{change.Total}] {change.File}: {string.Join(", ", change.Findings.Select(f => f.Key.Rule).Distinct().Order(StringComparer.Ordinal))}");
        foreach (var reason in change.Findings.Select(f => f.Seen.Reason).OfType<string>().Distinct())
            output.WriteLine($"to review: {reason}");
        output.Write(change.Diff);
        while (true)
        {
            output.Write(Question);
            output.Flush();
            switch (input.ReadLine()?.Trim().ToLowerInvariant())
            {
                case "y" or "yes":
                    return Answer.Yes;
                case "n" or "no":
                    return Answer.No;
                case "a" or "all":
                    return Answer.All;
                case null or "q" or "quit":
                    return Answer.Quit;
            }
        }
    }
}
