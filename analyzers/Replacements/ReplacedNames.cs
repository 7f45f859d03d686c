using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>The names of the members that carry <c>[ReplaceWith]</c>, as far as one compilation can see: what has another name is never bound.</summary>
internal sealed class ReplacedNames
{
    private const string Marker = "ReplaceWith";

    private readonly HashSet<string> _members = new(StringComparer.Ordinal);

    private ReplacedNames(Compilation compilation, CancellationToken cancellationToken)
    {
        foreach (var assembly in compilation.SourceModule.ReferencedAssemblySymbols.Where(CanUse))
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddMembers(assembly.GlobalNamespace);
        }

        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellationToken.ThrowIfCancellationRequested();
            AddDeclared(tree, cancellationToken);
        }
    }

    /// <summary>Whether a constructor is among them: a creation can name its type by an alias or not at all.</summary>
    public bool HasConstructors { get; private set; }

    /// <summary>Whether any assembly in sight defines the attribute; where none does, nobody can use it.</summary>
    public static bool IsAttributeVisible(Compilation compilation) => !compilation.GetTypesByMetadataName(ReplaceWithDeclaration.AttributeName).IsEmpty;

    public static ReplacedNames Find(Compilation compilation, CancellationToken cancellationToken) => new(compilation, cancellationToken);

    public bool Contains(string name) => _members.Contains(name);

    /// <summary>Whether the assembly defines the attribute or references one that does.</summary>
    private static bool CanUse(IAssemblySymbol assembly) =>
        Defines(assembly) || assembly.Modules.Any(module => module.ReferencedAssemblySymbols.Any(Defines));

    private static bool Defines(IAssemblySymbol assembly) => assembly.GetTypeByMetadataName(ReplaceWithDeclaration.AttributeName) is not null;

    private void AddMembers(INamespaceOrTypeSymbol container)
    {
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceOrTypeSymbol inner)
                AddMembers(inner);
            else if (member is IMethodSymbol or IPropertySymbol or IFieldSymbol && member.GetAttributes().Any(attribute => ReplaceWithDeclaration.IsReplaceWith(attribute.AttributeClass)))
                Add(member.Name, member is IMethodSymbol { MethodKind: MethodKind.Constructor });
        }
    }

    /// <summary>Takes every attributed member of a file that says the attribute's name; what the attributes are is known once a use binds.</summary>
    private void AddDeclared(SyntaxTree tree, CancellationToken cancellationToken)
    {
        if (tree.GetText(cancellationToken).ToString().IndexOf(Marker, StringComparison.Ordinal) < 0)
            return;

        foreach (var member in tree.GetRoot(cancellationToken).DescendantNodes().OfType<MemberDeclarationSyntax>().Where(member => member.AttributeLists.Count > 0))
        {
            switch (member)
            {
                case MethodDeclarationSyntax method:
                    Add(method.Identifier.ValueText, false);
                    break;
                case PropertyDeclarationSyntax property:
                    Add(property.Identifier.ValueText, false);
                    break;
                case ConstructorDeclarationSyntax:
                case TypeDeclarationSyntax type when type.ChildNodes().OfType<ParameterListSyntax>().Any():
                    HasConstructors = true;
                    break;
                case EnumMemberDeclarationSyntax value:
                    Add(value.Identifier.ValueText, false);
                    break;
                case FieldDeclarationSyntax fields:
                    foreach (var field in fields.Declaration.Variables)
                        Add(field.Identifier.ValueText, false);
                    break;
            }
        }
    }

    private void Add(string name, bool isConstructor)
    {
        if (isConstructor)
            HasConstructors = true;
        else
            _members.Add(name);
    }
}
