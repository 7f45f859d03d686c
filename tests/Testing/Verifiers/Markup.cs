using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.Tests.Verifiers;

/// <summary>Source text with expected findings: <c>[|x|]</c> for the analyzer's only rule, <c>{|MK0001:x|}</c> by ID. Marks may nest.</summary>
public sealed record Markup(string Source, ImmutableArray<(string? Id, TextSpan Span)> Expected)
{
    public static Markup Parse(string marked)
    {
        var source = new StringBuilder();
        var open = new Stack<(string? Id, int Start, bool IsNamed)>();
        var expected = ImmutableArray.CreateBuilder<(string?, TextSpan)>();
        for (var i = 0; i < marked.Length; i++)
        {
            var rest = marked.AsSpan(i);
            if (rest.StartsWith("[|"))
            {
                open.Push((null, source.Length, false));
                i++;
            }
            else if (rest.StartsWith("{|MK") && rest.IndexOf(':') is > 0 and var colon)
            {
                open.Push((rest[2..colon].ToString(), source.Length, true));
                i += colon;
            }
            else if (open.Count > 0 && rest.StartsWith(open.Peek().IsNamed ? "|}" : "|]"))
            {
                var (id, start, _) = open.Pop();
                expected.Add((id, TextSpan.FromBounds(start, source.Length)));
                i++;
            }
            else
            {
                source.Append(marked[i]);
            }
        }

        if (open.Count > 0)
            throw new FormatException($"The mark at {open.Peek().Start} is not closed.");

        return new Markup(source.ToString(), expected.ToImmutable());
    }
}
