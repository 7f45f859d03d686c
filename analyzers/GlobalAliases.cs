using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>The aliases of types that a <c>global using</c> of any file declares for all files.</summary>
internal static class GlobalAliases
{
    // A tree outlives many compilations while somebody types in another one.
    private static readonly ConditionalWeakTable<SyntaxTree, object> Cache = new();

    /// <summary>Each alias with the simple name of the type it stands for.</summary>
    public static ImmutableArray<(string Alias, string Name)> Of(Compilation compilation) =>
        compilation.SyntaxTrees.SelectMany(tree => (ImmutableArray<(string, string)>)Cache.GetValue(tree, Find)).ToImmutableArray();

    private static object Find(SyntaxTree tree)
    {
        if (!NameMarks.Of(tree).HasGlobalUsing || tree.GetRoot() is not CompilationUnitSyntax unit)
            return ImmutableArray<(string, string)>.Empty;

        return unit.Usings
            .Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) && directive is { Alias: not null, Name: not null })
            .Select(directive => (Alias: directive.Alias!.Name.Identifier.ValueText, Name: directive.Name!.GetLastToken().ValueText))
            .ToImmutableArray();
    }
}
