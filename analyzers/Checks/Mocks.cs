using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Calls that a mocking library records instead of running: a check would change what the test says.</summary>
/// <remarks>Told by name, because with V1 gone these calls do not bind.</remarks>
internal static class Mocks
{
    private static readonly string[] Libraries = { "Moq", "NSubstitute", "FakeItEasy" };

    public static bool IsRecorded(SyntaxNode call)
    {
        if (!IsMocking(call.SyntaxTree))
            return false;

        return call.Ancestors().OfType<LambdaExpressionSyntax>().Any(lambda => lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax outer } && IsRecorder(NameOf(outer)))
            || call.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(inner => NameOf(inner) is "Received" or "DidNotReceive" or "ReceivedWithAnyArgs" or "DidNotReceiveWithAnyArgs");
    }

    public static bool IsMocking(SyntaxTree tree) =>
        tree.GetRoot() is CompilationUnitSyntax unit && unit.Usings.Any(directive => Libraries.Contains(directive.Name?.ToString()));

    private static bool IsRecorder(string? name) => name is "Setup" or "SetupSequence" or "Verify" or "When" or "WhenForAnyArgs" or "CallTo";

    private static string? NameOf(InvocationExpressionSyntax call) => (call.Expression as MemberAccessExpressionSyntax)?.Name.Identifier.ValueText;
}
