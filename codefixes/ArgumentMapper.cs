using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Analyzers;

namespace MigrationKit.CodeFixes;

/// <summary>Rewrites the arguments of a V1 call for its V2 signature, keeping their text and their order.</summary>
internal static class ArgumentMapper
{
    /// <summary>Renames named arguments, and names positional ones from the first whose position differs.</summary>
    /// <param name="nameAll">Whether positional arguments are named even where their position stays.</param>
    public static void Map(TextEdits edits, BaseArgumentListSyntax arguments, Signature signature, bool nameAll = false)
    {
        var mustName = nameAll;
        for (var i = 0; i < arguments.Arguments.Count; i++)
        {
            var argument = arguments.Arguments[i];
            var written = argument.NameColon?.Name.Identifier;
            var newName = NewNameOf(written?.ValueText, i, signature);
            if (newName is null)
                return;

            var isInPosition = signature.NewOrder.IndexOf(newName) == i;
            if (written is { } identifier)
            {
                if (identifier.ValueText != newName)
                    edits.Replace(identifier.Span, newName);
            }
            else if (mustName || !isInPosition)
            {
                edits.Insert(argument.SpanStart, newName + ": ");
            }

            mustName |= !isInPosition;
        }
    }

    private static string? NewNameOf(string? written, int position, Signature signature)
    {
        if (written is null)
            return position < signature.New.Length ? signature.New[position] : null;

        var index = signature.Old.IndexOf(written);
        return index >= 0 ? signature.New[index] : signature.NewOrder.Contains(written) ? written : null;
    }
}
