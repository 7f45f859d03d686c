using System.Text.RegularExpressions;
using DiffPlex;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Hybrid;

/// <summary>Keeps old lines of a C# file under <c>#if SYMBOL … #else … #endif</c>, and takes them out again.</summary>
internal static partial class ConditionalSource
{
    /// <summary>Blocks with fewer unchanged lines between them than this become one, which is easier to read.</summary>
    private const int SmallestGap = 3;

    /// <param name="before">The old file.</param>
    /// <param name="after">The new file.</param>
    /// <param name="symbol">A preprocessor symbol that the file does not use.</param>
    /// <returns>A file that is <paramref name="before"/> to a compiler with the symbol and <paramref name="after"/> to one without.</returns>
    public static string Keep(string before, string after, string symbol)
    {
        var (old, @new) = (LineEnds.Lines(before), LineEnds.Lines(after));
        var newLine = LineEnds.Usual(before);
        var endsOpen = @new.Count > 0 && LineEnds.End(@new[^1]).Length == 0;
        var result = new List<string>();
        var at = 0;
        foreach (var (oldStart, oldEnd, newStart, newEnd) in Blocks(before, after, old, @new))
        {
            result.AddRange(old[at..oldStart]);
            result.Add($"#if {(oldStart == oldEnd ? "!" : "")}{symbol}{newLine}");
            result.AddRange(old[oldStart..oldEnd].Select(Ended));
            if (oldStart < oldEnd && newStart < newEnd)
                result.Add($"#else{newLine}");
            result.AddRange(@new[newStart..newEnd].Select(Ended));
            result.Add($"#endif{(endsOpen && newEnd == @new.Count ? "" : newLine)}");
            at = oldEnd;
        }

        result.AddRange(old[at..]);
        return string.Concat(result);

        string Ended(string line) => LineEnds.End(line).Length == 0 ? line + newLine : line;
    }

    /// <param name="text">Any C# file.</param>
    /// <param name="symbol">The symbol whose code goes.</param>
    /// <returns>The file without it, and the lines, from 1, of conditions that say more than the symbol or its negation; those are left.</returns>
    public static (string Text, IReadOnlyList<int> Left) Remove(string text, string symbol)
    {
        var lines = LineEnds.Lines(text);
        var isContent = InsideTokens(text, lines.Count, [], [symbol]);
        var (result, left) = (new List<string>(), new List<int>());
        var open = new Stack<Branch>();
        for (var i = 0; i < lines.Count; i++)
        {
            var directive = isContent.Contains(i) ? null : Directive().Match(lines[i]) is { Success: true } match ? match : null;
            var mentions = directive is not null && Regex.IsMatch(directive.Groups["rest"].Value, $@"\b{symbol}\b");
            switch (directive?.Groups["name"].Value)
            {
                case "if":
                    var condition = directive.Groups["rest"].Value.Trim();
                    var isOurs = condition == symbol || condition == $"!{symbol}";
                    if (mentions && !isOurs)
                        left.Add(i + 1);
                    open.Push(new(isOurs, !isOurs || condition[0] == '!'));
                    if (isOurs)
                        continue;
                    break;
                case "elif":
                    if (mentions || open is { Count: > 0 } && open.Peek().IsOurs)
                        left.Add(i + 1);
                    break;
                case "else" when open.Count > 0 && open.Peek().IsOurs:
                    open.Push(open.Pop() is var branch ? branch with { IsKept = !branch.IsKept } : default);
                    continue;
                case "endif" when open.Count > 0:
                    if (open.Pop().IsOurs)
                    {
                        if (LineEnds.End(lines[i]).Length == 0 && result.Count > 0 && open.All(b => b.IsKept))
                            result[^1] = result[^1][..^LineEnds.End(result[^1]).Length];
                        continue;
                    }

                    break;
            }

            if (open.All(b => b.IsKept))
                result.Add(lines[i]);
        }

        return (string.Concat(result), left);
    }

    /// <summary>Whether any condition of a file mentions the symbol.</summary>
    public static bool Uses(string text, string symbol) =>
        LineEnds.Lines(text).Any(line => Directive().Match(line) is { Success: true } match && Regex.IsMatch(match.Groups["rest"].Value, $@"\b{symbol}\b"));

    /// <summary>Whether two texts are the same code to a compiler with these symbols.</summary>
    public static bool IsSameCode(string one, string other, params string[] symbols) => Tokens(one, symbols).SequenceEqual(Tokens(other, symbols));

    private static IEnumerable<(int, string)> Tokens(string text, string[] symbols) => Parse(text, symbols).GetRoot().DescendantTokens().Select(token => (token.RawKind, token.Text));

    private static SyntaxTree Parse(string text, string[] symbols) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview, preprocessorSymbols: symbols));

    private static List<(int OldStart, int OldEnd, int NewStart, int NewEnd)> Blocks(string before, string after, List<string> old, List<string> @new)
    {
        var blocks = new Differ().CreateCustomDiffs(before, after, ignoreWhiteSpace: false, text => [.. LineEnds.Lines(text)]).DiffBlocks
            .Select(b => (OldStart: b.DeleteStartA, OldEnd: b.DeleteStartA + b.DeleteCountA, NewStart: b.InsertStartB, NewEnd: b.InsertStartB + b.InsertCountB)).ToList();
        var (oldUnits, newUnits) = (Units(before, old.Count), Units(after, @new.Count));
        bool grew;
        do
        {
            grew = false;
            for (var i = 0; i < blocks.Count; i++)
            {
                var block = blocks[i];
                var (cutOld, cutNew) = (Cut(oldUnits, block.OldStart, block.OldEnd), Cut(newUnits, block.NewStart, block.NewEnd));
                // At most up to its neighbours, which it then becomes one with: beyond them the two files are not in step.
                var up = Math.Min(Math.Max(cutOld.Up, cutNew.Up), block.OldStart - (i == 0 ? 0 : blocks[i - 1].OldEnd));
                var down = Math.Min(Math.Max(cutOld.Down, cutNew.Down), (i == blocks.Count - 1 ? old.Count : blocks[i + 1].OldStart) - block.OldEnd);
                blocks[i] = (block.OldStart - up, block.OldEnd + down, block.NewStart - up, block.NewEnd + down);
                grew |= up + down > 0;
            }

            for (var i = blocks.Count - 1; i > 0; i--)
            {
                if (blocks[i].OldStart - blocks[i - 1].OldEnd >= SmallestGap)
                    continue;
                blocks[i - 1] = (blocks[i - 1].OldStart, blocks[i].OldEnd, blocks[i - 1].NewStart, blocks[i].NewEnd);
                blocks.RemoveAt(i);
                grew = true;
            }
        }
        while (grew);
        return blocks;
    }

    // How far a block must grow so that it cuts no unit in two: a directive inside one would be text, or close the wrong branch.
    private static (int Up, int Down) Cut(List<(int First, int Last, bool IsDirectives)> units, int start, int end)
    {
        var (up, down) = (0, 0);
        foreach (var (first, last, isDirectives) in units)
        {
            var touches = isDirectives
                ? (start <= first && first < end) != (start <= last && last < end)
                : start <= last && end > first && (first < start || last >= end);
            if (!touches)
                continue;
            up = Math.Max(up, start - first);
            down = Math.Max(down, last + 1 - end);
        }

        return (up, down);
    }

    private static List<(int First, int Last, bool IsDirectives)> Units(string text, int lineCount)
    {
        var tree = Parse(text, []);
        var units = new List<(int, int, bool)>();
        foreach (var (first, last) in MultiLine(tree))
            units.Add((first, Math.Min(last, lineCount - 1), false));
        foreach (var start in tree.GetRoot().DescendantTrivia(descendIntoTrivia: true).Select(t => t.GetStructure()).OfType<DirectiveTriviaSyntax>())
        {
            var related = start is IfDirectiveTriviaSyntax ? start.GetRelatedDirectives() : start is RegionDirectiveTriviaSyntax ? start.GetRelatedDirectives() : [];
            foreach (var (one, next) in related.Zip(related.Skip(1)))
                units.Add((LineOf(one), LineOf(next), true));
        }

        return units;

        int LineOf(SyntaxNode node) => tree.GetLineSpan(node.Span).StartLinePosition.Line;
    }

    // Tokens, comments and documentation of several lines, by first and last line.
    private static IEnumerable<(int First, int Last)> MultiLine(SyntaxTree tree)
    {
        var root = tree.GetRoot();
        var spans = root.DescendantTokens().Select(t => t.Span)
            .Concat(root.DescendantNodes().OfType<InterpolatedStringExpressionSyntax>().Select(s => s.Span))
            .Concat(root.DescendantTrivia().Where(t => t.IsKind(SyntaxKind.MultiLineCommentTrivia) || t.HasStructure && t.GetStructure() is DocumentationCommentTriviaSyntax).Select(t => t.FullSpan));
        foreach (var span in spans.Where(s => s.Length > 1))
        {
            var lines = (tree.GetText().Lines.GetLineFromPosition(span.Start).LineNumber, tree.GetText().Lines.GetLineFromPosition(span.End - 1).LineNumber);
            if (lines.Item1 < lines.Item2)
                yield return lines;
        }
    }

    // Lines that begin inside a token, whichever way the symbol is set: a '#' there is text.
    private static HashSet<int> InsideTokens(string text, int lineCount, params string[][] symbols) =>
        [.. symbols.SelectMany(s => MultiLine(Parse(text, s))).SelectMany(unit => Enumerable.Range(unit.First + 1, Math.Min(unit.Last, lineCount - 1) - unit.First))];

    private readonly record struct Branch(bool IsOurs, bool IsKept);

    [GeneratedRegex(@"^\s*#\s*(?<name>if|elif|else|endif)\b(?<rest>[^\r\n]*?)\s*(//.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Directive();
}
