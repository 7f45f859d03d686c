using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers.Checks;

/// <summary>A call whose result must be looked at, and how.</summary>
/// <param name="Node">The call with its <c>?.</c> chain, or the method group.</param>
/// <param name="Action">What the fix does there: <c>check:</c> and what <see cref="ResultCheck"/> says behind it.</param>
/// <param name="Safety">One of <see cref="Facts.Safe"/>, <see cref="Facts.Review"/>, <see cref="Facts.Manual"/>.</param>
internal sealed record CheckSite(SyntaxNode Node, string Action, string Safety, string? Reason)
{
    /// <summary>Whether V2's method fits the place without a check, so that the swap of the receiver's type need not wait for a person.</summary>
    public bool FitsUnchecked { get; init; }
}
