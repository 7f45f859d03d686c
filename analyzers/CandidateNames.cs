using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Where the names that a rule looks at stand in one file, found in its text before anything is bound.</summary>
/// <remarks>Nodes are looked up when a rule asks for a name, and only where <see cref="NameMarks"/> has it. One instance a tree serves all rules.</remarks>
internal sealed class CandidateNames
{
    /// <summary>The key of target-typed <c>new(...)</c>, which names no type.</summary>
    public const string ImplicitNew = "new()";

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
            .Concat(new[] { "Read", "Write", "Clear", "Available", "CapacitySamples", "LoadModel", "Acquire", "TryAcquire", "SetProcessingCallback", "Stop", "Dispose", "VoiceForgeAppV2" })
            .Concat(MigrationMap.AwaitableMethods)
            .Concat(MissingMemberExceptions)
            .Distinct()
            .ToImmutableArray();

    /// <summary>Every name that a file's text is searched for.</summary>
    public static ImmutableArray<string> All { get; } = TypeNames.Union(MemberNames).ToImmutableArray();

    private static readonly ConditionalWeakTable<SyntaxTree, CandidateNames> Cache = new();
    private static readonly IReadOnlyList<SyntaxNode> None = Array.Empty<SyntaxNode>();

    // Rules of one file run at the same time: what two of them find at once is the same, and either may stay.
    private readonly ConcurrentDictionary<string, IReadOnlyList<SyntaxNode>> _nodes = new(StringComparer.Ordinal);
    private readonly SyntaxTree _tree;
    private readonly IReadOnlyList<GlobalAlias> _globalAliases;

    /// <param name="globalAliases">Aliases that any file declares for all.</param>
    public CandidateNames(SyntaxTree tree, IReadOnlyList<GlobalAlias> globalAliases)
    {
        _tree = tree;
        _globalAliases = globalAliases;
        Marks = NameMarks.Of(tree);
    }

    private NameMarks Marks { get; }

    /// <summary>The names of a tree in a compilation without global aliases, which may share them with others.</summary>
    public static CandidateNames Of(SyntaxTree tree) => Cache.GetValue(tree, key => new CandidateNames(key, Array.Empty<GlobalAlias>()));

    public static bool IsTypeName(string name) => TypeNames.Contains(name);

    /// <summary>The nodes whose identifier is <paramref name="name"/> or an alias of it, in source order.</summary>
    public IReadOnlyList<SyntaxNode> this[string name]
    {
        get
        {
            if (!MayHave(name))
                return None;
            return _nodes.TryGetValue(name, out var known) ? known : _nodes.GetOrAdd(name, name == ImplicitNew ? FindImplicitCreations() : Find(name));
        }
    }

    /// <summary>Whether there may be nodes of the name, as far as the text tells.</summary>
    public bool MayHave(string name) => Marks.Has(name) || IsGlobalAliasOf(name);

    /// <summary>Whether there may be nodes of any of the names.</summary>
    public bool MayHaveAny(WantedNames names) => names.IsAny || Marks.HasAny(names) || (_globalAliases.Count > 0 && names.All.Any(IsGlobalAliasOf));

    /// <summary>The simple names among the nodes called <paramref name="name"/>: uses, not declarations.</summary>
    public IEnumerable<SimpleNameSyntax> Uses(string name) => this[name].OfType<SimpleNameSyntax>();

    /// <summary>The target-typed creations that can be of a type called <paramref name="typeName"/>: no declaration around them names another one.</summary>
    /// <remarks>Where there are aliases, the name that a declaration says may mean any type.</remarks>
    public IEnumerable<ImplicitObjectCreationExpressionSyntax> ImplicitCreations(string typeName)
    {
        foreach (var node in this[ImplicitNew])
        {
            var creation = (ImplicitObjectCreationExpressionSyntax)node;
            if (DeclaredTypes.NameAround(creation) is not { } declared || declared == typeName || declared == "var" || HasAliases)
                yield return creation;
        }
    }

    /// <summary>Whether any name in the file may be an alias, of whatever type.</summary>
    public bool HasAliases => _globalAliases.Count > 0 || (_tree.GetRoot() is CompilationUnitSyntax unit && HasAlias(unit.Usings, unit.Members));

    private bool IsGlobalAliasOf(string name)
    {
        foreach (var alias in _globalAliases)
        {
            if (alias.Name == name)
                return true;
        }

        return false;
    }

    private static bool HasAlias(SyntaxList<UsingDirectiveSyntax> usings, SyntaxList<MemberDeclarationSyntax> members) =>
        usings.Any(directive => directive.Alias is not null) || members.Any(member => member is BaseNamespaceDeclarationSyntax space && HasAlias(space.Usings, space.Members));

    private IReadOnlyList<SyntaxNode> Find(string name)
    {
        var root = _tree.GetRoot();
        var text = _tree.GetText().ToString();
        var nodes = WrittenNames.In(root, text, name);
        if (!IsTypeName(name) || !HasAliases)
            return nodes;

        var aliases = nodes
            .Select(node => node.FirstAncestorOrSelf<UsingDirectiveSyntax>())
            .Where(directive => directive?.Alias is not null)
            .Select(directive => directive!.Alias!.Name.Identifier.ValueText)
            .Where(alias => alias != name)
            .Concat(_globalAliases.Where(alias => alias.Name == name).Select(alias => alias.Alias))
            .Distinct()
            .ToList();
        foreach (var alias in aliases)
            nodes.AddRange(WrittenNames.In(root, text, alias));
        return nodes;
    }

    private IReadOnlyList<SyntaxNode> FindImplicitCreations()
    {
        var nodes = new List<SyntaxNode>();
        var text = _tree.GetText().ToString();
        var root = _tree.GetRoot();
        for (var at = NameMarks.NextImplicitNew(text, 0); at >= 0; at = NameMarks.NextImplicitNew(text, at + 3))
        {
            if (root.FindToken(at).Parent is ImplicitObjectCreationExpressionSyntax creation && creation.NewKeyword.SpanStart == at)
                nodes.Add(creation);
        }

        return nodes;
    }
}
