using System;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Binds a template inside the member that carries it, where the holes are the parameters themselves.</summary>
internal static class DeclaredTemplate
{
    /// <summary>Why the template does not bind; <see langword="null"/> when it does.</summary>
    public static string? FindError(Template template, SyntaxNode declaration, SemanticModel model, CancellationToken cancellationToken)
    {
        if (PositionInBody(declaration) is not { } position)
            return FindErrorWithoutBody(template, declaration, model, cancellationToken);

        var resolved = new TemplateNames(template, template.Declaration.Member.ContainingType, model, position).Resolve();
        var filled = (ExpressionSyntax)new Filling(template).Visit(resolved);
        var statement = SyntaxFactory.ExpressionStatement(filled);
        if (!model.TryGetSpeculativeSemanticModel(position, statement, out var speculative))
            return null;

        return new BoundTemplate(speculative, statement.Expression).FindError(cancellationToken);
    }

    /// <summary>Binds the template of a member without a body beside it, with values of the parameters' types in the holes.</summary>
    private static string? FindErrorWithoutBody(Template template, SyntaxNode declaration, SemanticModel model, CancellationToken cancellationToken)
    {
        if (template.Declaration.Parameters.Any(parameter => parameter.RefKind != RefKind.None))
            return null;

        // Behind the '(' a method's type parameters are in scope.
        var position = declaration is BaseMethodDeclarationSyntax { ParameterList: { } parameters } ? parameters.OpenParenToken.Span.End : declaration.SpanStart;
        var resolved = new TemplateNames(template, template.Declaration.Member.ContainingType, model, position).Resolve();
        var filled = (ExpressionSyntax)new Filling(template, type => SyntaxFactory.DefaultExpression(SyntaxFactory.ParseTypeName(type.ToMinimalDisplayString(model, position)))).Visit(resolved);
        foreach (var node in filled.DescendantNodesAndSelf(node => node is not AnonymousFunctionExpressionSyntax).OfType<ExpressionSyntax>())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (node != filled && node is not (InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax) || node is AnonymousFunctionExpressionSyntax or ImplicitObjectCreationExpressionSyntax)
                continue;

            var isNamed = node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or SimpleNameSyntax or MemberAccessExpressionSyntax;
            if (isNamed && model.GetSpeculativeSymbolInfo(position, node, SpeculativeBindingOption.BindAsExpression).Symbol is null)
                return $"'{(node is InvocationExpressionSyntax call ? call.Expression : node)}' does not bind";
            if (model.GetSpeculativeTypeInfo(position, node, SpeculativeBindingOption.BindAsExpression).Type is IErrorTypeSymbol)
                return $"'{node}' does not compile";
        }

        return null;
    }

    private static int? PositionInBody(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax { Body: { } body } => body.OpenBraceToken.Span.End,
        BaseMethodDeclarationSyntax { ExpressionBody: { } body } => body.Expression.SpanStart,
        PropertyDeclarationSyntax { ExpressionBody: { } body } => body.Expression.SpanStart,
        IndexerDeclarationSyntax { ExpressionBody: { } body } => body.Expression.SpanStart,
        BasePropertyDeclarationSyntax { AccessorList: { } accessors } => accessors.Accessors.Select(PositionInBody).FirstOrDefault(position => position is not null),
        AccessorDeclarationSyntax { Body: { } body } => body.OpenBraceToken.Span.End,
        AccessorDeclarationSyntax { ExpressionBody: { } body } => body.Expression.SpanStart,
        _ => null,
    };

    /// <param name="valueOf">Gives what stands for a value of a type; without it, the parameters' own names do.</param>
    private sealed class Filling(Template template, Func<ITypeSymbol, ExpressionSyntax>? valueOf = null) : CSharpSyntaxRewriter
    {
        public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node) =>
            template.HoleOf(node.Expression) == "this" && !template.Declaration.HasInstance
                ? ((SimpleNameSyntax)Visit(node.Name)).WithTriviaFrom(node)
                : base.VisitMemberAccessExpression(node);

        public override SyntaxNode? VisitArgument(ArgumentSyntax node)
        {
            var filled = (ArgumentSyntax)base.VisitArgument(node)!;
            var parameter = template.HoleOf(node.Expression) is { } hole ? template.Declaration.Parameters.FirstOrDefault(parameter => parameter.Name == hole) : null;
            return parameter?.RefKind switch
            {
                RefKind.Ref => filled.WithRefKindKeyword(Keyword(SyntaxKind.RefKeyword)),
                RefKind.Out => filled.WithRefKindKeyword(Keyword(SyntaxKind.OutKeyword)),
                _ => filled,
            };
        }

        public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node) => template.HoleOf(node) switch
        {
            null => node,
            "this" when valueOf is not null && !template.Declaration.IsExtension => valueOf(template.Declaration.Member.ContainingType).WithTriviaFrom(node),
            var hole when valueOf is not null && ParameterNamed(hole) is { } parameter => valueOf(parameter.Type).WithTriviaFrom(node),
            "this" when template.Declaration.IsExtension => Name(template.Receiver, node),
            "this" => SyntaxFactory.ThisExpression().WithTriviaFrom(node),
            var hole => Name(hole, node),
        };

        private IParameterSymbol? ParameterNamed(string hole) =>
            template.Declaration.Parameters.FirstOrDefault(parameter => parameter.Name == (hole == "this" ? template.Receiver : hole));

        private static SyntaxNode Name(string name, SyntaxNode place) =>
            SyntaxFactory.ParseName(LocalNames.Escape(name)).WithTriviaFrom(place);

        private static SyntaxToken Keyword(SyntaxKind kind) => SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space);
    }
}
