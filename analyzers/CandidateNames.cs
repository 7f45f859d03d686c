using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Analyzers;

/// <summary>Where the names that a rule looks at stand in one file, found in its text before anything is bound.</summary>
/// <remarks>Code without V1 costs one vectorised text scan a name and no binding at all. The analyzer driver keeps one instance a tree for all rules.</remarks>
internal sealed class CandidateNames
{
    /// <summary>The key of target-typed <c>new(...)</c>, which names no type.</summary>
    public const string ImplicitNew = "new()";

    public static SyntaxTreeValueProvider<CandidateNames> Provider { get; } = new(tree => new CandidateNames(tree, ImmutableArray<(string, string)>.Empty));

    /// <summary>The simple names of the types that a rule starts from.</summary>
    public static ImmutableArray<string> TypeNames { get; } =
        MigrationMap.RenamedTypes.Select(row => row.OldName)
            .Concat(new[] { "TtsModel", "ModelLoader" })
            .Concat(MigrationMap.ConfiguredParameters.Select(row => row.TypeName).Distinct())
            .ToImmutableArray();

    /// <summary>The exceptions that a call of a member which is gone ends with.</summary>
    public static ImmutableArray<string> MissingMemberExceptions { get; } = ImmutableArray.Create("MissingMethodException", "MissingMemberException");

    /// <summary>The simple names of the members that a rule starts from.</summary>
    public static ImmutableArray<string> MemberNames { get; } =
        MigrationMap.RenamedMethods.Select(row => row.Old)
            .Concat(MigrationMap.CheckedMethods.Select(row => row.Name))
            .Concat(MigrationMap.TtsModelFactory.Old.Except(MigrationMap.TtsModelFactory.New))
            .Concat(new[] { "Read", "Write", "Clear", "Available", "CapacitySamples", "LoadModel", "Acquire", "TryAcquire", "SetProcessingCallback", "Stop" })
            .Concat(MigrationMap.AwaitableMethods)
            .Concat(MissingMemberExceptions)
            .Distinct()
            .ToImmutableArray();

    private readonly Dictionary<string, List<SyntaxNode>> _nodes = new(StringComparer.Ordinal);

    /// <param name="globalAliases">Aliases of old types that other files declare.</param>
    public CandidateNames(SyntaxTree tree, ImmutableArray<(string Alias, string Name)> globalAliases)
    {
        var root = tree.GetRoot();
        var text = tree.GetText().ToString();
        foreach (var name in TypeNames)
        {
            FindIdentifiers(name, name);
            foreach (var alias in AliasesOf(name).Concat(globalAliases.Where(alias => alias.Name == name).Select(alias => alias.Alias)).Distinct().ToList())
                FindIdentifiers(alias, name);
        }

        foreach (var name in MemberNames)
            FindIdentifiers(name, name);

        FindImplicitCreations();

        void FindIdentifiers(string written, string key)
        {
            for (var at = IndexOf(written, 0); at >= 0; at = IndexOf(written, at + written.Length))
            {
                var token = root.FindToken(at, findInsideTrivia: true);
                var start = at > 0 && text[at - 1] == '@' ? at - 1 : at;
                if (token.SpanStart == start && token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == written)
                    Add(key, token.Parent!);
            }
        }

        int IndexOf(string value, int start) => text.IndexOf(value, start, StringComparison.Ordinal);

        IEnumerable<string> AliasesOf(string name) => this[name]
            .Select(node => node.FirstAncestorOrSelf<UsingDirectiveSyntax>())
            .Where(directive => directive?.Alias is not null)
            .Select(directive => directive!.Alias!.Name.Identifier.ValueText)
            .Where(alias => alias != name)
            .Distinct();

        void FindImplicitCreations()
        {
            for (var at = IndexOf("new", 0); at >= 0; at = IndexOf("new", at + 3))
            {
                var next = at + 3;
                while (next < text.Length && char.IsWhiteSpace(text[next]))
                    next++;

                if (next < text.Length && text[next] is '(' or '/' && root.FindToken(at).Parent is ImplicitObjectCreationExpressionSyntax creation && creation.NewKeyword.SpanStart == at)
                    Add(ImplicitNew, creation);
            }
        }

        void Add(string key, SyntaxNode node)
        {
            if (!_nodes.TryGetValue(key, out var nodes))
                _nodes.Add(key, nodes = new List<SyntaxNode>());
            nodes.Add(node);
        }
    }

    public static bool IsTypeName(string name) => TypeNames.Contains(name);

    /// <summary>The nodes whose identifier is <paramref name="name"/> or an alias of it, in source order.</summary>
    public IReadOnlyList<SyntaxNode> this[string name] => _nodes.TryGetValue(name, out var nodes) ? nodes : Array.Empty<SyntaxNode>();

    /// <summary>The simple names among the nodes called <paramref name="name"/>: uses, not declarations.</summary>
    public IEnumerable<SimpleNameSyntax> Uses(string name) => this[name].OfType<SimpleNameSyntax>();
}
