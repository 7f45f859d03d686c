using System;
using System.Collections.Immutable;
using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>The aliases of old types that a <c>global using</c> of any file declares for all files.</summary>
internal static class GlobalAliases
{
    private static readonly ConditionalWeakTable<Compilation, object> Cache = new();

    /// <summary>Each alias with the simple name of the type it stands for.</summary>
    public static ImmutableArray<(string Alias, string Name)> Of(Compilation compilation) =>
        (ImmutableArray<(string, string)>)Cache.GetValue(compilation, Find);

    private static object Find(Compilation compilation)
    {
        var found = ImmutableArray.CreateBuilder<(string, string)>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            if (!tree.TryGetText(out var text))
                text = tree.GetText();
            if (text.ToString().IndexOf("global ", StringComparison.Ordinal) < 0 || tree.GetRoot() is not CompilationUnitSyntax unit)
                continue;

            found.AddRange(unit.Usings
                .Where(directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword) && directive is { Alias: not null, Name: not null })
                .Select(directive => (directive.Alias!.Name.Identifier.ValueText, directive.Name!.GetLastToken().ValueText)));
        }

        return found.Where(alias => CandidateNames.IsTypeName(alias.Item2)).ToImmutableArray();
    }
}
