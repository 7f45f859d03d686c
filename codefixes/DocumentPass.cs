using System;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;

namespace MigrationKit.CodeFixes;

/// <summary>Rewrites any number of findings of one document at once: a light bulb passes one, Fix All and the command line pass all.</summary>
public static class DocumentPass
{
    private static readonly ImmutableDictionary<string, MigrationCodeFix> Fixes =
        typeof(DocumentPass).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && typeof(MigrationCodeFix).IsAssignableFrom(type))
            .Select(type => (MigrationCodeFix)Activator.CreateInstance(type)!)
            .ToImmutableDictionary(fix => fix.FixableDiagnosticIds[0]);

    /// <summary>The Fix All provider of every fix: one pass a document.</summary>
    public static FixAllProvider FixAll { get; } = FixAllProvider.Create(
        async (context, document, diagnostics) => await ApplyAsync(document, diagnostics, context.CancellationToken).ConfigureAwait(false));

    /// <summary>Whether a pass changes the document for this finding: not for manual ones, not before the package is updated (S1), and not for
    /// findings on a V1 receiver, whose fix comes with the swap of the type.</summary>
    public static bool CanFix(Diagnostic diagnostic) =>
        Fixes.ContainsKey(diagnostic.Id)
        && diagnostic.Properties.TryGetValue(Facts.Safety, out var safety) && safety != Facts.Manual
        && diagnostic.Properties.TryGetValue(Facts.State, out var state) && state != nameof(LibraryState.S1)
        && !diagnostic.Properties.ContainsKey(Facts.After);

    /// <summary>Applies the fixes of <paramref name="diagnostics"/>, all found in the present text of <paramref name="document"/>.</summary>
    /// <returns>
    /// The changed document, or <paramref name="document"/> itself when nothing was to be done. A finding whose edits overlap another's stays:
    /// analyse the result and call again.
    /// </returns>
    public static async Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken)
    {
        var root = await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null)
            return document;

        var edits = new TextEdits(root, await document.GetTextAsync(cancellationToken).ConfigureAwait(false));
        var fixable = diagnostics.Where(CanFix)
            .OrderBy(diagnostic => Fixes[diagnostic.Id].Order)
            .ThenBy(diagnostic => diagnostic.Location.SourceSpan.Start);
        foreach (var diagnostic in fixable)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Fixes[diagnostic.Id].Rewrite(new FixContext(root, edits, diagnostic));
            edits.TryCommit();
        }

        return edits.IsEmpty ? document : document.WithText(edits.Apply());
    }
}
