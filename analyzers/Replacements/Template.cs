using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>A parsed template: one expression in which a unique identifier stands for each hole.</summary>
internal sealed class Template
{
    private static readonly Regex Hole = new(@"\{(@?[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}_]*)\}", RegexOptions.CultureInvariant);

    private readonly string _prefix;

    private Template(ReplaceWithDeclaration declaration, ExpressionSyntax expression, string prefix)
    {
        Declaration = declaration;
        Expression = expression;
        _prefix = prefix;
    }

    public ReplaceWithDeclaration Declaration { get; }

    public ExpressionSyntax Expression { get; }

    /// <summary>The names that the template itself declares: parameters of its lambdas, variables and range variables.</summary>
    public ImmutableHashSet<string> DeclaredNames => Expression.DescendantNodes().Select(node => node switch
    {
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        SingleVariableDesignationSyntax variable => variable.Identifier.ValueText,
        FromClauseSyntax from => from.Identifier.ValueText,
        _ => null,
    }).OfType<string>().ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>Those of them that stay declared in the code around the use.</summary>
    public ImmutableHashSet<string> Variables =>
        Expression.DescendantNodes().OfType<SingleVariableDesignationSyntax>().Select(variable => variable.Identifier.ValueText).ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>The parsed template, or why it is none.</summary>
    public static (Template? Template, string? Error) Parse(ReplaceWithDeclaration declaration, CSharpParseOptions options)
    {
        var prefix = "mkHole";
        while (declaration.Text.Contains(prefix))
            prefix += "_";

        string? error = null;
        var holes = 0;
        var text = Hole.Replace(declaration.Text, match =>
        {
            var name = match.Groups[1].Value.TrimStart('@');
            if (!Names(declaration).Contains(name))
                error ??= $"'{{{name}}}' names no parameter; known are {Known(declaration)}";
            holes++;
            return prefix + name;
        });
        if (error is not null)
            return (null, error);

        var expression = SyntaxFactory.ParseExpression(text, 0, options, consumeFullText: true);
        if (string.IsNullOrWhiteSpace(text) || expression.ContainsDiagnostics)
            return (null, "it is not one C# expression" + FirstMessage(expression));
        if (expression.DescendantTrivia().Any(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia)))
            return (null, "it holds a comment or a directive");

        var template = new Template(declaration, expression.WithoutTrivia(), prefix);
        var placed = template.Expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Count(name => template.HoleOf(name) is not null && IsOperand(name));
        return placed == holes ? (template, null) : (null, "a hole stands in a string or where no expression or type can stand");
    }

    /// <summary>The name of the hole that an identifier of <see cref="Expression"/> stands for; <see langword="null"/> for the template's own names.</summary>
    public string? HoleOf(SyntaxNode node) =>
        node is IdentifierNameSyntax name && name.Identifier.Text.StartsWith(_prefix, StringComparison.Ordinal) ? name.Identifier.Text.Substring(_prefix.Length) : null;

    /// <summary>Whether a call of the template has exactly the member's parameters as its arguments, so that its name alone can replace the member's.</summary>
    public bool HasSameArguments(InvocationExpressionSyntax call)
    {
        var isOnReceiver = Declaration.IsExtension && call.Expression is MemberAccessExpressionSyntax access && HoleOf(access.Expression) is { } on && (on == Receiver || on == "this");
        var parameters = Declaration.Parameters.Skip(isOnReceiver ? 1 : 0).Select(parameter => parameter.Name);
        return call.ArgumentList.Arguments.Select(argument => argument.NameColon is null ? HoleOf(argument.Expression) : null).SequenceEqual(parameters);
    }

    /// <summary>The identifier that stands for a hole.</summary>
    public IdentifierNameSyntax Placeholder(string hole) => SyntaxFactory.IdentifierName(_prefix + hole);

    /// <summary>The name that the receiver's hole goes by: an extension method's first parameter is its <c>this</c>.</summary>
    public string Receiver => Declaration.IsExtension ? Declaration.Parameters[0].Name : "this";

    private static IEnumerable<string> Names(ReplaceWithDeclaration declaration) =>
        declaration.Parameters.Select(parameter => parameter.Name)
            .Concat(declaration.TypeParameters.Select(parameter => parameter.Name))
            .Concat(declaration.HasInstance ? new[] { "this" } : Array.Empty<string>());

    private static string Known(ReplaceWithDeclaration declaration)
    {
        var names = new StringBuilder();
        foreach (var name in Names(declaration))
            names.Append(names.Length > 0 ? ", " : "").Append("'{").Append(name).Append("}'");
        return names.Length > 0 ? names.ToString() : "none";
    }

    private static bool IsOperand(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        MemberBindingExpressionSyntax or NameColonSyntax or NameEqualsSyntax or AliasQualifiedNameSyntax => false,
        QualifiedNameSyntax qualified => qualified.Left == name,
        _ => true,
    };

    private static string FirstMessage(ExpressionSyntax expression) =>
        expression.GetDiagnostics().FirstOrDefault() is { } first ? ": " + first.GetMessage(System.Globalization.CultureInfo.InvariantCulture) : "";
}
