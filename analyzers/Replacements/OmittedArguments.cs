using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Chooses which arguments of a template go because the use omitted them, and which must be named for it.</summary>
internal static class OmittedArguments
{
    /// <param name="resolved">The template, still with its holes.</param>
    /// <param name="bound">The template with every argument in place, bound at the use.</param>
    public static Dictionary<int, ArgumentChoice> Choose(Template template, Use use, ExpressionSyntax resolved, ExpressionSyntax bound, SemanticModel model)
    {
        var choices = new Dictionary<int, ArgumentChoice>();
        var placed = bound.GetAnnotatedNodes(Substitution.TemplateArgument).Cast<ArgumentSyntax>()
            .GroupBy(argument => int.Parse(argument.GetAnnotations(Substitution.TemplateArgument).First().Data!, CultureInfo.InvariantCulture))
            .ToDictionary(group => group.Key, group => group.First());

        foreach (var list in resolved.DescendantNodesAndSelf().OfType<ArgumentListSyntax>())
        {
            var mustName = false;
            for (var i = 0; i < list.Arguments.Count; i++)
            {
                var argument = list.Arguments[i];
                if (!placed.TryGetValue(argument.SpanStart, out var now) || now.Parent?.Parent is not { } call || ParameterOf(now, model.GetSymbolInfo(call).Symbol) is not { } parameter)
                    break;

                var omitted = template.HoleOf(argument.Expression) is { } hole ? use.Arguments.FirstOrDefault(given => given.Parameter.Name == hole && given.IsOmitted) : null;
                var isLastNamed = list.Arguments.Skip(i + 1).All(later => later.NameColon is not null || CanBeNamed(later));
                if (omitted is not null && isLastNamed && DefaultValues.AreSame(omitted.Parameter, parameter))
                {
                    choices[argument.SpanStart] = new ArgumentChoice(true, null);
                    mustName = true;
                }
                else if (mustName && argument.NameColon is null)
                {
                    choices[argument.SpanStart] = new ArgumentChoice(false, parameter.Name);
                }
            }
        }

        return choices;

        bool CanBeNamed(ArgumentSyntax argument) =>
            placed.TryGetValue(argument.SpanStart, out var now) && ParameterOf(now, model.GetSymbolInfo(now.Parent!.Parent!).Symbol) is { IsParams: false };
    }

    private static IParameterSymbol? ParameterOf(ArgumentSyntax argument, ISymbol? symbol)
    {
        if (symbol is not IMethodSymbol method)
            return null;
        if (argument.NameColon?.Name.Identifier.ValueText is { } name)
            return method.Parameters.FirstOrDefault(parameter => parameter.Name == name);

        var index = ((BaseArgumentListSyntax)argument.Parent!).Arguments.IndexOf(argument);
        return index < method.Parameters.Length ? method.Parameters[index] : method.Parameters.LastOrDefault(parameter => parameter.IsParams);
    }
}
