using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>The names of the members that carry <c>[ReplaceWith]</c>, as far as one compilation can see: what has another name is never bound.</summary>
/// <remarks>What was found in an assembly or a file is kept as long as the compiler keeps that, so that typing in an IDE looks at the changed file only.</remarks>
internal sealed class ReplacedNames
{
    private const string Marker = "ReplaceWith";

    private static readonly ConditionalWeakTable<Compilation, ReplacedNames> Cache = new();
    private static readonly ConditionalWeakTable<IAssemblySymbol, string[]> InAssemblies = new();
    private static readonly ConditionalWeakTable<SyntaxTree, string[]> InFiles = new();

    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    private ReplacedNames(Compilation compilation, CancellationToken cancellationToken)
    {
        IsAttributeVisible = IsAttributeVisibleIn(compilation);
        if (!IsAttributeVisible)
            return;

        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols.Where(CanUse))
        {
            cancellationToken.ThrowIfCancellationRequested();
            _names.UnionWith(InAssemblies.GetValue(assembly, key => Marked(key.GlobalNamespace).Distinct().ToArray()));
        }

        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            _names.UnionWith(InFiles.GetValue(tree, key => Declared(key).Distinct().ToArray()));
        }
    }

    /// <summary>The names of a compilation, found when the first rule asks for them.</summary>
    public static ReplacedNames Of(Compilation compilation, CancellationToken cancellationToken) =>
        Cache.GetValue(compilation, key => new ReplacedNames(key, cancellationToken));

    /// <summary>Whether any assembly in sight defines the attribute; where none does, nobody can use it.</summary>
    public bool IsAttributeVisible { get; }

    public bool IsEmpty => _names.Count == 0;

    /// <summary>Whether a constructor is among them: a creation can name its type by an alias or not at all.</summary>
    public bool HasConstructors => _names.Contains(WellKnownMemberNames.InstanceConstructorName);

    /// <summary>Whether an indexer is among them: its uses have no name.</summary>
    public bool HasIndexers => _names.Contains(WellKnownMemberNames.Indexer);

    /// <summary>As <see cref="IsAttributeVisible"/>, without looking for names.</summary>
    public static bool IsAttributeVisibleIn(Compilation compilation) => !compilation.GetTypesByMetadataName(ReplaceWithDeclaration.AttributeName).IsEmpty;

    public bool Contains(string name) => _names.Contains(name);

    /// <summary>Whether the assembly defines the attribute or references one that does.</summary>
    private static bool CanUse(IAssemblySymbol assembly) =>
        Defines(assembly) || assembly.Modules.Any(module => module.ReferencedAssemblySymbols.Any(Defines));

    private static bool Defines(IAssemblySymbol assembly) => assembly.GetTypeByMetadataName(ReplaceWithDeclaration.AttributeName) is not null;

    private static IEnumerable<string> Marked(INamespaceOrTypeSymbol container) => container.GetMembers().SelectMany(member => member switch
    {
        INamespaceOrTypeSymbol inner => Marked(inner),
        IMethodSymbol or IPropertySymbol or IFieldSymbol when member.GetAttributes().Any(attribute => ReplaceWithDeclaration.IsReplaceWith(attribute.AttributeClass)) => new[] { member.Name },
        _ => Enumerable.Empty<string>(),
    });

    /// <summary>Every attributed member of a file that says the attribute's name; what the attributes are is known once a use binds.</summary>
    public static IEnumerable<string> Declared(SyntaxTree tree)
    {
        if (tree.GetText().ToString().IndexOf(Marker, StringComparison.Ordinal) < 0)
            return Enumerable.Empty<string>();

        return tree.GetRoot().DescendantNodes().OfType<MemberDeclarationSyntax>().Where(member => member.AttributeLists.Count > 0).SelectMany(member => member switch
        {
            MethodDeclarationSyntax method => new[] { method.Identifier.ValueText },
            PropertyDeclarationSyntax property => new[] { property.Identifier.ValueText },
            IndexerDeclarationSyntax => new[] { WellKnownMemberNames.Indexer },
            EnumMemberDeclarationSyntax value => new[] { value.Identifier.ValueText },
            BaseFieldDeclarationSyntax fields => fields.Declaration.Variables.Select(field => field.Identifier.ValueText),
            ConstructorDeclarationSyntax => new[] { WellKnownMemberNames.InstanceConstructorName },
            TypeDeclarationSyntax type when type.ChildNodes().OfType<ParameterListSyntax>().Any() => new[] { WellKnownMemberNames.InstanceConstructorName },
            _ => Enumerable.Empty<string>(),
        });
    }
}
