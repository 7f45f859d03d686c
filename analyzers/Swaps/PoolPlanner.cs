using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Decides for every creation of a ring or a stream which pool it shares, from the file's text alone, so that any order of fixes ends the same.</summary>
internal sealed class PoolPlanner
{
    private const int DefaultSlotSize = 480000;
    private const int DefaultSlots = 100;
    private const int DefaultBlockSize = 256;
    private const int LargestBlockSize = 4096;

    private readonly FileContext _file;
    private readonly Dictionary<BaseObjectCreationExpressionSyntax, PoolPlan> _plans = new();

    public PoolPlanner(FileContext file, SwapSites rings, SwapSites streams)
    {
        _file = file;
        var sites = rings.Creations.Select(creation => new Creation(creation, rings.OwnerOf(creation), IsStream: false))
            .Concat(streams.Creations.Select(creation => new Creation(creation, streams.OwnerOf(creation), IsStream: true)))
            .OrderBy(creation => creation.Node.SpanStart)
            .ToList();

        // Fields first: a body can share its type's pool.
        foreach (var scope in sites.GroupBy(ScopeOf).OrderBy(scope => scope.Key is not TypeDeclarationSyntax))
            PlanScope(scope.Key, scope.ToList());
    }

    public PoolPlan For(BaseObjectCreationExpressionSyntax creation) => _plans[creation];

    /// <summary>A type declaration for what goes into its fields, a body for what stays in it, the creation itself where nothing can be declared.</summary>
    private SyntaxNode ScopeOf(Creation creation)
    {
        var type = creation.Node.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        if (type is ClassDeclarationSyntax or RecordDeclarationSyntax { ClassOrStructKeyword.RawKind: not (int)SyntaxKind.StructKeyword }
            && creation.Owner is IFieldSymbol or IPropertySymbol
            && SymbolEqualityComparer.Default.Equals(creation.Owner.ContainingType, _file.Model.GetDeclaredSymbol(type!, _file.CancellationToken)))
        {
            return type!;
        }

        return (SyntaxNode?)Registrations.Around(_file, creation.Node) ?? Bodies.Of(creation.Node) ?? creation.Node;
    }

    /// <summary>The container hands out its one pool.</summary>
    private PoolPlan Registered(InvocationExpressionSyntax registration, Creation creation)
    {
        var provider = Registrations.ProviderOf(creation.Node)!;
        var name = provider.Identifier.ValueText == "_" ? "provider" : provider.Identifier.Text;
        var pool = Registrations.PoolSite(_file, registration);
        return new PoolPlan($"{name}.GetRequiredService<{Pool(creation.Node.SpanStart)}>()", pool?.Node, pool?.Action ?? "", registration)
        {
            Provider = creation.IsStream && name != provider.Identifier.Text ? provider : null,
        };
    }

    private void PlanScope(SyntaxNode scope, List<Creation> creations)
    {
        switch (scope)
        {
            case InvocationExpressionSyntax registration:
                foreach (var creation in creations)
                    _plans[creation.Node] = Registered(registration, creation);
                break;
            case TypeDeclarationSyntax type:
                PlanFields(type, creations.Where(c => c.Owner!.IsStatic).ToList(), isStatic: true);
                PlanFields(type, creations.Where(c => !c.Owner!.IsStatic).ToList(), isStatic: false);
                break;
            case BaseObjectCreationExpressionSyntax:
                foreach (var creation in creations)
                    _plans[creation.Node] = Inline(creations);
                break;
            default:
                PlanBody(scope, creations);
                break;
        }
    }

    private void PlanFields(TypeDeclarationSyntax type, List<Creation> creations, bool isStatic)
    {
        if (creations.Count == 0)
            return;

        var symbol = _file.Model.GetDeclaredSymbol(type, _file.CancellationToken)!;
        var existing = symbol.GetMembers().FirstOrDefault(member =>
            member is IFieldSymbol or IPropertySymbol && (member.IsStatic || !isStatic) && IsPool(TypeOf(member)) && PoolsInScope.IsSet(_file, member, creations[0].Node));

        // The pool that the type's static streams get serves its objects, too; it can be named in every initializer.
        if (!isStatic && existing is null && _plans.Values.FirstOrDefault(other => other.Scope.Equals((type, true))) is { } shared)
        {
            foreach (var creation in creations)
                _plans[creation.Node] = shared;
            return;
        }

        // A ring needs no pool of its own: beside streams that all have theirs inline nobody would use one.
        var inline = creations.Where(creation => creation.IsStream && !CanNameField(creation)).ToList();
        if (existing is null && inline.Count > 0 && creations.All(creation => !creation.IsStream || inline.Contains(creation)))
        {
            foreach (var creation in creations)
                _plans[creation.Node] = creation.IsStream ? Inline(new List<Creation> { creation }) with { Scope = (type, isStatic) } : new PoolPlan("", null, "", creation.Node);
            return;
        }

        var name = existing?.Name ?? UniqueName("_bufferPool", type, symbol);
        var declaration = $"private {(isStatic ? "static " : "")}readonly {Pool(type.SpanStart)} {name} = {NewPool(creations, type.SpanStart)};";
        var plan = new PoolPlan(name, existing is null ? FirstMember(type, creations) : null, SwapActions.Of(SwapActions.Pool, "member", declaration), (type, isStatic))
        {
            DisposeAfter = existing is null && !isStatic
                ? PoolDisposal.After(_file, type, creations.Where(creation => creation.IsStream).Select(creation => creation.Owner!).ToList())
                : null,
            Refusal = existing is null && PartialTypes.IsServedByOtherPart(_file, symbol)
                ? "another file of this partial type gets the pool first; fix that file, then this one"
                : null,
        };

        foreach (var creation in creations)
            _plans[creation.Node] = creation.IsStream && inline.Contains(creation) ? Inline(creations) with { Scope = (type, isStatic) } : plan;

        // An instance field initializer cannot name another instance field.
        bool CanNameField(Creation creation) =>
            isStatic || existing?.IsStatic == true || !creation.IsInitializer || (SoleConstructor(type, symbol) is not null && FieldMoves.KeepBehaviour(_file, type, creation.Node));
    }

    /// <summary>The one constructor that a field's initialisation can move to: with a block, not chained to another, the type's only one.</summary>
    public static ConstructorDeclarationSyntax? SoleConstructor(TypeDeclarationSyntax type, INamedTypeSymbol symbol)
    {
        var constructors = symbol.InstanceConstructors.Where(constructor => !constructor.IsImplicitlyDeclared).ToList();
        return constructors.Count == 1 && type.Members.OfType<ConstructorDeclarationSyntax>()
                .FirstOrDefault(c => !c.Modifiers.Any(SyntaxKind.StaticKeyword)) is { Body: not null } sole
            && sole.Initializer?.ThisOrBaseKeyword.IsKind(SyntaxKind.ThisKeyword) != true
                ? sole
                : null;
    }

    private void PlanBody(SyntaxNode body, List<Creation> creations)
    {
        var anchor = Anchor(body, creations);
        if (anchor is null)
        {
            foreach (var creation in creations)
                _plans[creation.Node] = Inline(new List<Creation> { creation });
            return;
        }

        // A planned field is declared by each that uses it, so that none depends on the fix of another.
        if ((PoolInScope(anchor, creations) is { } existing ? new PoolPlan(existing, null, "", body) : PlannedField(anchor)) is { } shared)
        {
            foreach (var creation in creations)
                _plans[creation.Node] = shared with { Scope = body };
            return;
        }

        var name = UniqueName("bufferPool", body, null, anchor.SpanStart);
        var streams = creations.Where(creation => creation.IsStream).ToList();
        var isUsing = streams.Count > 0 && streams.All(stream => stream.IsUsing);
        var declaration = $"var {name} = {NewPool(creations, anchor.SpanStart)}";
        var action = anchor is UsingStatementSyntax statement && isUsing && creations.All(c => statement.Declaration?.Contains(c.Node) == true)
            ? SwapActions.Of(SwapActions.Pool, "using", $"using ({declaration})")
            : SwapActions.Of(SwapActions.Pool, "statement", $"{(isUsing ? "using " : "")}{declaration};");
        foreach (var creation in creations)
            _plans[creation.Node] = new PoolPlan(name, anchor, action, body);
    }

    private PoolPlan Inline(List<Creation> creations) =>
        new(NewPool(creations, creations[0].Node.SpanStart), null, "", creations[0].Node) { IsInline = true };

    /// <summary>The statement that the pool is declared before: in the innermost block around all creations, but outside loops.</summary>
    private static SyntaxNode? Anchor(SyntaxNode body, List<Creation> creations)
    {
        var lists = creations[0].Node.Ancestors().Where(node => Bodies.IsStatementList(node) && body.Contains(node));
        var block = lists.FirstOrDefault(list => creations.All(creation => list.Contains(creation.Node)) && !Bodies.IsInLoop(list, body));
        return block is null ? null : Bodies.StatementIn(block, creations[0].Node);
    }

    private string? PoolInScope(SyntaxNode anchor, List<Creation> creations)
    {
        var mayOutlive = creations.Any(creation => creation.IsStream && !creation.IsUsing && PoolsInScope.MayLeave(_file, creation.Node, creation.Owner));
        var isStatic = _file.Model.GetEnclosingSymbol(anchor.SpanStart, _file.CancellationToken)?.IsStatic == true;
        return _file.Model.LookupSymbols(anchor.SpanStart)
            .Where(symbol => !VariablesInScope.IsLocalOfAnotherFile(_file, symbol) && IsPool(TypeOf(symbol)) && IsUsable(symbol) && PoolsInScope.IsSet(_file, symbol, anchor))
            .OrderBy(symbol => symbol switch { ILocalSymbol => 0, IParameterSymbol => 1, _ => 2 })
            .FirstOrDefault()?.Name;

        bool IsUsable(ISymbol symbol) => symbol switch
        {
            ILocalSymbol local => !(local.IsUsing && mayOutlive) && local.DeclaringSyntaxReferences.All(reference => reference.Span.End < anchor.SpanStart),
            IParameterSymbol => true,
            IFieldSymbol or IPropertySymbol => symbol.IsStatic || !isStatic,
            _ => false,
        };
    }

    /// <summary>The pool field that this file's own fixes add to the type around a body.</summary>
    private PoolPlan? PlannedField(SyntaxNode anchor)
    {
        var isStatic = _file.Model.GetEnclosingSymbol(anchor.SpanStart, _file.CancellationToken)?.IsStatic == true;
        var type = anchor.FirstAncestorOrSelf<TypeDeclarationSyntax>();
        return _plans.Values.FirstOrDefault(plan =>
            !plan.IsInline && plan.Scope is ValueTuple<TypeDeclarationSyntax, bool>(var owner, var ownerIsStatic) && owner == type && (ownerIsStatic || !isStatic));
    }

    private SyntaxNode FirstMember(TypeDeclarationSyntax type, List<Creation> creations) =>
        type.Members.FirstOrDefault(member => creations.Any(creation => Declares(member, creation.Owner!))) ?? type.Members[0];

    private static bool Declares(MemberDeclarationSyntax member, ISymbol symbol) =>
        member is FieldDeclarationSyntax or PropertyDeclarationSyntax
        && symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == member.SyntaxTree && member.Span.Contains(reference.Span));

    private string NewPool(List<Creation> creations, int position)
    {
        var capacities = creations.Where(creation => !creation.IsStream).Select(creation => ConstantArgument(creation, MigrationMap.RingBufferConstructor, 0)).ToList();
        var blocks = creations.Where(creation => creation.IsStream).Select(BlockSize);
        var slotSize = capacities.Count > 0 ? capacities.Max(capacity => capacity ?? DefaultSlotSize) : DefaultSlotSize;
        slotSize = Math.Max(slotSize, blocks.DefaultIfEmpty(0).Max());
        return string.Format(CultureInfo.InvariantCulture, "new {0}(slotSizeSamples: {1}, numSlots: {2})", Pool(position), slotSize, DefaultSlots);
    }

    /// <summary>A stream's blocks must fit a slot.</summary>
    private int BlockSize(Creation stream) =>
        CallArguments.Find(stream.Node.ArgumentList, MigrationMap.AudioStreamConstructor, 3) is null
            ? DefaultBlockSize
            : ConstantArgument(stream, MigrationMap.AudioStreamConstructor, 3) ?? LargestBlockSize;

    private int? ConstantArgument(Creation creation, Signature signature, int parameter) =>
        CallArguments.Find(creation.Node.ArgumentList, signature, parameter) is { } argument
        && _file.Model.GetConstantValue(argument.Expression, _file.CancellationToken) is { HasValue: true, Value: int value }
            ? value
            : null;

    private string Pool(int position) => _file.Types.Find(KnownTypes.BufferPool)?.ToMinimalDisplayString(_file.Model, position) ?? "BufferPool";

    private bool IsPool(ITypeSymbol? type) => type?.NullableAnnotation != NullableAnnotation.Annotated && _file.Types.Find(KnownTypes.BufferPool) is { } pool && SymbolEqualityComparer.Default.Equals(type, pool);

    private ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        ILocalSymbol local when IsInferredNotNull(local) => local.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated),
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    /// <summary>The type of every <c>var</c> is annotated; what counts is its value.</summary>
    private bool IsInferredNotNull(ILocalSymbol local) =>
        local.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(_file.CancellationToken) is
            VariableDeclaratorSyntax { Initializer.Value: { } value, Parent: VariableDeclarationSyntax { Type.IsVar: true } }
        && _file.Model.GetTypeInfo(value, _file.CancellationToken).Nullability.FlowState != NullableFlowState.MaybeNull;

    private string UniqueName(string wanted, SyntaxNode scope, INamedTypeSymbol? type, int position = 0)
    {
        var written = new HashSet<string>(scope.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? wanted : wanted + number.ToString(CultureInfo.InvariantCulture);
            var isTaken = written.Contains(name)
                || (type is not null ? !type.GetMembers(name).IsEmpty : !_file.Model.LookupSymbols(position, name: name).IsEmpty);
            if (!isTaken)
                return name;
        }
    }

    private sealed record Creation(BaseObjectCreationExpressionSyntax Node, ISymbol? Owner, bool IsStream)
    {
        public bool IsInitializer => Node.FirstAncestorOrSelf<EqualsValueClauseSyntax>() is { Parent: VariableDeclaratorSyntax { Parent.Parent: FieldDeclarationSyntax } or PropertyDeclarationSyntax };

        public bool IsUsing => Node.FirstAncestorOrSelf<StatementSyntax>() switch
        {
            LocalDeclarationStatementSyntax local => local.UsingKeyword != default,
            UsingStatementSyntax statement => statement.Declaration?.Contains(Node) == true || statement.Expression?.Contains(Node) == true,
            _ => false,
        };
    }
}
