using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Tells whether the swap of a V1 receiver's type happens, with which the check of its result comes along.</summary>
internal sealed class SwapFates(FileContext file)
{
    private readonly Dictionary<string, SwapFinder?> _finders = new();

    /// <summary>Why the receiver keeps its V1 type, so that its check cannot come either; <see langword="null"/> when it changes, or another file decides.</summary>
    public string? ReasonToStay(SimpleNameSyntax member, RenamedType old)
    {
        if (!_finders.TryGetValue(old.Rule, out var finder))
        {
            finder = old.Rule switch
            {
                RuleIds.AudioStream => StreamSwap.Find(file),
                RuleIds.VoiceForgeApp => AppSwap.Find(file),
                _ => RingSwap.Find(file),
            };
            _finders.Add(old.Rule, finder);
        }

        if (finder?.Uses(member.Identifier.ValueText).FirstOrDefault(use => use.Name == member).Group is { } group)
            return group.ManualReason is { } reason ? $"'{old.OldName}' stays here: {reason}" : null;

        var receiver = Receivers.Of(member);
        var isInherited = receiver is null or BaseExpressionSyntax or ThisExpressionSyntax
            || (file.ReceiverType(member) is { } type && KnownTypes.UnboundName(type) is null && type.Name != old.OldName);
        return isInherited ? $"a subclass of '{old.OldName}' must be migrated first" : null;
    }
}
