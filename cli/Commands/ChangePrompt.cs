using MigrationKit.Cli.Fixing;

namespace MigrationKit.Cli.Commands;

/// <summary>Asks a person about one change at a time, as <c>git add --patch</c> does.</summary>
/// <param name="input">Where the answers come from.</param>
/// <param name="output">Where the questions go.</param>
/// <param name="cancellationToken">Ends the waiting for an answer.</param>
internal sealed class ChangePrompt(TextReader input, TextWriter output, CancellationToken cancellationToken)
{
    private const string Question = "Apply this change? [y]es, [n]o, [a]ll the rest, [q]uit (none of the rest): ";

    /// <summary>Repeats the question until it is answered; the end of the input counts as quit.</summary>
    /// <exception cref="OperationCanceledException">Instead of an answer came Ctrl-C.</exception>
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
            switch (ReadLine()?.Trim().ToLowerInvariant())
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

    // A console does not let go of who waits for a line.
    private string? ReadLine() => Task.Run(input.ReadLine, CancellationToken.None).WaitAsync(cancellationToken).GetAwaiter().GetResult();
}
