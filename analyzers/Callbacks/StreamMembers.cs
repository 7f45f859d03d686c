using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Analyzers.Checks;

namespace MigrationKit.Analyzers.Callbacks;

/// <summary>Tells which names are methods of an audio stream, in V1 or in V2.</summary>
internal static class StreamMembers
{
    public static bool IsMethodOfStream(FileContext file, SimpleNameSyntax name) => file.Bind(name) switch
    {
        null => IsStream(file, CheckedCalls.UnboundReceiver(file, name), name.SpanStart),
        IMethodSymbol { IsStatic: false } method => IsStream(file, method.ContainingType, name.SpanStart),
        _ => false,
    };

    /// <summary>Whether the type is a stream or derives from one.</summary>
    public static bool IsStream(FileContext file, ITypeSymbol? type, int position)
    {
        if (file.Types.Is(type, KnownTypes.AudioStreamV2) || file.Types.Is(type, KnownTypes.AudioStreamInterface))
            return true;

        var renamed = MigrationMap.RenamedTypeOf(RuleIds.AudioStream);
        for (var current = type; current is not null; current = current.BaseType)
        {
            if (file.Types.IsOld(current, renamed, file.Model, position))
                return true;
        }

        return false;
    }
}
