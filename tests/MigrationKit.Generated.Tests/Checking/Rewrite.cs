using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Generated.Checking;

/// <summary>One pass over one document: the real one, or a broken one that must be caught.</summary>
public delegate Task<Document> Rewrite(Document document, ImmutableArray<Diagnostic> findings, CancellationToken cancellationToken);
