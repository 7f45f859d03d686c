using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>An alias that a <c>global using</c> of any file declares for all files, with the simple name of the type it stands for.</summary>
internal sealed record GlobalAlias(string Alias, string Name)
{
    /// <summary>Those of a compilation: every file sees all of them.</summary>
    /// <param name="model">Of any file.</param>
    public static IReadOnlyList<GlobalAlias> SeenBy(SemanticModel model)
    {
        var aliases = new List<GlobalAlias>();
        // At the end of the file: among its own directives nothing is imported yet.
        foreach (var scope in model.GetImportScopes(model.SyntaxTree.Length))
        {
            foreach (var alias in scope.Aliases)
            {
                foreach (var declaration in alias.DeclaringSyntaxReferences)
                {
                    if (declaration.GetSyntax() is UsingDirectiveSyntax { Name: { } name } directive && directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
                        aliases.Add(new GlobalAlias(alias.Name, name.GetLastToken().ValueText));
                }
            }
        }

        return aliases;
    }
}
