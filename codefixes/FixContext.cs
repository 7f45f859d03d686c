using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using MigrationKit.Analyzers;

namespace MigrationKit.CodeFixes;

/// <summary>One finding on its way through a pass: its places, what the analyzer said of them, and where the edits go.</summary>
internal sealed class FixContext(SyntaxNode root, TextEdits edits, Diagnostic diagnostic)
{
    public SyntaxNode Root { get; } = root;

    public TextEdits Edits { get; } = edits;

    /// <summary>Each place of the finding with the action for it, the primary one first.</summary>
    public IEnumerable<(SyntaxNode Node, string Action)> Sites
    {
        get
        {
            var actions = diagnostic.Properties[Facts.Sites]!.Split('\n');
            return diagnostic.AdditionalLocations.Prepend(diagnostic.Location)
                .Select((location, index) => (NodeAt(location), actions[index]));
        }
    }

    public string Rule => diagnostic.Id;

    /// <summary>Where the finding is shown.</summary>
    public int Start => diagnostic.Location.SourceSpan.Start;

    public string? Fact(string name) => diagnostic.Properties.TryGetValue(name, out var value) ? value : null;

    /// <summary>The innermost node that has exactly the location's span, within documentation comments too.</summary>
    private SyntaxNode NodeAt(Location location) => Root.FindNode(location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true);
}
