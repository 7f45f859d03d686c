using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>The rings of a file that are used as queues, which must not lose a sample: they become SampleQueues and need no pool.</summary>
/// <remarks>Decided from the file's text alone, so that every rule that looks at rings decides the same.</remarks>
internal sealed class QueueRings
{
    private static readonly string[] Members = { "Read", "Write", "Available", "CapacitySamples" };

    private readonly SwapFinder _finder;
    private readonly Dictionary<SwapGroup, RingUses> _queues = new();
    private readonly Dictionary<SyntaxNode, SwapGroup> _groups = new();

    private QueueRings(FileContext file, SwapSites rings)
    {
        var row = MigrationMap.RingBufferAsQueue;
        _finder = new SwapFinder(file, row, rings);
        var uses = Members.SelectMany(member => _finder.Uses(member).Select(use => (use.Name, use.Receiver))).ToList();
        if (uses.Count == 0)
            return;

        uses.AddRange(_finder.Uses("Clear").Select(use => (use.Name, use.Receiver)));
        var flow = new RingFlow(file, row, rings, _finder);
        flow.Follow();
        foreach (var (name, receiver) in uses)
            _groups[name] = flow.GroupOf(name, receiver);
        foreach (var mention in rings.Mentions)
            _groups[mention] = _finder.GroupOf(mention);
        foreach (var creation in rings.Creations)
            _groups[creation] = _finder.GroupOf(creation);
        foreach (var places in _groups.GroupBy(place => _finder.Current(place.Value), place => place.Key))
        {
            var ring = new RingUses(file, places.OrderBy(place => place.SpanStart));
            if (ring.SignOfQueue is null)
                continue;

            _queues.Add(places.Key, ring);
            if (!places.Any(rings.Mentions.Contains))
            {
                // Something must be shown.
                var first = places.OfType<SimpleNameSyntax>().OrderBy(name => name.SpanStart).First();
                places.Key.Add(first, SwapActions.Of(SwapActions.Name, first.Identifier.Text));
                places.Key.Manual("the buffer is declared elsewhere; make it a SampleQueue there");
            }
        }
    }

    /// <summary>The groups with what is known about their rings.</summary>
    public IEnumerable<KeyValuePair<SwapGroup, RingUses>> Groups => _queues.OrderBy(queue => queue.Value.Start);

    public static QueueRings Of(FileContext file, SwapSites? rings = null) =>
        new(file, rings ?? new SwapSites(file, MigrationMap.RenamedTypeOf(RuleIds.RingBuffer)));

    /// <summary>Whether a mention, a creation or a used member's name belongs to a queue.</summary>
    public bool Contains(SyntaxNode place) => _groups.TryGetValue(place, out var group) && _queues.ContainsKey(_finder.Current(group));

    /// <summary>The rings that are no queues.</summary>
    public SwapSites Others(SwapSites rings) => rings.Where(place => !Contains(place));
}
