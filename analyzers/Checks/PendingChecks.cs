using Microsoft.CodeAnalysis; using Microsoft.CodeAnalysis.CSharp.Syntax;
namespace MigrationKit.Analyzers.Checks;
internal sealed record CheckSite(SyntaxNode Node, string Action, string Safety, string? Reason);
internal sealed record GuardSite(SyntaxNode Node, string Action, string Safety, string? Reason);
internal static class ResultCheck { public static CheckSite? Describe(FileContext file, SimpleNameSyntax name, CheckedMethod method) => null; }
internal static class NullGuard { public static GuardSite? Describe(FileContext file, InvocationExpressionSyntax read) => null; }
