using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Binds a template inside the member that carries it, where the holes are the parameters themselves.</summary>
internal static class DeclaredTemplate
{
    /// <summary>Why the template does not bind; <see langword="null"/> when it does, or when the member has no body to bind it in.</summary>
    public static string? FindError(Template template, SyntaxNode declaration, SemanticModel model, CancellationToken cancellationToken)
    {
        if (PositionInBody(declaration) is not { } position)
            return null;

        var resolved = new TemplateNames(template, template.Declaration.Member.ContainingType, model, position).Resolve();
        var filled = (ExpressionSyntax)new Filling(template).Visit(resolved);
        var statement = SyntaxFactory.ExpressionStatement(filled);
        if (!model.TryGetSpeculativeSemanticModel(position, statement, out var speculative))
            return null;

        return new BoundTemplate(speculative, statement.Expression).FindError(cancellationToken);
    }

    private static int? PositionInBody(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax { Body: { } body } => body.OpenBraceToken.Span.End,
        BaseMethodDeclarationSyntax { ExpressionBody: { } body } => body.Expression.SpanStart,
        PropertyDeclarationSyntax { ExpressionBody: { } body } => body.Expression.SpanStart,
        PropertyDeclarationSyntax { AccessorList: { } accessors } => accessors.Accessors.Select(PositionInBody).FirstOrDefault(position => position is not null),
        AccessorDeclarationSyntax { Body: { } body } => body.OpenBraceToken.Span.End,
        AccessorDeclarationSyntax { ExpressionBody: { } body } => body.Expression.SpanStart,
        _ => null,
    };

    private sealed class Filling(Template template) : CSharpSyntaxRewriter
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
            "this" when template.Declaration.IsExtension => Name(template.Receiver, node),
            "this" => SyntaxFactory.ThisExpression().WithTriviaFrom(node),
            var hole => Name(hole, node),
        };

        private static SyntaxNode Name(string name, SyntaxNode place) =>
            SyntaxFactory.ParseName(LocalNames.Escape(name)).WithTriviaFrom(place);

        private static SyntaxToken Keyword(SyntaxKind kind) => SyntaxFactory.Token(kind).WithTrailingTrivia(SyntaxFactory.Space);
    }
}
