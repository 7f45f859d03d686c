using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Groups the places where one V1 type is named, constructed and used, so that each group can change alone.</summary>
internal sealed class SwapFinder
{
    private readonly FileContext _file;
    private readonly RenamedType _row;
    private readonly SwapSites _sites;
    private readonly Dictionary<object, SwapGroup> _groups = new(SymbolOrReference.Instance);
    private readonly Dictionary<SwapGroup, SwapGroup> _merged = new();

    public SwapFinder(FileContext file, RenamedType row, SwapSites sites)
    {
        _file = file;
        _row = row;
        _sites = sites;
        foreach (var mention in sites.Mentions)
            AddMention(mention);
    }

    /// <summary>The groups found so far in which something changes, each once.</summary>
    public IEnumerable<SwapGroup> Groups => _groups.Values.Select(Root).Distinct().Where(group => !group.IsEmpty);

    public SwapGroup GroupOf(BaseObjectCreationExpressionSyntax creation) => Group(_sites.OwnerOf(creation), creation);

    public SwapGroup GroupOf(SimpleNameSyntax mention) =>
        Group(_sites.OwnerOf(mention), _sites.Creations.FirstOrDefault(creation => SwapSites.WrittenType(mention).Parent == creation) ?? (SyntaxNode)mention);

    /// <summary>The group of a variable; <see langword="null"/> when nothing of it changes.</summary>
    public SwapGroup? GroupOf(ISymbol variable) => _groups.TryGetValue(variable, out var group) ? Root(group) : null;

    /// <summary>The group that has taken in <paramref name="group"/>, or the group itself.</summary>
    public SwapGroup Current(SwapGroup group) => Root(group);

    /// <summary>The group with a key, if there is one.</summary>
    public SwapGroup? Find(object key) => _groups.TryGetValue(key, out var group) ? Root(group) : null;

    /// <summary>Makes everything with the same key one group.</summary>
    public void Join(SwapGroup group, object key)
    {
        if (!_groups.TryGetValue(key, out var other))
            _groups.Add(key, Root(group));
        else if (Root(other) != Root(group))
            _merged[Root(other)] = Absorb(Root(group), Root(other));
    }

    /// <summary>The uses of a member on receivers of the type, each with the group of the variable it is used on; none where that is not in this file.</summary>
    public IEnumerable<(SimpleNameSyntax Name, ExpressionSyntax Receiver, SwapGroup? Group)> Uses(string member)
    {
        foreach (var name in _file.Names.Uses(member))
        {
            if (Receivers.Of(name) is not { } receiver)
                continue;

            var group = _file.Bind(receiver) is { } variable && _groups.TryGetValue(variable, out var owner) ? Root(owner) : null;
            var type = _file.ReceiverType(name);
            var unbound = KnownTypes.UnboundName(type);
            if (group is not null && unbound is not null ? unbound == _row.OldName : _file.Types.IsOld(type, _row, _file.Model, name.SpanStart) || (unbound == _row.OldName && IsOldElsewhere(receiver)) || IsMention(receiver))
                yield return (name, receiver, group);
        }
    }

    /// <summary>Keeps the object that a member is used on, where it is made right there: what must stay as it is needs the old type.</summary>
    public void KeepNew(SimpleNameSyntax member, string reason) => GroupOfNew(member)?.Manual(reason);

    /// <summary>Whether a member is used on an object that is made right there and keeps the old type.</summary>
    public bool IsOnKeptNew(SimpleNameSyntax member) => GroupOfNew(member)?.IsManual == true;

    /// <summary>The group of a place that no variable of this file owns.</summary>
    public SwapGroup Alone(SyntaxNode node) => Group(null, node);

    /// <summary>The group of the type itself where that stands before a member, as in <c>nameof</c>.</summary>
    public SwapGroup? GroupOfType(ExpressionSyntax receiver) => IsMention(receiver) ? GroupOf(NameOf(receiver)!) : null;

    /// <summary>Whether the type itself stands before the member, as in <c>nameof</c>: with V1 gone its name has no type.</summary>
    private bool IsMention(ExpressionSyntax receiver) => NameOf(receiver) is { } name && _sites.Mentions.Contains(name);

    private static SimpleNameSyntax? NameOf(ExpressionSyntax receiver) => receiver is MemberAccessExpressionSyntax qualified ? qualified.Name : receiver as SimpleNameSyntax;

    private bool IsOldElsewhere(ExpressionSyntax receiver) =>
        _file.Types.VoiceForge == LibraryState.S3 && DeclaredElsewhere.IsOldWhereDeclared(_file, receiver, _row);

    private SwapGroup? GroupOfNew(SimpleNameSyntax member)
    {
        var receiver = Receivers.Of(member);
        while (receiver is ParenthesizedExpressionSyntax parenthesized)
            receiver = parenthesized.Expression;
        return receiver is BaseObjectCreationExpressionSyntax creation && _sites.Creations.Contains(creation) ? GroupOf(creation) : null;
    }

    private void AddMention(SimpleNameSyntax mention)
    {
        var group = GroupOf(mention);
        if (!Registrations.Add(_file, group, mention, _row) && mention.Identifier.ValueText == _row.OldName && _file.Model.GetAliasInfo(mention, _file.CancellationToken) is null)
            group.Add(mention, SwapActions.Of(SwapActions.Name, NewNameAt(mention)));

        if (AliasOf(mention) is { } alias)
            Join(group, alias);

        MockedStreams.Add(_file, group, mention, _row);
        SwapCrefs.Add(_file, group, mention, _row);
        SwapClashes.Judge(_file, group, mention, _row);
        ExternAliases.Judge(_file, group, _row);

        var signature = MemberNaming(mention);
        if (_row.Rule != RuleIds.RingBufferAsQueue && signature is not null && _file.Model.Compilation.SyntaxTrees.Skip(1).Any())
            group.ReachesOtherFiles |= DeclaredElsewhere.IsNamedByOthers(signature, _file.Model.SyntaxTree);

        var type = SwapSites.WrittenType(mention);
        if (type.Parent is BaseTypeSyntax)
            group.Manual(_row.Rule == RuleIds.RingBufferAsQueue
                ? $"'{_row.NewName}' is sealed, and a subclass of '{_row.OldName}' cannot move to it"
                : $"a subclass of '{_row.OldName}' needs a pool and other overrides");
        else if (type.Parent is TypeConstraintSyntax)
            group.Manual($"'{_row.NewName}' does not fit a type constraint on '{_row.OldName}'");
        else if (mention.Ancestors().OfType<InvocationExpressionSyntax>().Any(call => call.Expression is IdentifierNameSyntax { Identifier.ValueText: "nameof" } && call.ArgumentList.Contains(mention))
            && type.Parent is ArgumentSyntax)
            group.Review("the string that 'nameof' gives at run time changes");
        else if (type.Parent is TypeOfExpressionSyntax { Parent: MemberAccessExpressionSyntax or AttributeArgumentSyntax or ArgumentSyntax })
            group.Review("the type is looked at when the program runs");
        else if (signature is not null && IsVisibleOutside(signature))
            group.Review("the type is part of a signature that other code sees");
    }

    /// <summary>The alias that a mention declares or goes through: declaration and uses change together.</summary>
    private ISymbol? AliasOf(SimpleNameSyntax mention) =>
        mention.FirstAncestorOrSelf<UsingDirectiveSyntax>() is { Alias: not null } directive
            ? _file.Model.GetDeclaredSymbol(directive, _file.CancellationToken)
            : _file.Model.GetAliasInfo(mention, _file.CancellationToken);

    /// <summary>The simple name where it is qualified or means the V2 type, else a name that does.</summary>
    private string NewNameAt(SimpleNameSyntax mention)
    {
        var isQualified = mention.Parent is QualifiedNameSyntax { Right: var right } && right == mention
            || mention.Parent is MemberAccessExpressionSyntax { Name: var name } && name == mention
            || mention.Parent is AliasQualifiedNameSyntax;
        return isQualified || _file.Types.Find(_row.New) is not { } successor
            ? _row.NewName
            : successor.ToMinimalDisplayString(_file.Model, mention.SpanStart);
    }

    /// <summary>The member in whose signature a mention stands; <see langword="null"/> in bodies.</summary>
    private ISymbol? MemberNaming(SimpleNameSyntax mention)
    {
        var type = SwapSites.WrittenType(mention);
        if (type.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member || type.Ancestors().TakeWhile(node => node != member).Any(IsBody))
            return null;

        return _file.Model.GetDeclaredSymbol(member is BaseFieldDeclarationSyntax field ? field.Declaration.Variables[0] : member, _file.CancellationToken);
    }

    private static bool IsVisibleOutside(ISymbol member)
    {
        for (var symbol = member; symbol is not null and not INamespaceSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal))
                return false;
        }

        return true;
    }

    private static bool IsBody(SyntaxNode node) => node is BlockSyntax or ArrowExpressionClauseSyntax or EqualsValueClauseSyntax or ConstructorInitializerSyntax;

    private SwapGroup Group(ISymbol? owner, SyntaxNode node)
    {
        var key = (object?)owner ?? node;
        if (!_groups.TryGetValue(key, out var group))
            _groups.Add(key, group = new SwapGroup());
        group = Root(group);
        if (owner is not null)
            group.Variables.Add(owner);
        return group;
    }

    private static SwapGroup Absorb(SwapGroup into, SwapGroup from)
    {
        into.Take(from);
        return into;
    }

    private SwapGroup Root(SwapGroup group)
    {
        while (_merged.TryGetValue(group, out var into))
            group = into;
        return group;
    }
}
