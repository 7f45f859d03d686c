using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Lifecycles;

/// <summary>The methods that lead a stream or an app from state to state.</summary>
/// <param name="Type">V2's type.</param>
/// <param name="Rule">The rule that swaps V1's type for it; <see langword="null"/> when V1 has none.</param>
/// <param name="Start">The name of the method that starts.</param>
internal sealed record Lifecycle(string Type, string? Rule, string Start)
{
    public const string Stop = "Stop";
    public const string Dispose = "Dispose";

    private static readonly ImmutableArray<Lifecycle> All = ImmutableArray.Create(
        new Lifecycle(KnownTypes.AudioStreamV2, RuleIds.AudioStream, "Start"),
        new Lifecycle(KnownTypes.AudioStreamInterface, null, "Start"),
        new Lifecycle("VoiceForge.VoiceForgeAppV2", RuleIds.VoiceForgeApp, "StartGoldenPath"));

    /// <summary>The names that a finding can stand at.</summary>
    public static ImmutableArray<string> Names { get; } = All.Select(lifecycle => lifecycle.Start).Append(Stop).Distinct().ToImmutableArray();

    /// <summary>The simple names of the types, old and new.</summary>
    private static readonly ImmutableArray<string> CreatedNames = MigrationMap.RenamedTypes.SelectMany(row => new[] { row.OldName, row.NewName }).ToImmutableArray();

    /// <summary>The lifecycle of exactly this type: a type derived from it may start itself when it is made.</summary>
    public static Lifecycle? Of(FileContext file, ITypeSymbol? type, int position) =>
        type is null ? null : All.FirstOrDefault(lifecycle => IsExactly(file, type, lifecycle, position));

    /// <summary>Whether a start after a call of this name can skip a state.</summary>
    public static bool MayEndStart(string method) => method == Dispose || (method != Stop && Names.Contains(method));

    /// <summary>Whether a creation can be of a type that has a lifecycle, as far as its text says; an alias may be any type.</summary>
    public static bool MayCreate(FileContext file, BaseObjectCreationExpressionSyntax creation) =>
        creation is not ObjectCreationExpressionSyntax { Type: var type }
        || DeclaredTypes.NameOf(type) is not { } name
        || CreatedNames.Contains(name)
        || file.Names.IsAlias(name);

    /// <summary>Whether a call of this name changes nothing that is followed, and returns at once.</summary>
    public static bool IsHarmless(string method) => method is "SetProcessingCallback" or "SetProcessor" or "Initialize";

    private static bool IsExactly(FileContext file, ITypeSymbol type, Lifecycle lifecycle, int position)
    {
        if (file.Types.Find(lifecycle.Type) is { } known && SymbolEqualityComparer.Default.Equals(type, known))
            return true;
        if (lifecycle.Rule is null)
            return false;

        var renamed = MigrationMap.RenamedTypeOf(lifecycle.Rule);
        return file.Types.Find(renamed.Old) is { } old
            ? SymbolEqualityComparer.Default.Equals(type, old)
            : file.Types.IsOld(type, renamed, file.Model, position);
    }
}
