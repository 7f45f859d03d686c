using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.Analyzers.Rules;

/// <summary>Decides which cache each load asks: one that is in scope, or one new cache for each type or program.</summary>
/// <remarks>The plan is made from all loads of the file, so that the light bulb used again and again ends with the same text as Fix All.</remarks>
internal sealed class ModelCachePlanner
{
    private readonly FileContext _file;
    private readonly Dictionary<ModelLoad, (CachePlan? Plan, string? Obstacle)> _plans = new();

    public ModelCachePlanner(FileContext file, IReadOnlyList<ModelLoad> loads)
    {
        _file = file;
        var unserved = new List<ModelLoad>();
        foreach (var load in loads.Where(load => load.Obstacle is null))
        {
            if (VariablesInScope.Find(file, load.Node, KnownTypes.ModelCache) is { } existing)
                _plans[load] = (new CachePlan(existing, null, "", null), null);
            else
                unserved.Add(load);
        }

        foreach (var scope in unserved.GroupBy(ScopeOf, SymbolEqualityComparer.Default))
            PlanScope(scope.Key as INamedTypeSymbol, scope.ToList());
    }

    /// <returns>The plan, or why there is none; neither for a load that has an obstacle of its own.</returns>
    public (CachePlan? Plan, string? Obstacle) For(ModelLoad load) => _plans.TryGetValue(load, out var plan) ? plan : default;

    /// <summary>The type around a load; <see langword="null"/> in top-level statements.</summary>
    private ISymbol? ScopeOf(ModelLoad load) =>
        TypeAround(load.Node) is { } type ? _file.Model.GetDeclaredSymbol(type, _file.CancellationToken) : null;

    /// <summary>The type that can hold a field: around an <c>extension</c> block, the static class.</summary>
    private static TypeDeclarationSyntax? TypeAround(SyntaxNode node) =>
        node.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault(type =>
            type is ClassDeclarationSyntax or StructDeclarationSyntax or RecordDeclarationSyntax or InterfaceDeclarationSyntax);

    private void PlanScope(INamedTypeSymbol? type, List<ModelLoad> loads)
    {
        if (type is null)
        {
            foreach (var load in loads.Where(load => VariablesInScope.StaticFunctionAround(load.Node) is not null).ToList())
            {
                _plans[load] = (null, "a static function cannot reach a cache of the top-level statements; make it non-static or pass a cache in");
                loads.Remove(load);
            }

            if (loads.Count > 0)
                Add(loads, Local(loads[0].Node.SyntaxTree.GetRoot(_file.CancellationToken), loads));
        }
        else if (type.TypeKind == TypeKind.Interface)
        {
            Refuse(loads, "an interface cannot hold the cache; give it to the implementing type");
        }
        else if (TypeAround(loads[0].Node) is not { Members.Count: > 0 })
        {
            Refuse(loads, "the type has no member beside which the cache could be declared");
        }
        else if (IsServedByOtherPart(type))
        {
            Refuse(loads, "another file of this partial type gets the cache first; fix that file, then this one");
        }
        else if (MainAround(loads) is { } body && loads.All(load => VariablesInScope.StaticFunctionAround(load.Node) is null))
        {
            Add(loads, Local(body, loads));
        }
        else
        {
            Add(loads, Field(type, loads));
        }
    }

    private void Add(List<ModelLoad> loads, CachePlan plan) => loads.ForEach(load => _plans[load] = (plan, null));

    private void Refuse(List<ModelLoad> loads, string reason) => loads.ForEach(load => _plans[load] = (null, reason));

    private CachePlan Local(SyntaxNode body, List<ModelLoad> loads)
    {
        // A local function may be called before the statement of the first load, and a jump may skip it.
        var isReachedLate = loads.All(load => !load.Node.Ancestors().TakeWhile(node => node != body).Any(node => node is LocalFunctionStatementSyntax))
            && !body.DescendantNodes().Any(node => node is LabeledStatementSyntax);
        var anchor = isReachedLate ? Bodies.StatementIn(body, loads[0].Node)! : body.ChildNodes().First(node => node is StatementSyntax or GlobalStatementSyntax);
        var name = VariablesInScope.UniqueName(_file, "modelCache", body, anchor.SpanStart);
        return new CachePlan(name, anchor, SwapActions.Of(SwapActions.Pool, "statement", $"var {name} = {NewCache(loads, anchor.SpanStart)};"), null);
    }

    private CachePlan Field(INamedTypeSymbol symbol, List<ModelLoad> loads)
    {
        // Struct fields take no initializer without a constructor, and a record compares its instance fields.
        var isStatic = symbol.IsStatic || symbol.IsValueType || symbol.IsRecord || loads.Any(load => VariablesInScope.IsStaticContext(load.Node));
        var type = TypeAround(loads[0].Node)!;
        var first = loads.Any(load => VariablesInScope.IsInitializer(load.Node)) ? null : type.Members.FirstOrDefault(member => member is FieldDeclarationSyntax);
        var anchor = first ?? type.Members[0];
        var name = VariablesInScope.UniqueName(_file, "_modelCache", type, anchor.SpanStart);
        var declaration = $"private {(isStatic ? "static " : "")}readonly {Cache(anchor.SpanStart)} {name} = {NewCache(loads, anchor.SpanStart)};";
        var disposables = symbol.GetMembers().Where(member => member is IFieldSymbol or IPropertySymbol).ToList();
        return new CachePlan(name, anchor, SwapActions.Of(SwapActions.Pool, "member", declaration), isStatic ? null : PoolDisposal.After(_file, type, disposables));
    }

    private BlockSyntax? MainAround(List<ModelLoad> loads) =>
        loads[0].Member is MethodDeclarationSyntax { Identifier.ValueText: "Main", Body: { } body } main
        && main.Modifiers.Any(SyntaxKind.StaticKeyword)
        && loads.All(load => body.Contains(load.Node))
            ? body
            : null;

    /// <summary>Of a type in several files the first that loads declares the cache; the others find it there afterwards.</summary>
    private bool IsServedByOtherPart(INamedTypeSymbol type)
    {
        var first = type.DeclaringSyntaxReferences
            .OrderBy(reference => reference.SyntaxTree.FilePath, StringComparer.Ordinal)
            .FirstOrDefault(reference => reference.GetSyntax(_file.CancellationToken).DescendantNodes().OfType<SimpleNameSyntax>().Any(IsLoad));
        return first is not null && first.SyntaxTree != _file.Model.SyntaxTree;

        static bool IsLoad(SimpleNameSyntax name) =>
            name.Identifier.ValueText == "LoadModel" && name.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax
            && (name.Parent as MemberAccessExpressionSyntax)?.Expression.GetLastToken().ValueText != "TtsModel";
    }

    /// <summary>The cache keeps models of several devices apart; it is told a device only where all of its loaders have one and the same.</summary>
    private string NewCache(List<ModelLoad> loads, int position)
    {
        var devices = loads.Select(load => load.Device).Distinct().ToList();
        var device = devices.Count == 1 && devices[0] is { } known ? ", device: " + SymbolDisplay.FormatLiteral(known, quote: true) : "";
        return $"new {Cache(position)}(maxCacheSizeGb: 8.0{device})";
    }

    private string Cache(int position) => _file.Types.Find(KnownTypes.ModelCache)?.ToMinimalDisplayString(_file.Model, position) ?? "ModelCache";
}

/// <summary>The cache that a load asks.</summary>
/// <param name="Name">What the cache is called.</param>
/// <param name="Anchor">The statement or member before which it is declared; <see langword="null"/> when it is there already.</param>
/// <param name="Declaration">The <see cref="SwapActions.Pool"/> action at the anchor.</param>
/// <param name="DisposeAfter">Where a class that already disposes disposes the added field.</param>
internal sealed record CachePlan(string Name, SyntaxNode? Anchor, string Declaration, SyntaxNode? DisposeAfter);
