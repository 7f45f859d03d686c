using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Decides which namespaces of a template's <c>Imports</c> a file gets a <c>using</c> for.</summary>
internal sealed class FileImports(SemanticModel model)
{
    private readonly Dictionary<string, ImportedFile> _files = new(StringComparer.Ordinal);
    private HashSet<string>? _written;

    /// <summary>The file with the directives that make the template's names short; <see langword="null"/> when none is missing, or one would give a name of the file a second meaning.</summary>
    /// <param name="isStuck">Whether the replacement does not compile without a directive, as with extension methods.</param>
    public ImportedFile? For(Template template, SyntaxNode use, bool isStuck)
    {
        var names = template.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Where(name => template.HoleOf(name) is null).Select(name => name.Identifier.ValueText).Distinct().ToList();
        var wanted = template.Declaration.Imports.Distinct().Where(import => IsMissing(import, names, use, isStuck)).OrderBy(import => import, StringComparer.Ordinal).ToList();
        if (wanted.Count == 0 || wanted.Any(import => ExportsOf(import).Any(Written.Contains)))
            return null;

        var text = model.SyntaxTree.GetText();
        var insertions = wanted.Select(import => UsingPlace.For(import, use, text)).OfType<TextChange>().ToImmutableArray();
        if (insertions.Length < wanted.Count || insertions.Any(insertion => insertion.Span.Start > use.SpanStart))
            return null;

        insertions = insertions.GroupBy(insertion => insertion.Span).OrderBy(group => group.Key.Start).Select(group => new TextChange(group.Key, Merge(group))).ToImmutableArray();
        var key = string.Join("|", insertions.Select(insertion => insertion.Span.Start + insertion.NewText));
        if (!_files.TryGetValue(key, out var file))
            _files.Add(key, file = ImportedFile.Create(model, insertions));
        return file;
    }

    /// <summary>All identifiers of the file: what a namespace exports must be none of them, because each could come to mean something else.</summary>
    private HashSet<string> Written => _written ??= new HashSet<string>(
        model.SyntaxTree.GetRoot().DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText), StringComparer.Ordinal);

    /// <summary>Before everything else there is one blank line behind all directives.</summary>
    private static string Merge(IEnumerable<TextChange> insertions)
    {
        var texts = insertions.Select(insertion => insertion.NewText!).ToList();
        return string.Concat(texts.Select((text, index) => index < texts.Count - 1 && BlankLine(text) is { } end ? text.Substring(0, text.Length - end.Length) : text));
    }

    private static string? BlankLine(string text) => new[] { "\r\n", "\n" }.FirstOrDefault(end => text.EndsWith(end + end, StringComparison.Ordinal));

    private bool IsMissing(string import, IReadOnlyCollection<string> names, SyntaxNode use, bool isStuck)
    {
        if (NamespaceNamed(import) is not { } space)
            return false;

        return names.Any(name => TypesOf(space, name).Any() && model.LookupSymbols(use.SpanStart, name: name).IsEmpty)
            || (isStuck && ExtensionsOf(space).Any(names.Contains));
    }

    private IEnumerable<string> ExportsOf(string import) =>
        NamespaceNamed(import) is { } space ? space.GetTypeMembers().Where(IsVisible).Select(type => type.Name).Concat(ExtensionsOf(space)) : Enumerable.Empty<string>();

    private IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol space, string name) => space.GetTypeMembers(name).Where(IsVisible);

    private IEnumerable<string> ExtensionsOf(INamespaceSymbol space) =>
        space.GetTypeMembers().Where(type => type.MightContainExtensionMethods && IsVisible(type)).SelectMany(type => type.GetMembers()).OfType<IMethodSymbol>().Where(method => method.IsExtensionMethod).Select(method => method.Name);

    private bool IsVisible(INamedTypeSymbol type) => model.Compilation.IsSymbolAccessibleWithin(type, model.Compilation.Assembly);

    private INamespaceSymbol? NamespaceNamed(string name)
    {
        INamespaceSymbol? space = model.Compilation.GlobalNamespace;
        foreach (var part in name.Split('.'))
            space = space?.GetNamespaceMembers().FirstOrDefault(member => member.Name == part);
        return space;
    }
}
