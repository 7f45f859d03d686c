using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Lifecycles;

/// <summary>A call that comes in the wrong state.</summary>
/// <param name="Call">The name of the called method.</param>
/// <param name="Before">The state that the call finds.</param>
internal sealed record SkippedState(SimpleNameSyntax Call, StreamPhase Before);
