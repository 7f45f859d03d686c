using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Gives the names that a template wrote itself the meaning they have at the declaration, at another place.</summary>
internal sealed class TemplateNames(Template template, INamedTypeSymbol containingType, SemanticModel model, int position)
{
    private readonly ReplaceWithDeclaration _declaration = template.Declaration;

    /// <summary>The template in which members of the declaring type have their receiver, and types and namespaces bind where the use stands.</summary>
    public ExpressionSyntax Resolve()
    {
        var leading = Leading(template.Expression);
        var own = template.DeclaredNames;
        var free = template.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>()
            .Where(name => template.HoleOf(name) is null && IsFree(name) && !own.Contains(name.Identifier.ValueText));
        return template.Expression.ReplaceNodes(free, (original, current) => Resolve(original, (SimpleNameSyntax)current, original == leading));
    }

    /// <summary>The innermost expression that an expression starts with: <c>a</c> of <c>a.B(c)[d].E</c>.</summary>
    public static ExpressionSyntax Leading(ExpressionSyntax expression) => expression switch
    {
        MemberAccessExpressionSyntax access => Leading(access.Expression),
        InvocationExpressionSyntax call => Leading(call.Expression),
        ElementAccessExpressionSyntax element => Leading(element.Expression),
        PostfixUnaryExpressionSyntax postfix => Leading(postfix.Operand),
        ConditionalAccessExpressionSyntax conditional => Leading(conditional.Expression),
        _ => expression,
    };

    /// <summary>Marks a name of the template with what it means at the declaration: <see cref="OfMember"/> or <see cref="OfType"/>.</summary>
    public const string Meaning = "meaning";

    public const string OfMember = "member";

    public const string OfType = "type";

    private SyntaxNode Resolve(SimpleNameSyntax original, SimpleNameSyntax name, bool isLeading)
    {
        var isType = SyntaxFacts.IsInTypeOnlyContext(original);
        if (!isType && MemberNamed(original.Identifier.ValueText) is { } member)
        {
            name = name.WithAdditionalAnnotations(new SyntaxAnnotation(Meaning, OfMember));
            if (_declaration.IsExtension)
                return member is IMethodSymbol { IsExtensionMethod: true } && isLeading && !MentionsReceiver() ? Access(template.Placeholder(template.Receiver), name) : Qualify(name, member, false);
            if (!member.IsStatic)
                return Access(template.Placeholder("this"), name);
            return isLeading && (_declaration.Member.IsStatic || _declaration.IsConstructor) ? Access(template.Placeholder("this"), name) : Qualify(name, member, false);
        }

        if (!isType && isLeading && _declaration.IsExtension && !MentionsReceiver() && TypeNamed(original) is null)
            return Access(template.Placeholder(template.Receiver), name);

        name = name.WithAdditionalAnnotations(new SyntaxAnnotation(Meaning, OfType));
        return TypeNamed(original) is { } type && !IsInScope(type, original) ? Qualify(name, type, isType) : name;
    }

    private bool MentionsReceiver() =>
        template.Expression.DescendantNodesAndSelf().Any(node => template.HoleOf(node) is { } hole && (hole == "this" || hole == template.Receiver));

    private static SyntaxNode Access(ExpressionSyntax receiver, SimpleNameSyntax name) =>
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, receiver, name.WithoutTrivia()).WithTriviaFrom(name);

    private SyntaxNode Qualify(SimpleNameSyntax name, ISymbol symbol, bool isType)
    {
        var prefix = symbol.ContainingType is not null
            ? (symbol is ITypeSymbol ? symbol.ContainingType : containingType).ToMinimalDisplayString(model, position)
            : symbol.ContainingNamespace is { IsGlobalNamespace: false } space ? space.ToDisplayString() : null;
        if (prefix is null)
            return name;

        return isType
            ? SyntaxFactory.QualifiedName((NameSyntax)SyntaxFactory.ParseTypeName(prefix), name.WithoutTrivia()).WithTriviaFrom(name)
            : Access(SyntaxFactory.ParseExpression(prefix), name);
    }

    private ISymbol? MemberNamed(string name)
    {
        for (var type = _declaration.Member.ContainingType; type is not null; type = type.BaseType)
        {
            if (type.GetMembers(name).FirstOrDefault(member => member is not ITypeSymbol) is { } member)
                return member;
        }

        return _declaration.Member.ContainingType.AllInterfaces.SelectMany(type => type.GetMembers(name)).FirstOrDefault(member => !member.IsStatic && member is not ITypeSymbol);
    }

    /// <summary>The type that the library's author means: nested in the declaring type, in the namespaces around it, or imported.</summary>
    private INamedTypeSymbol? TypeNamed(SimpleNameSyntax name)
    {
        var metadataName = name.Identifier.ValueText + (name.Arity > 0 ? "`" + name.Arity : "");
        for (var type = _declaration.Member.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.GetTypeMembers(name.Identifier.ValueText, name.Arity).FirstOrDefault() is { } nested)
                return nested;
            if (type.Name == name.Identifier.ValueText && type.Arity == name.Arity)
                return type;
        }

        for (var space = _declaration.Member.ContainingNamespace; space is not null; space = space.ContainingNamespace)
        {
            if (Find(space) is { } type)
                return type;
        }

        return _declaration.Imports.Select(import => model.Compilation.GetTypesByMetadataName(import + "." + metadataName).FirstOrDefault(IsVisible)).FirstOrDefault(type => type is not null);

        INamedTypeSymbol? Find(INamespaceSymbol space) =>
            model.Compilation.GetTypesByMetadataName(space.IsGlobalNamespace ? metadataName : space.ToDisplayString() + "." + metadataName).FirstOrDefault(IsVisible);

        bool IsVisible(INamedTypeSymbol type) => model.Compilation.IsSymbolAccessibleWithin(type, model.Compilation.Assembly);
    }

    private bool IsInScope(INamedTypeSymbol type, SimpleNameSyntax name) =>
        model.LookupNamespacesAndTypes(position, name: name.Identifier.ValueText).OfType<INamedTypeSymbol>().Where(candidate => candidate.Arity == name.Arity).ToList() is { Count: 1 } found
        && SymbolEqualityComparer.Default.Equals(found[0].OriginalDefinition, type.OriginalDefinition);

    private static bool IsFree(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        QualifiedNameSyntax qualified => qualified.Left == name,
        MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax or AliasQualifiedNameSyntax => false,
        AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment => assignment.Right == name,
        _ => true,
    };
}
