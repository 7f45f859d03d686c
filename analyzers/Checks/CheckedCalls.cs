using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Tells which names call a method of <see cref="MigrationMap.CheckedMethods"/>, in V2 or in V1.</summary>
internal static class CheckedCalls
{
    /// <summary>The method that <paramref name="name"/> means; <see langword="null"/> when it is another one.</summary>
    /// <param name="old">The swap of the V1 receiver's type; <see langword="null"/> on a V2 receiver.</param>
    public static CheckedMethod? Match(FileContext file, SimpleNameSyntax name, out RenamedType? old)
    {
        old = null;
        var called = name.Identifier.ValueText;
        var symbol = file.Bind(name);
        if (symbol is not (null or IMethodSymbol { IsStatic: false, Parameters.IsEmpty: true }))
            return null;

        var method = symbol as IMethodSymbol;
        if (method is { ReturnType.SpecialType: SpecialType.System_Boolean })
            return MigrationMap.CheckedMethods.FirstOrDefault(row => row.Name == called && file.Types.Is(method.ContainingType, row.Type));

        if (method is { ReturnsVoid: false })
            return null;

        var type = method?.ContainingType ?? UnboundReceiver(file, name);
        foreach (var row in MigrationMap.CheckedMethods.Where(row => row.Name == called && row.OldType is not null))
        {
            var renamed = MigrationMap.RenamedTypes.First(candidate => candidate.Old == row.OldType);
            for (var current = type; current is not null; current = current.BaseType)
            {
                if (file.Types.IsOld(current, renamed, file.Model, name.SpanStart))
                {
                    old = renamed;
                    return row;
                }
            }
        }

        return null;
    }

    /// <summary>The call with every <c>?.</c> before it: what has the value that a <c>?.</c> call gives.</summary>
    public static ExpressionSyntax WholeChain(InvocationExpressionSyntax call)
    {
        ExpressionSyntax chain = call;
        while (chain.Parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull == chain)
            chain = conditional;
        return chain;
    }

    /// <summary>What a name that does not bind is called on: its receiver's type, or the type it stands in.</summary>
    public static ITypeSymbol? UnboundReceiver(FileContext file, SimpleNameSyntax name)
    {
        if (Receivers.Of(name) is not null)
            return file.ReceiverType(name);

        return name.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
            ? file.Model.GetDeclaredSymbol(declaration, file.CancellationToken) as ITypeSymbol
            : null;
    }
}
