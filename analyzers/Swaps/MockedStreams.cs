using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Analyzers.Checks;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Streams that Moq or NSubstitute stands in for: the mock constructs the class, and its <c>Start</c> has a result now.</summary>
internal static class MockedStreams
{
    private const int V1Arguments = 4;

    public static void Add(FileContext file, SwapGroup group, SimpleNameSyntax mention, RenamedType row)
    {
        if (row.Rule != RuleIds.AudioStream || !Mocks.IsMocking(mention.SyntaxTree)
            || SwapSites.WrittenType(mention).Parent is not TypeArgumentListSyntax { Parent: GenericNameSyntax generic })
        {
            return;
        }

        ExpressionSyntax? creation = generic.Identifier.ValueText switch
        {
            "Mock" => generic.Parent as ObjectCreationExpressionSyntax,
            "For" or "ForPartsOf" => generic.Parent?.Parent as InvocationExpressionSyntax,
            _ => null,
        };
        var arguments = creation switch
        {
            ObjectCreationExpressionSyntax mock => mock.ArgumentList,
            InvocationExpressionSyntax substitute => substitute.ArgumentList,
            _ => null,
        };
        if (creation is null || arguments is null)
            return;

        group.Review("the mock constructs 'AudioStreamV2', and its 'Start' gives false unless it is set up; a mock of 'IAudioStream' needs no constructor");
        AddArguments(file, group, arguments);
        if (generic.Identifier.ValueText == "Mock")
            AddSetups(file, group, creation);
    }

    /// <summary>A mocking library takes every parameter of the constructor, optional ones too, by position.</summary>
    private static void AddArguments(FileContext file, SwapGroup group, ArgumentListSyntax list)
    {
        var arguments = list.Arguments.SkipWhile(argument => argument.Expression.ToString().StartsWith("MockBehavior.", System.StringComparison.Ordinal)).ToList();
        if (arguments.Count != V1Arguments)
        {
            group.Manual("the mock passes other arguments than those of the old constructor; mock 'IAudioStream' instead");
            return;
        }

        var pool = file.Types.Find(KnownTypes.BufferPool)?.ToMinimalDisplayString(file.Model, list.SpanStart) ?? "BufferPool";
        group.Add(arguments[2], SwapActions.Of(SwapActions.Text, $"new {pool}(slotSizeSamples: 480000, numSlots: 100), {arguments[2]}"));
        group.Add(arguments[3], SwapActions.Of(SwapActions.Text, $"{arguments[3]}, null, null"));
    }

    private static void AddSetups(FileContext file, SwapGroup group, ExpressionSyntax creation)
    {
        if (creation.Parent is not EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator } || file.Model.GetDeclaredSymbol(declarator, file.CancellationToken) is not { } mock)
            return;

        foreach (var setup in creation.SyntaxTree.GetRoot(file.CancellationToken).DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (setup.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Setup", Expression: var receiver }
                && SymbolEqualityComparer.Default.Equals(file.Bind(receiver), mock)
                && setup.ArgumentList.Arguments.Count == 1
                && setup.ArgumentList.Arguments[0].Expression is LambdaExpressionSyntax { ExpressionBody: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Start" } } }
                && setup.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Throws" or "Returns" })
            {
                group.Add(setup.ArgumentList, SwapActions.Of(SwapActions.Text, setup.ArgumentList + ".Returns(true)"));
            }
        }
    }
}
