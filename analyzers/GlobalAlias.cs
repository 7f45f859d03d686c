using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>An alias that a <c>global using</c> of any file declares for all files, with the simple name of the type it stands for.</summary>
internal sealed record GlobalAlias(string Alias, string Name)
{
    // A tree outlives many compilations while somebody types in another one.
    private static readonly ConditionalWeakTable<SyntaxTree, GlobalAlias[]> Cache = new();

    /// <summary>Those of a compilation.</summary>
    public static IReadOnlyList<GlobalAlias> Of(Compilation compilation)
    {
        List<GlobalAlias>? found = null;
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (Cache.GetValue(tree, Find) is { Length: > 0 } some)
                (found ??= new List<GlobalAlias>()).AddRange(some);
        }

        return (IReadOnlyList<GlobalAlias>?)found ?? Array.Empty<GlobalAlias>();
    }

    private static GlobalAlias[] Find(SyntaxTree tree)
    {
        if (tree.GetText().ToString().IndexOf("global ", StringComparison.Ordinal) < 0 || tree.GetRoot() is not CompilationUnitSyntax unit)
            return Array.Empty<GlobalAlias>();

        return unit.Usings
            .Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) && directive is { Alias: not null, Name: not null })
            .Select(directive => new GlobalAlias(directive.Alias!.Name.Identifier.ValueText, directive.Name!.GetLastToken().ValueText))
            .ToArray();
    }
}
