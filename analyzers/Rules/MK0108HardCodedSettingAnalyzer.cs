using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0108: sizes that a program writes into its calls are read from <c>config.yaml</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0108HardCodedSettingAnalyzer() : MigrationAnalyzer(Rule)
{
    /// <summary><c>read, expression</c>: put the setting in the place of the value.</summary>
    internal const string Read = "read";

    /// <summary><c>keep</c>: nothing changes there, for the constant that is named there changes.</summary>
    internal const string Keep = "keep";

    /// <summary><c>variable, expression</c>: make a variable of the local constant.</summary>
    internal const string Variable = "variable";

    /// <summary><c>remove</c>: remove the field.</summary>
    internal const string Remove = "remove";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.HardCodedSetting,
        title: "Read audio and cache sizes from config.yaml",
        messageFormat: "Read '{0}' from config.yaml{1}",
        RuleCategories.Migration,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.HardCodedSetting));

    private protected override bool Applies(KnownTypes types) => types.Find(KnownTypes.VoiceForgeConfig) is not null;

    private protected override ImmutableArray<string> Names => ImmutableArray.CreateRange(MigrationMap.ConfiguredParameters, row => row.TypeName).Add(CandidateNames.ImplicitNew);

    private protected override void Analyze(FileContext file)
    {
        var settings = HardCodedSetting.FindAll(file);
        if (settings.Count == 0)
            return;

        var start = new ProgramStart(file);
        var groups = Connect(settings).Select(group => new SettingGroup(file, start, group)).Where(group => group.IsReported).ToList();
        RefuseConflicts(groups);
        var free = groups.Where(group => group.Obstacle is null).ToList();
        var declared = free.SelectMany(group => group.Readers.Where(reader => reader.Config is null))
            .GroupBy(reader => start.BodyAround(reader.Node)!)
            .ToDictionary(body => body.Key, body => start.Declare(body.Key, body.Select(reader => reader.Node).ToList()));
        foreach (var group in groups)
            file.Report(ToFinding(file, group, reader => declared[start.BodyAround(reader)!]));
    }

    /// <summary>Settings of one call, and those that one constant gives, change together.</summary>
    private static List<List<HardCodedSetting>> Connect(List<HardCodedSetting> settings)
    {
        var groups = new List<List<HardCodedSetting>>();
        foreach (var setting in settings)
        {
            var touched = groups.Where(group => group.Any(other => other.Creation == setting.Creation
                || other.Constant is not null && SymbolEqualityComparer.Default.Equals(other.Constant, setting.Constant))).ToList();
            groups.RemoveAll(touched.Contains);
            groups.Add(touched.SelectMany(group => group).Append(setting).ToList());
        }

        return groups;
    }

    /// <summary>One file cannot hold two values of one key.</summary>
    private static void RefuseConflicts(List<SettingGroup> groups)
    {
        var all = groups.Where(group => group.Obstacle is null).SelectMany(group => group.Settings.Select(setting => (Group: group, Setting: setting))).ToList();
        foreach (var key in all.GroupBy(item => item.Setting.Row.Key))
        {
            foreach (var (group, setting) in key)
            {
                if (key.FirstOrDefault(other => !Equals(other.Setting.Value, setting.Value)).Setting is { } other)
                    group.Refuse($"'{setting.Row.Key}' would have to be {setting.Text} in line {setting.Line} and {other.Text} in line {other.Line}");
            }
        }
    }

    private static Finding ToFinding(FileContext file, SettingGroup group, Func<SyntaxNode, (string Name, SyntaxNode Anchor, string Action)> declaration)
    {
        var shown = group.Settings.Where(setting => group.IsPlaced || setting.IsDecision).ToList();
        var values = shown.Select(setting => $"{setting.Row.Key}: {setting.Text}").Distinct().ToList();
        var finding = new Finding(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge, string.Join("', '", values));
        if (group.Obstacle is { } obstacle)
            return finding.At(shown[0].Expression.GetLocation(), Keep).Manual(obstacle);

        var constants = group.Constants;
        foreach (var setting in group.Settings)
        {
            var isLocal = setting.Constant is { } constant && constants[constant].Local is not null;
            finding.At(setting.Expression.GetLocation(), isLocal ? Keep : SwapActions.Of(Read, $"{NameFor(setting.Expression)}.{setting.Row.Member}"));
        }

        foreach (var (symbol, constant) in constants.Select(pair => (pair.Key, pair.Value)))
        {
            var member = group.Settings.First(setting => SymbolEqualityComparer.Default.Equals(setting.Constant, symbol)).Row.Member;
            if (constant.Local is { } local)
                finding.At(local.GetLocation(), SwapActions.Of(Variable, $"{NameFor(local)}.{member}"));
            if (constant.Field is { } field)
                finding.At(field.GetLocation(), Remove);
            if (constant.Remark is { } remark)
                finding.Review(remark);
        }

        foreach (var place in group.Readers.Where(reader => reader.Config is null).Select(reader => declaration(reader.Node)).Distinct())
            finding.At(place.Anchor.GetLocation(), place.Action);

        return finding.With(Facts.Settings, string.Join("\n", group.Settings.Select(setting => $"{setting.Row.Key}={setting.Text}").Distinct()))
            .Review("config.yaml must hold the value where the program runs, and what else reads the file follows it");

        string NameFor(SyntaxNode reader) => group.Readers.First(known => known.Node == reader).Config ?? declaration(reader).Name;
    }
}
