using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

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

    /// <summary>The names of the calls after which a start skips a state.</summary>
    public static ImmutableArray<string> NamesBeforeStart { get; } = Names.Remove(Stop).Add(Dispose);

    /// <summary>What a creation of one of the types is written with, old or new.</summary>
    public static ImmutableArray<string> NamesOfCreations { get; } =
        MigrationMap.RenamedTypes.SelectMany(row => new[] { row.OldName, row.NewName }).Append(CandidateNames.ImplicitNew).ToImmutableArray();

    /// <summary>The lifecycle of exactly this type: a type derived from it may start itself when it is made.</summary>
    public static Lifecycle? Of(FileContext file, ITypeSymbol? type, int position) =>
        type is null ? null : All.FirstOrDefault(lifecycle => IsExactly(file, type, lifecycle, position));

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
