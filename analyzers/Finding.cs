using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers;

/// <summary>One finding: the places that must change together, what to do at each, and how far that is safe.</summary>
/// <param name="library">The migrated library the finding is about; <see langword="null"/> for rules that serve any library, which have no stages to wait for.</param>
internal sealed class Finding(DiagnosticDescriptor rule, MigratedLibrary? library, LibraryState state, params object[] messageArguments)
{
    private readonly List<(Location Location, string Action)> _sites = new();
    private readonly Dictionary<string, string> _facts = new();
    private string _safety = Facts.Safe;
    private string? _reason;

    /// <summary>A finding of a rule that serves any library: its fix needs no update of a reference.</summary>
    public static Finding OfAnyLibrary(DiagnosticDescriptor rule, params object[] messageArguments) => new(rule, null, LibraryState.Absent, messageArguments);

    public DiagnosticDescriptor Rule => rule;

    /// <summary>Whether there is no place to show it at: in half-typed code a variable can lack every mention that a rule rewrites.</summary>
    public bool IsEmpty => _sites.Count == 0;

    public bool IsManual => _safety == Facts.Manual;

    /// <summary>Adds a place; <paramref name="action"/> tells the fix what to do there. The first one is where the finding is shown.</summary>
    public Finding At(Location location, string action)
    {
        _sites.Add((location, action));
        return this;
    }

    public Finding With(string fact, string value)
    {
        _facts[fact] = value;
        return this;
    }

    /// <summary>Lowers the safety; the first reason of the lowest safety is kept.</summary>
    public Finding Review(string reason)
    {
        if (_safety == Facts.Safe)
            (_safety, _reason) = (Facts.Review, reason);
        return this;
    }

    /// <inheritdoc cref="Review"/>
    public Finding Manual(string reason)
    {
        if (_safety != Facts.Manual)
            (_safety, _reason) = (Facts.Manual, reason);
        return this;
    }

    /// <param name="severity">The severity of this report; <see langword="null"/> for that of the rule.</param>
    public Diagnostic ToDiagnostic(DiagnosticSeverity? severity = null)
    {
        var properties = _facts.ToImmutableDictionary()
            .Add(Facts.Safety, _safety)
            .Add(Facts.State, state.ToString())
            .Add(Facts.Sites, string.Join("\n", _sites.Select(site => site.Action)));
        if (_reason is not null)
            properties = properties.Add(Facts.Reason, _reason);

        var first = library is not null && state == LibraryState.S1 ? $" after updating '{library.Name}' to {library.V2Range}" : "";
        return Diagnostic.Create(
            rule, _sites[0].Location, severity ?? rule.DefaultSeverity, _sites.Skip(1).Select(site => site.Location), properties!, messageArguments.Append(first).ToArray());
    }
}
