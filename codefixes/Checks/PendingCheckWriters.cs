using Microsoft.CodeAnalysis;
namespace MigrationKit.CodeFixes.Checks;
internal static class ResultCheckWriter { public static void Write(TextEdits edits, SyntaxNode node, string action) { } }
internal static class NullGuardWriter { public static void Write(TextEdits edits, SyntaxNode node, string action) { } }
