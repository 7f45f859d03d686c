using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Corpus.Tests;

/// <summary>One C# file of the corpus, parsed once for every state it is analysed in.</summary>
/// <param name="Name">Where it comes from and what was done to it: enough to make it again.</param>
internal sealed record CorpusFile(string Name, string Text)
{
    public static CSharpParseOptions ParseOptions { get; } = new(LanguageVersion.Latest, DocumentationMode.Parse);

    private static readonly string[] NamesOfLibraries = ["VoiceForge", "PocketTts", "ReplaceWith"];

    private readonly Lazy<SyntaxTree> _tree = new(() => CSharpSyntaxTree.ParseText(Text, ParseOptions, path: Name));

    public SyntaxTree Tree => _tree.Value;

    /// <summary>
    /// Whether the file says neither a library's namespace nor the attribute anywhere but in strings, comments and inactive code. A compilation of
    /// such files can mean no symbol of the libraries, however broken the files are.
    /// </summary>
    public bool IsUnrelated =>
        !NamesOfLibraries.Any(name => Text.Contains(name, StringComparison.Ordinal))
        || !Tree.GetRoot().DescendantTokens(descendIntoTrivia: true).Any(token => token.IsKind(SyntaxKind.IdentifierToken)
            && NamesOfLibraries.Any(name => token.ValueText.StartsWith(name, StringComparison.Ordinal)));

    /// <summary>The bodies of the file's methods, without their braces.</summary>
    public IEnumerable<Microsoft.CodeAnalysis.Text.TextSpan> Bodies => Tree.GetRoot().DescendantNodes().OfType<BaseMethodDeclarationSyntax>()
        .Select(method => method.Body).OfType<BlockSyntax>()
        .Select(body => Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(body.OpenBraceToken.Span.End, body.CloseBraceToken.SpanStart));
}
