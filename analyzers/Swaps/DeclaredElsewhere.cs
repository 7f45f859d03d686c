using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Members and parameters that more than one file can name.</summary>
internal static class DeclaredElsewhere
{
    /// <summary>Whether some other file of the compilation than <paramref name="tree"/> declares the symbol or can use it.</summary>
    public static bool IsNamedByOthers(ISymbol symbol, SyntaxTree tree)
    {
        if (symbol is ILocalSymbol or IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
            return false;
        if (symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree != tree))
            return true;

        // A parameter is filled where its method is called.
        var member = symbol is IParameterSymbol { ContainingSymbol: var function } ? function : symbol;
        if (member is IMethodSymbol { MethodKind: MethodKind.LocalFunction or MethodKind.AnonymousFunction })
            return false;

        return !IsPrivate(member) || member.ContainingType.DeclaringSyntaxReferences.Any(part => part.SyntaxTree != tree);
    }

    /// <summary>Whether the compilation holds the declaration, so that it can be changed together with its uses.</summary>
    public static bool IsInCompilation(ISymbol symbol, Compilation compilation) =>
        SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, compilation.Assembly)
        && !symbol.DeclaringSyntaxReferences.IsEmpty
        && symbol.DeclaringSyntaxReferences.All(reference => compilation.ContainsSyntaxTree(reference.SyntaxTree));

    /// <summary>Symbols that have the same type as this one by the rules of the language: what it overrides or implements, and the property of a record's parameter.</summary>
    public static IEnumerable<ISymbol> SameRing(ISymbol symbol)
    {
        switch (symbol)
        {
            case IParameterSymbol { ContainingSymbol: IMethodSymbol method } parameter:
                foreach (var other in Contracts(method).OfType<IMethodSymbol>())
                    yield return other.Parameters[parameter.Ordinal];
                if (method.MethodKind == MethodKind.Constructor && method.ContainingType.IsRecord)
                {
                    foreach (var property in method.ContainingType.GetMembers(parameter.Name).Where(member => IsDeclaredTogether(member, parameter)))
                        yield return property;
                }

                break;
            case IPropertySymbol { ContainingType.IsRecord: true } property:
                foreach (var parameter in property.ContainingType.InstanceConstructors.SelectMany(constructor => constructor.Parameters).Where(parameter => IsDeclaredTogether(property, parameter)))
                    yield return parameter;
                foreach (var other in Contracts(property))
                    yield return other;
                break;
            case IPropertySymbol or IMethodSymbol { MethodKind: MethodKind.Ordinary or MethodKind.ExplicitInterfaceImplementation }:
                foreach (var other in Contracts(symbol))
                    yield return other;
                break;
        }
    }

    /// <summary>The simple name of an unbound type as its declaration wrote it, where the file at hand imports nothing.</summary>
    public static bool IsOldWhereDeclared(FileContext file, ExpressionSyntax value, RenamedType row)
    {
        var symbol = file.Bind(value)?.OriginalDefinition;
        for (var steps = 0; symbol is ILocalSymbol && steps < 8; steps++)
        {
            symbol = symbol.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(file.CancellationToken)
                is VariableDeclaratorSyntax { Initializer.Value: var initial, Parent: VariableDeclarationSyntax { Type.IsVar: true } }
                    ? file.Bind(initial)?.OriginalDefinition
                    : null;
        }

        if (symbol is null or ILocalSymbol || !IsInCompilation(symbol, file.Model.Compilation))
            return false;

        var declared = symbol.DeclaringSyntaxReferences[0];
        if (declared.SyntaxTree == file.Model.SyntaxTree)
            return false;

#pragma warning disable RS1030 // A rare look: only where V1 is gone and this file imports nothing of VoiceForge.
        var model = file.Model.Compilation.GetSemanticModel(declared.SyntaxTree);
#pragma warning restore RS1030
        return file.Types.IsImported(row, model, declared.Span.Start);
    }

    private static bool IsPrivate(ISymbol member)
    {
        for (ISymbol? current = member; current is not null and not INamespaceSymbol; current = current.ContainingSymbol)
        {
            if (current.DeclaredAccessibility == Accessibility.Private && current is not IMethodSymbol { ExplicitInterfaceImplementations.IsEmpty: false })
                return current.ContainingType is null || current.ContainingType.DeclaringSyntaxReferences.Length == 1;
        }

        return false;
    }

    private static IEnumerable<ISymbol> Contracts(ISymbol member)
    {
        switch (member)
        {
            case IMethodSymbol { OverriddenMethod: { } overridden }:
                yield return overridden.OriginalDefinition;
                break;
            case IPropertySymbol { OverriddenProperty: { } overridden }:
                yield return overridden.OriginalDefinition;
                break;
        }

        if (member.IsStatic || member.ContainingType is not { TypeKind: TypeKind.Class or TypeKind.Struct } type)
            yield break;

        var simpleName = member.Name.Substring(member.Name.LastIndexOf('.') + 1);
        foreach (var contract in type.AllInterfaces.SelectMany(implemented => implemented.GetMembers(simpleName)).Where(contract => contract.Kind == member.Kind))
        {
            // Members whose types do not bind implement nothing.
            var isImplemented = type.FindImplementationForInterfaceMember(contract) is { } implementation
                ? SymbolEqualityComparer.Default.Equals(implementation, member)
                : ParametersOf(contract) == ParametersOf(member);
            if (isImplemented)
                yield return contract.OriginalDefinition;
        }
    }

    private static int ParametersOf(ISymbol member) => member is IMethodSymbol method ? method.Parameters.Length : 0;

    private static bool IsDeclaredTogether(ISymbol property, ISymbol parameter) =>
        property is IPropertySymbol && property.DeclaringSyntaxReferences.Any(one => parameter.DeclaringSyntaxReferences.Any(other => one.SyntaxTree == other.SyntaxTree && one.Span == other.Span));
}
