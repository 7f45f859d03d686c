using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.CodeFixes;
using MigrationKit.Generated.Checking;

namespace MigrationKit.Generated;

/// <summary>Breaks the rewrite on purpose: the checks see it, and make the program that shows it small.</summary>
public sealed class BrokenRewriteTests
{
    private const int Programs = 150;

    [Theory]
    [InlineData("comments and directives survive in order", @"/\* c\d+ \*/ ", "", 1)]
    [InlineData("safe fixes keep the behaviour (Works)", @"LoadModel\((\w+: )?(Log\.\w+\(\d+, [^()]*\)), (\w+: )(Log\.\w+\(\d+, [^()]*\))", "LoadModel($3$4, variant: $2", 1)]
    [InlineData("safe fixes keep the behaviour (StartFails)", """throw new InvalidOperationException\(("[^"]*")\);""", "Console.Error.WriteLine($1);", 1)]
    [InlineData("line ends stay", "\r\n(?=\\s*\\{)", "\n", 1)]
    [InlineData("unconcerned lines stay", @"var (keep\d+)   =", "var $1 =", 1)]
    [InlineData("compiles after", @"bufferPool: (_?bufferPool)\b", "bufferPool: $1s", 1)]
    public async Task BrokenRewrite_IsCaughtAndMadeSmall(string property, string pattern, string replacement, int mostSteps)
    {
        async Task<Document> BreakAsync(Document document, ImmutableArray<Diagnostic> findings, CancellationToken cancellationToken)
        {
            var changed = await DocumentPass.ApplyAsync(document, findings, cancellationToken);
            if (changed == document)
                return document;
            var text = (await changed.GetTextAsync(cancellationToken)).ToString();
            return changed.WithText(SourceText.From(Regex.Replace(text, pattern, replacement)));
        }

        var results = await Campaign.RunAsync(Campaign.Seed, Programs, rewrite: BreakAsync);
        var caught = results.FirstOrDefault(result => result.Violations.FirstOrDefault()?.Property == property);
        Assert.True(caught is not null, $"Nothing lacked '{property}': {string.Join("; ", results.SelectMany(r => r.Violations).Select(v => v.Property).Distinct())}");

        var smallest = await Campaign.ShrinkAsync(caught, rewrite: BreakAsync);
        Assert.NotNull(smallest);
        Assert.Equal(property, smallest.Violations[0].Property);
        Assert.True(smallest.Program.Holders.Length <= caught.Program.Holders.Length && smallest.Program.Steps.Length <= mostSteps, smallest.Before);
    }

    [Fact]
    public async Task RewriteThatNeverEnds_IsCaught()
    {
        var round = 0;
        async Task<Document> AppendAsync(Document document, ImmutableArray<Diagnostic> findings, CancellationToken cancellationToken)
        {
            var text = await document.GetTextAsync(cancellationToken);
            return document.WithText(SourceText.From($"{text}\n// round {Interlocked.Increment(ref round)}"));
        }

        var results = await Campaign.RunAsync(Campaign.Seed, 3, rewrite: AppendAsync);
        Assert.All(results, result => Assert.Contains(result.Violations, violation => violation.Property == "reaches a fixpoint"));
    }

    [Fact]
    public async Task RewriteThatDoesNothing_LeavesFindings()
    {
        var results = await Campaign.RunAsync(Campaign.Seed, 3, rewrite: (document, _, _) => Task.FromResult(document));
        Assert.Contains(results.SelectMany(result => result.Violations), violation => violation.Property == "no finding with a fix is left");
    }
}
