using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>The rings of a file that are used as queues, which must not lose a sample: they become SampleQueues and need no pool.</summary>
/// <remarks>Every rule that looks at rings decides the same, and so does every file that shares a ring with this one.</remarks>
internal sealed class QueueRings
{
    private readonly FileRings _rings;
    private readonly Dictionary<SwapGroup, QueueRing> _queues = new();
    private readonly HashSet<SwapGroup> _silent = new();

    private QueueRings(FileContext file, SwapSites sites)
    {
        _rings = new FileRings(file, sites, shared: null);
        foreach (var (group, places, shared) in _rings.Groups)
        {
            if (places.Count == 0)
                continue;

            var ring = shared.Count > 0 ? SharedRings.Find(file, shared) : null;
            var own = new RingUses(_ => file, places);
            var uses = ring?.Uses ?? own;
            if (uses.SignOfQueue is not { } sign)
                continue;

            var isDecided = ring is { IsNamed: true };
            var reason = uses.ReasonOfSharing ?? (group.IsManual ? null : ring?.ManualReason is { } elsewhere ? $"{elsewhere.Reason} (in {elsewhere.File})" : null);
            var queue = new QueueRing(group, own, sign, reason, uses.Trees > own.Trees || (ring is not null && !places.Any(sites.Mentions.Contains)));
            _queues.Add(group, queue);
            if (places.Any(sites.Mentions.Contains))
                continue;

            if (isDecided && reason is null && !group.IsManual)
            {
                // A queue has a ring's members: where only these are used, nothing changes.
                _silent.Add(group);
                continue;
            }

            // Something must be shown.
            var first = places.OfType<SimpleNameSyntax>().First();
            group.Add(first, SwapActions.Of(SwapActions.Name, first.Identifier.Text));
            if (!isDecided)
                group.Manual("the buffer is declared elsewhere; make it a SampleQueue there");
        }
    }

    /// <summary>The queues in which something changes or a person must decide.</summary>
    public IEnumerable<QueueRing> Queues => _queues.Values.Where(queue => !_silent.Contains(queue.Group)).OrderBy(queue => queue.Own.Start);

    public static QueueRings Of(FileContext file, SwapSites? rings = null) =>
        new(file, rings ?? new SwapSites(file, MigrationMap.RenamedTypeOf(RuleIds.RingBuffer)));

    /// <summary>Whether a mention, a creation or a used member's name belongs to a queue.</summary>
    public bool Contains(SyntaxNode place) => _rings.GroupOf(place) is { } group && _queues.ContainsKey(group);

    /// <summary>The rings that are no queues.</summary>
    public SwapSites Others(SwapSites rings) => rings.Where(place => !Contains(place));
}
