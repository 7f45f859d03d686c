using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers;

/// <summary>Which of the names that rules look for stand in one file's text: each searched for when a rule first asks, once for all of them.</summary>
/// <remarks>
/// One vectorised search a name, once a tree and all compilations that hold it; no node is made. An answer may be wrong in one direction: a name in a comment or
/// a string counts, so what is not found is certainly not there. Safe for any number of threads.
/// </remarks>
internal sealed class NameMarks
{
    private const byte Absent = 1;
    private const byte Present = 2;

    private static readonly ConditionalWeakTable<SyntaxTree, NameMarks> Cache = new();

    private static readonly ImmutableArray<string> Names = CandidateNames.All.Add(CandidateNames.ImplicitNew);

    private static readonly Dictionary<string, int> Indices = Number(Names);

    private readonly SyntaxTree _tree;

    // 0 where nobody asked yet. What two threads find at once is the same.
    private readonly byte[] _found = new byte[Names.Length];

    private NameMarks(SyntaxTree tree) => _tree = tree;

    public static NameMarks Of(SyntaxTree tree) => Cache.GetValue(tree, static key => new NameMarks(key));

    /// <summary>Whether the name may stand in the text; a name that is not one of <see cref="CandidateNames.All"/> or <see cref="CandidateNames.ImplicitNew"/> always may.</summary>
    public bool Has(string name) => !Indices.TryGetValue(name, out var index) || Has(index);

    /// <summary>Whether any of the names may stand in the text.</summary>
    public bool HasAny(WantedNames names)
    {
        foreach (var index in names.Indices)
        {
            if (Has(index))
                return true;
        }

        return false;
    }

    /// <summary>Where the marks of some names are, all of <see cref="CandidateNames.All"/> or <see cref="CandidateNames.ImplicitNew"/>.</summary>
    public static int[] IndicesOf(ImmutableArray<string> names)
    {
        var indices = new int[names.Length];
        for (var i = 0; i < indices.Length; i++)
            indices[i] = Indices[names[i]];
        return indices;
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

    private bool Has(int index)
    {
        if (_found[index] == 0)
        {
            var text = _tree.GetText().ToString();
            var at = Names[index] == CandidateNames.ImplicitNew ? NextImplicitNew(text, 0) : NextIdentifier(text, Names[index], 0);
            _found[index] = at < 0 ? Absent : Present;
        }

        return _found[index] == Present;
    }

    private static Dictionary<string, int> Number(ImmutableArray<string> names)
    {
        var indices = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var name in names)
            indices.Add(name, indices.Count);
        return indices;
    }

    private static bool IsPart(char c) => c == '_' || char.IsLetterOrDigit(c);
}
