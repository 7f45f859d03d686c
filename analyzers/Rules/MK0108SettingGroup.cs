using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers.Rules;

/// <summary>Settings that must change together, and where each is to be read.</summary>
internal sealed class SettingGroup
{
    public SettingGroup(FileContext file, ProgramStart start, List<HardCodedSetting> settings)
    {
        Settings = settings;
        Constants = settings.Where(setting => setting.Constant is not null)
            .GroupBy(setting => setting.Constant!, SymbolEqualityComparer.Default)
            .ToDictionary(group => group.Key!, group => NamedConstant.Of(file, group.Key!, group.ToList()), SymbolEqualityComparer.Default);
        Readers = settings.Select(ReaderOf).Distinct().Select(node => (node, VariablesInScope.Find(file, node, KnownTypes.VoiceForgeConfig))).ToList();

        var outside = Readers.FirstOrDefault(reader => reader.Config is null && start.BodyAround(reader.Node) is null).Node;
        IsPlaced = outside is null;
        IsReported = settings.Any(setting => setting.IsDecision || IsPlaced && setting.Constant is not null);
        Obstacle = outside is not null ? start.WhyNot(outside)
            : settings.Select(setting => setting.Obstacle(file)).FirstOrDefault(obstacle => obstacle is not null)
                ?? Constants.Values.Select(constant => constant.Obstacle).FirstOrDefault(obstacle => obstacle is not null);
    }

    public IReadOnlyList<HardCodedSetting> Settings { get; }

    public IReadOnlyDictionary<ISymbol, NamedConstant> Constants { get; }

    /// <summary>Where a setting is read, and the configuration that is in scope there.</summary>
    public IReadOnlyList<(SyntaxNode Node, string? Config)> Readers { get; }

    /// <summary>Whether a configuration can be had at every reader.</summary>
    public bool IsPlaced { get; }

    /// <summary>Whether the code holds a decision that belongs into the file: a parameter's default, written out, is none, unless it has a name and can be moved.</summary>
    public bool IsReported { get; }

    /// <summary>Why nothing can be done; <see langword="null"/> when the settings can be read from the file.</summary>
    public string? Obstacle { get; private set; }

    public void Refuse(string obstacle) => Obstacle ??= obstacle;

    private SyntaxNode ReaderOf(HardCodedSetting setting) =>
        setting.Constant is { } constant && Constants[constant].Local is { } local ? local : setting.Expression;
}
