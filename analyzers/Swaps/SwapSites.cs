using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Finds where one V1 type is named and constructed in a file, and which variable each place belongs to.</summary>
internal sealed class SwapSites
{
    private readonly FileContext _file;
    private readonly RenamedType _row;

    public SwapSites(FileContext file, RenamedType row)
    {
        _file = file;
        _row = row;
        Mentions = file.Names.Uses(row.OldName).Where(IsMention).ToList();
        Creations = Mentions.Select(CreationOf).OfType<BaseObjectCreationExpressionSyntax>()
            .Concat(file.Names.ImplicitCreations(row.OldName).Where(IsCreation))
            .OrderBy(creation => creation.SpanStart)
            .ToList();
    }

    private SwapSites(SwapSites all, Func<SyntaxNode, bool> isKept)
    {
        _file = all._file;
        _row = all._row;
        Mentions = all.Mentions.Where(mention => isKept(mention)).ToList();
        Creations = all.Creations.Where(creation => isKept(creation)).ToList();
    }

    /// <summary>The places that <paramref name="isKept"/> holds for.</summary>
    public SwapSites Where(Func<SyntaxNode, bool> isKept) => new(this, isKept);

    /// <summary>The simple names that mean the type, aliases of it included.</summary>
    public IReadOnlyList<SimpleNameSyntax> Mentions { get; }

    public IReadOnlyList<BaseObjectCreationExpressionSyntax> Creations { get; }

    /// <summary>The whole written type that ends with a mention: <c>VoiceForge.Audio.RingBuffer</c>, <c>RingBuffer?</c>.</summary>
    public static SyntaxNode WrittenType(SimpleNameSyntax mention)
    {
        SyntaxNode type = mention;
        while (type.Parent is QualifiedNameSyntax or AliasQualifiedNameSyntax or NullableTypeSyntax or RefTypeSyntax or ScopedTypeSyntax
            || (type.Parent is MemberAccessExpressionSyntax access && access.Name == type))
        {
            type = type.Parent;
        }

        return type;
    }

    /// <summary>The local, parameter, field or property whose declaration or value the place is part of.</summary>
    public ISymbol? OwnerOf(SimpleNameSyntax mention)
    {
        var type = WrittenType(mention);
        return type.Parent switch
        {
            ObjectCreationExpressionSyntax creation => OwnerOf(creation),
            VariableDeclarationSyntax declaration => Declared(declaration.Variables[0]),
            ParameterSyntax or PropertyDeclarationSyntax or ForEachStatementSyntax => Declared(type.Parent),
            DeclarationExpressionSyntax { Designation: SingleVariableDesignationSyntax designation } => Declared(designation),
            DeclarationPatternSyntax { Designation: SingleVariableDesignationSyntax designation } => Declared(designation),
            CastExpressionSyntax cast => OwnerOf(cast),
            _ => null,
        };
    }

    /// <inheritdoc cref="OwnerOf(SimpleNameSyntax)"/>
    public ISymbol? OwnerOf(ExpressionSyntax value)
    {
        SyntaxNode node = value;
        while (node.Parent is ParenthesizedExpressionSyntax or ConditionalExpressionSyntax or CastExpressionSyntax or SwitchExpressionArmSyntax or SwitchExpressionSyntax
            || (node.Parent is BinaryExpressionSyntax binary && binary.Right == node))
        {
            node = node.Parent;
        }

        return node.Parent switch
        {
            EqualsValueClauseSyntax { Parent: (VariableDeclaratorSyntax or PropertyDeclarationSyntax) and var declaration } => Declared(declaration),
            AssignmentExpressionSyntax assignment when assignment.Right == node => _file.Bind(assignment.Left) is var target && IsVariable(target) ? target : null,
            _ => null,
        };
    }

    /// <summary>A constructor that V1 did not publish, such as one seen through <c>InternalsVisibleTo</c>, has no known V2 form.</summary>
    public static void RequireV1Arguments(SwapGroup group, BaseObjectCreationExpressionSyntax creation, Signature signature)
    {
        if (creation.ArgumentList is { } arguments && (arguments.OpenParenToken.IsMissing || arguments.CloseParenToken.IsMissing || !V1Arguments.Fit(arguments, signature)))
            group.Manual("the arguments are not those of the old constructor");
    }

    public static bool IsVariable(ISymbol? symbol) => symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol;

    private ISymbol? Declared(SyntaxNode declaration) => _file.Model.GetDeclaredSymbol(declaration, _file.CancellationToken);

    private static ObjectCreationExpressionSyntax? CreationOf(SimpleNameSyntax mention) =>
        WrittenType(mention) is var type && type.Parent is ObjectCreationExpressionSyntax creation && creation.Type == type ? creation : null;

    private bool IsCreation(ImplicitObjectCreationExpressionSyntax creation) =>
        !HasVisibleOtherType(creation)
        && TypeOf(creation) is var type
        && (KnownTypes.UnboundName(type) is not null ? _file.Types.IsOld(type, _row, _file.Model, creation.SpanStart) : IsOldSymbol(type));

    private ITypeSymbol? TypeOf(ImplicitObjectCreationExpressionSyntax creation)
    {
        var type = _file.Model.GetTypeInfo(creation, _file.CancellationToken).Type;
        return _file.Types.VoiceForge == LibraryState.S3 && type is null or IErrorTypeSymbol && KnownTypes.UnboundName(type) != _row.OldName
            ? CreationTargets.TypeOf(_file, creation)
            : type;
    }

    /// <summary>Whether the declaration around a target-typed creation names another type, so that nothing need be bound.</summary>
    private bool HasVisibleOtherType(ImplicitObjectCreationExpressionSyntax creation) =>
        creation.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: SimpleNameSyntax type } } }
        && !Mentions.Contains(type);

    private bool IsMention(SimpleNameSyntax name)
    {
        if (name.Parent is NameColonSyntax or NameEqualsSyntax)
            return false;

        if (_file.Types.VoiceForge == LibraryState.S3 && _file.Model.GetAliasInfo(name, _file.CancellationToken) is { Target: IErrorTypeSymbol target })
            return _file.Types.IsOld(target, _row, _file.Model, name.SpanStart);

        return _file.Bind(name) switch
        {
            null => _file.Types.VoiceForge == LibraryState.S3 && name is IdentifierNameSyntax && MeansOldTypeByName(name),
            IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => IsOldSymbol(constructor.ContainingType),
            var symbol => IsOldSymbol(symbol),
        };
    }

    private bool IsOldSymbol(ISymbol? symbol) =>
        _file.Types.Find(_row.Old) is { } old && SymbolEqualityComparer.Default.Equals(symbol, old);

    /// <summary>The old name no longer binds: it is ours when it is qualified with our namespace, or our namespace is imported here.</summary>
    private bool MeansOldTypeByName(SimpleNameSyntax name)
    {
        SyntaxNode? qualifier = name.Parent switch
        {
            QualifiedNameSyntax qualified when qualified.Right == name => qualified.Left,
            MemberAccessExpressionSyntax access when access.Name == name => access.Expression,
            QualifiedCrefSyntax => null,
            _ => null,
        };
        return qualifier is null
            ? name.Parent is not (MemberBindingExpressionSyntax or InvocationExpressionSyntax) && _file.Types.IsImported(_row, _file.Model, name.SpanStart)
            : _file.Bind(qualifier) is INamespaceSymbol ns && ns.ToDisplayString() == _row.Namespace;
    }
}
