using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Tells which names call <c>Read</c> of a TripleBuffer, or of the RingBuffer that one takes the place of.</summary>
internal static class ReadCalls
{
    /// <summary>Whether the text leaves it possible that the name calls one of the methods: V2's takes no argument.</summary>
    public static bool MayBeRead(FileContext file, SimpleNameSyntax name, out InvocationExpressionSyntax? call)
    {
        var written = name.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax ? name.Parent : name;
        call = written.Parent as InvocationExpressionSyntax;
        return call is not null && call.Expression == written && (call.ArgumentList.Arguments.Count == 0 || file.Types.MayHaveOldTypes);
    }

    /// <param name="isOld">Whether the receiver is a RingBuffer.</param>
    public static bool IsRead(FileContext file, SimpleNameSyntax name, out InvocationExpressionSyntax? call, out bool isOld)
    {
        isOld = false;
        if (!MayBeRead(file, name, out call))
            return false;

        var symbol = file.Bind(name);
        if (symbol is not (null or IMethodSymbol { IsStatic: false }))
            return false;

        var type = symbol is null ? file.ReceiverType(name) : symbol.ContainingType;
        isOld = file.Types.IsOld(type, MigrationMap.RenamedTypeOf(RuleIds.RingBuffer), file.Model, name.SpanStart);
        return isOld || (symbol is IMethodSymbol { Parameters.IsEmpty: true } && file.Types.Is(type, KnownTypes.TripleBuffer));
    }
}
