using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Puts what a use wrote into the holes of a template.</summary>
/// <param name="isTyped">
/// Whether arguments are cast to their parameters' types: such a form is never written, it tells what the template means for these types.
/// </param>
/// <param name="choices">For omitted arguments and those after them, what <see cref="OmittedArguments"/> chose; by the position in the template.</param>
/// <param name="hoisted">The locals that take the place of pieces, by the piece's index.</param>
internal sealed class Substitution(
    Template template, Use use, SemanticModel model, bool isTyped, IReadOnlyDictionary<int, ArgumentChoice> choices, IReadOnlyDictionary<int, string> hoisted) : CSharpSyntaxRewriter
{
    /// <summary>Marks an expression of the user's, with its index in <see cref="Use.Pieces"/>.</summary>
    public const string Piece = "piece";

    /// <summary>Marks an argument of the template, with its position there.</summary>
    public const string TemplateArgument = "argument";

    private readonly List<ExpressionSyntax> _pieces = use.Pieces.ToList();

    /// <summary>The pieces that are cast also where they are arguments, by their index.</summary>
    public ImmutableHashSet<int> Casts { get; init; } = ImmutableHashSet<int>.Empty;

    /// <summary>Why the template does not fit this use.</summary>
    public string? Reason { get; private set; }

    public ExpressionSyntax Apply(ExpressionSyntax resolved) => (ExpressionSyntax)Visit(resolved);

    public override SyntaxNode? VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        if (template.HoleOf(node.Expression) is not { } hole || !IsReceiver(hole) || use.Receiver is not null || IsGiven(hole))
            return base.VisitMemberAccessExpression(node);

        var name = (SimpleNameSyntax)Visit(node.Name);
        if (use.IsConditional)
            return SyntaxFactory.MemberBindingExpression(name).WithTriviaFrom(node);
        return use.Node is ImplicitObjectCreationExpressionSyntax ? node.WithExpression(Parse(Display(use.Symbol.ContainingType))).WithName(name) : name.WithTriviaFrom(node);
    }

    public override SyntaxNode? VisitElementAccessExpression(ElementAccessExpressionSyntax node) =>
        template.HoleOf(node.Expression) is { } hole && IsReceiver(hole) && use.Receiver is null && use.IsConditional
            ? SyntaxFactory.ElementBindingExpression((BracketedArgumentListSyntax)Visit(node.ArgumentList)).WithTriviaFrom(node)
            : base.VisitElementAccessExpression(node);

    public override SyntaxNode? VisitArgumentList(ArgumentListSyntax node) => node.WithArguments(Arguments(node.Arguments));

    public override SyntaxNode? VisitBracketedArgumentList(BracketedArgumentListSyntax node) => node.WithArguments(Arguments(node.Arguments));

    public override SyntaxNode? VisitIdentifierName(IdentifierNameSyntax node)
    {
        if (template.HoleOf(node) is not { } hole)
            return node;
        if (TypeArgument(hole) is { } type)
            return Named(type, node);
        if (Argument(hole) is not { } argument)
            return Receiver(node);
        if (argument.IsOmitted)
            return Written(Default(argument.Parameter), node);
        if (argument.IsExpanded)
            return Written(Array(argument), node);
        if (argument.Parameter.RefKind is RefKind.Ref or RefKind.Out || !argument.RefKeyword.IsKind(SyntaxKind.None))
            return Fail(node, $"'{{{hole}}}' is passed by reference and the template uses it as a value");

        var value = argument.Values[0];
        return NeedsCast(argument) ? Written(Cast(argument.Parameter.Type, Marked(value)), node) : Written(Marked(value), node);
    }

    private SeparatedSyntaxList<ArgumentSyntax> Arguments(SeparatedSyntaxList<ArgumentSyntax> written)
    {
        var nodes = new List<SyntaxNodeOrToken>();
        for (var i = 0; i < written.Count; i++)
        {
            var replaced = Replace(written[i]).ToList();
            for (var j = 0; j < replaced.Count; j++)
            {
                if (nodes.Count > 0)
                    nodes.Add(j == 0 && i > 0 ? written.GetSeparator(i - 1) : Comma);
                nodes.Add(replaced[j].WithAdditionalAnnotations(new SyntaxAnnotation(TemplateArgument, written[i].SpanStart.ToString(CultureInfo.InvariantCulture))));
            }
        }

        return SyntaxFactory.SeparatedList<ArgumentSyntax>(nodes);
    }

    private IEnumerable<ArgumentSyntax> Replace(ArgumentSyntax written)
    {
        choices.TryGetValue(written.SpanStart, out var choice);
        if (choice.IsDropped)
            return Enumerable.Empty<ArgumentSyntax>();

        var named = choice.Name is { } name && written.NameColon is null ? written.WithNameColon(SyntaxFactory.NameColon((IdentifierNameSyntax)SyntaxFactory.ParseName(LocalNames.Escape(name))).WithTrailingTrivia(SyntaxFactory.Space)) : written;
        if (template.HoleOf(written.Expression) is not { } hole || Argument(hole) is not { IsOmitted: false } argument)
            return new[] { named.WithExpression((ExpressionSyntax)Visit(written.Expression)) };
        if (argument.IsExpanded)
        {
            // What the author calls takes the array: a single element could choose another overload.
            if (isTyped && CanCastTo(argument.Parameter.Type))
                return new[] { named.WithExpression(Array(argument)) };
            if (named.NameColon is not null && argument.Values.Length != 1)
                return new[] { named.WithExpression(Array(argument)) };
            return argument.Values.Select(value => named.WithExpression(Marked(value)));
        }

        var isCast = isTyped || Casts.Contains(_pieces.IndexOf(argument.Values[0]));
        var expression = isCast && argument.RefKeyword.IsKind(SyntaxKind.None) && CanCastTo(argument.Parameter.Type) ? Cast(argument.Parameter.Type, Marked(argument.Values[0])) : Marked(argument.Values[0]);
        var result = named.WithExpression(expression);
        return new[] { argument.RefKeyword.IsKind(SyntaxKind.None) ? result : result.WithRefKindKeyword(argument.RefKeyword.WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.Space)) };
    }

    private SyntaxNode Receiver(IdentifierNameSyntax node)
    {
        if (use.Receiver is { } receiver)
        {
            if (receiver.DescendantNodesAndSelf().OfType<BaseExpressionSyntax>().Any() && node.Parent is not MemberAccessExpressionSyntax)
                return Fail(node, "'base' is no value");
            return Written(Marked(receiver), node);
        }

        if (use.IsConditional)
            return Fail(node, "the receiver is behind '?.' and the template needs it as a value");
        return Written(SyntaxFactory.ThisExpression(), node);
    }

    private SyntaxNode Fail(SyntaxNode node, string reason)
    {
        Reason ??= reason;
        return node;
    }

    private ExpressionSyntax Marked(ExpressionSyntax value) => hoisted.TryGetValue(_pieces.IndexOf(value), out var local)
        ? SyntaxFactory.IdentifierName(LocalNames.Escape(local))
        : value.WithoutTrivia().WithAdditionalAnnotations(new SyntaxAnnotation(Piece, _pieces.IndexOf(value).ToString(CultureInfo.InvariantCulture)));

    private static ExpressionSyntax Written(ExpressionSyntax value, ExpressionSyntax place) =>
        (Precedence.NeedsParentheses(value, place) ? SyntaxFactory.ParenthesizedExpression(value) : value).WithTriviaFrom(place);

    private SyntaxNode Named(ITypeSymbol type, IdentifierNameSyntax place)
    {
        if (!CanCastTo(type))
            return Fail(place, "a type argument has no name");
        var text = Display(type);
        return (SyntaxFacts.IsInTypeOnlyContext(place) ? SyntaxFactory.ParseTypeName(text) : Parse(text)).WithTriviaFrom(place);
    }

    private ITypeSymbol? TypeArgument(string hole)
    {
        var index = template.Declaration.Member is IMethodSymbol method ? IndexOf(method.TypeParameters, hole) : -1;
        if (index >= 0)
            return ((IMethodSymbol)use.Symbol).TypeArguments[index];

        for (var type = use.Symbol.ContainingType; type is not null; type = type.ContainingType)
        {
            if (IndexOf(type.TypeParameters, hole) is var at and >= 0)
                return type.TypeArguments[at];
        }

        return null;

        static int IndexOf(IReadOnlyList<ITypeParameterSymbol> parameters, string name) => Enumerable.Range(0, parameters.Count).Where(i => parameters[i].Name == name).DefaultIfEmpty(-1).First();
    }

    private UseArgument? Argument(string hole)
    {
        if (hole == "this" && template.Declaration.IsExtension)
            hole = template.Receiver;
        return use.Arguments.FirstOrDefault(argument => argument.Parameter.Name == hole && !(use.IsConditional && hole == template.Receiver));
    }

    private bool IsReceiver(string hole) => hole == "this" || (template.Declaration.IsExtension && hole == template.Receiver);

    /// <summary>Whether the receiver is written as an argument: an extension method that is called as the static method it is, or with a dot.</summary>
    private bool IsGiven(string hole) => Argument(hole) is not null;

    private bool NeedsCast(UseArgument argument) =>
        !hoisted.ContainsKey(_pieces.IndexOf(argument.Values[0])) && CanCastTo(argument.Parameter.Type) && !SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(argument.Values[0]).Type, argument.Parameter.Type)
        && !(argument.Parameter.Ordinal == 0 && template.Declaration.IsExtension);

    public static bool CanCastTo(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => CanCastTo(array.ElementType),
        INamedTypeSymbol named => !named.IsAnonymousType && named.TypeKind != TypeKind.Error && named.TypeArguments.All(CanCastTo),
        _ => true,
    };

    private ExpressionSyntax Cast(ITypeSymbol type, ExpressionSyntax value) =>
        SyntaxFactory.CastExpression(SyntaxFactory.ParseTypeName(Display(type)), Precedence.NeedsParentheses(value, SyntaxFactory.CastExpression(SyntaxFactory.ParseTypeName("T"), SyntaxFactory.IdentifierName("x")).Expression)
            ? SyntaxFactory.ParenthesizedExpression(value) : value);

    private ExpressionSyntax Array(UseArgument argument)
    {
        var elements = new List<SyntaxNodeOrToken>();
        foreach (var value in argument.Values)
        {
            if (elements.Count > 0)
                elements.Add(Comma);
            elements.Add(Marked(value));
        }

        var shape = (ArrayCreationExpressionSyntax)Parse($"new {Display(argument.Parameter.Type)} {{ x }}");
        return shape.WithInitializer(shape.Initializer!.WithExpressions(SyntaxFactory.SeparatedList<ExpressionSyntax>(elements))
            .WithCloseBraceToken(SyntaxFactory.Token(SyntaxKind.CloseBraceToken).WithLeadingTrivia(SyntaxFactory.Space)));
    }

    private ExpressionSyntax Default(IParameterSymbol parameter)
    {
        if (DefaultValues.Write(parameter, Display(parameter.Type)) is { } text)
            return Parse(text);
        if (!isTyped)
            Reason ??= $"the compiler fills in '{parameter.Name}' from the calling code";
        return SyntaxFactory.LiteralExpression(SyntaxKind.DefaultLiteralExpression);
    }

    private string Display(ITypeSymbol type) => type.ToMinimalDisplayString(model, use.Node.SpanStart);

    private static ExpressionSyntax Parse(string text) => SyntaxFactory.ParseExpression(text);

    private static SyntaxToken Comma => SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
}

/// <summary>What happens to one argument of a template: nothing, it goes, or it gets a name.</summary>
internal readonly record struct ArgumentChoice(bool IsDropped, string? Name);
