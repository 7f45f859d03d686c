using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers;

/// <summary>Which of the names that rules look for stand in one file's text, as one bit each.</summary>
/// <remarks>
/// One vectorised search a name, once a tree for all rules and all compilations that hold the tree; no node is made. A mark may be wrong in one direction:
/// a name in a comment or a string counts, so what has no mark is certainly not there.
/// </remarks>
internal sealed class NameMarks
{
    private const ulong ImplicitNewMark = 1UL << 63;

    private static readonly ConditionalWeakTable<SyntaxTree, NameMarks> Cache = new();

    private static readonly Dictionary<string, int> Indices = IndicesOf(CandidateNames.All);

    private readonly ulong _marks;

    private NameMarks(SyntaxTree tree)
    {
        var text = tree.GetText().ToString();
        foreach (var name in Indices)
        {
            if (NextIdentifier(text, name.Key, 0) >= 0)
                _marks |= 1UL << name.Value;
        }

        if (NextImplicitNew(text, 0) >= 0)
            _marks |= ImplicitNewMark;
    }

    /// <summary>Whether target-typed <c>new(...)</c> may stand in the text.</summary>
    public bool HasImplicitNew => (_marks & ImplicitNewMark) != 0;

    public static NameMarks Of(SyntaxTree tree) => Cache.GetValue(tree, key => new NameMarks(key));

    /// <summary>Whether the name may stand in the text; a name that is not one of <see cref="CandidateNames.All"/> always may.</summary>
    public bool Has(string name) => !Indices.TryGetValue(name, out var index) || (_marks & (1UL << index)) != 0;

    /// <summary>Whether any of the names may stand in the text.</summary>
    public bool HasAny(WantedNames names) => (_marks & names.Marks) != 0;

    /// <summary>The marks of some names, all of <see cref="CandidateNames.All"/> or <see cref="CandidateNames.ImplicitNew"/>.</summary>
    public static ulong MarksOf(IEnumerable<string> names)
    {
        var marks = 0UL;
        foreach (var name in names)
            marks |= name == CandidateNames.ImplicitNew ? ImplicitNewMark : 1UL << Indices[name];
        return marks;
    }

    /// <summary>Where <paramref name="name"/> next stands as a whole word; -1 when it does not.</summary>
    public static int NextIdentifier(string text, string name, int start)
    {
        for (var at = text.IndexOf(name, start, StringComparison.Ordinal); at >= 0; at = text.IndexOf(name, at + name.Length, StringComparison.Ordinal))
        {
            if ((at == 0 || !IsPart(text[at - 1])) && (at + name.Length == text.Length || !IsPart(text[at + name.Length])))
                return at;
        }

        return -1;
    }

    /// <summary>Where <c>new</c> with a parenthesis or a comment behind it next stands; -1 when it does not.</summary>
    public static int NextImplicitNew(string text, int start)
    {
        for (var at = NextIdentifier(text, "new", start); at >= 0; at = NextIdentifier(text, "new", at + 3))
        {
            var next = at + 3;
            while (next < text.Length && char.IsWhiteSpace(text[next]))
                next++;
            if (next < text.Length && text[next] is '(' or '/')
                return at;
        }

        return -1;
    }

    private static Dictionary<string, int> IndicesOf(ImmutableArray<string> names)
    {
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names)
            indices.Add(name, indices.Count);
        return indices;
    }

    private static bool IsPart(char c) => c == '_' || char.IsLetterOrDigit(c);
}
