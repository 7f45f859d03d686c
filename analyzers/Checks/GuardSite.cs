using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers.Checks;

/// <summary>A read whose result may be null, and how to keep null away from its uses.</summary>
/// <param name="Node">The call with its <c>?.</c> chain.</param>
/// <param name="Action">What the fix does there: <c>guard:</c> and what <see cref="NullGuard"/> says behind it.</param>
/// <param name="Safety">One of <see cref="Facts.Safe"/>, <see cref="Facts.Review"/>, <see cref="Facts.Manual"/>.</param>
internal sealed record GuardSite(SyntaxNode Node, string Action, string Safety, string? Reason);
