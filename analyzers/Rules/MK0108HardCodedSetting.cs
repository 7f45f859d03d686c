using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MigrationKit.Analyzers.Rules;

/// <summary>One constant that is given to a parameter whose value belongs into <c>config.yaml</c>.</summary>
/// <param name="Row">The setting.</param>
/// <param name="Type">The parameter's type, which the setting has too.</param>
/// <param name="Creation">The call.</param>
/// <param name="Expression">The argument's expression.</param>
/// <param name="Value">As the file would say it.</param>
/// <param name="Constant">The constant that the expression names; <see langword="null"/> for a literal.</param>
/// <param name="IsDefault">Whether leaving the argument out would give the same.</param>
internal sealed record HardCodedSetting(
    ConfiguredParameter Row, ITypeSymbol Type, BaseObjectCreationExpressionSyntax Creation, ExpressionSyntax Expression, object Value, ISymbol? Constant, bool IsDefault)
{
    /// <summary>Whether somebody chose the value: a parameter's default, written out, says no more than leaving it out.</summary>
    public bool IsDecision => !IsDefault;

    public string Text => Convert.ToString(Value, CultureInfo.InvariantCulture)!;

    public int Line => Expression.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>Why the value itself cannot be moved; <see langword="null"/> when it can.</summary>
    public string? Obstacle(FileContext file)
    {
        var value = Convert.ToDouble(Value, CultureInfo.InvariantCulture);
        if (value < Row.Least || value > Row.Most)
            return FormattableString.Invariant($"'{Row.Key}' allows {Row.Least} to {Row.Most}, not {Text}");

        var part = Constant is null
            ? Expression.DescendantNodes().OfType<SimpleNameSyntax>().Select(name => file.Bind(name)).FirstOrDefault(symbol => symbol is IFieldSymbol or ILocalSymbol)
            : null;
        return part is null ? null : $"the value is computed from '{part.Name}', which would not follow config.yaml";
    }

    public static List<HardCodedSetting> FindAll(FileContext file)
    {
        var types = MigrationMap.ConfiguredParameters.Select(row => row.TypeName).Distinct();
        return types.SelectMany(type => file.Names.Uses(type))
            .Select(name => name.FirstAncestorOrSelf<ObjectCreationExpressionSyntax>() is { } creation && creation.Type.Span.Contains(name.Span) ? creation : null)
            .Concat(file.Names[CandidateNames.ImplicitNew].OfType<BaseObjectCreationExpressionSyntax>())
            .OfType<BaseObjectCreationExpressionSyntax>()
            .Distinct()
            .SelectMany(creation => Of(file, creation))
            .OrderBy(setting => setting.Expression.SpanStart)
            .ToList();
    }

    private static IEnumerable<HardCodedSetting> Of(FileContext file, BaseObjectCreationExpressionSyntax creation)
    {
        if (file.Model.GetOperation(creation, file.CancellationToken) is not IObjectCreationOperation operation)
            yield break;

        foreach (var row in MigrationMap.ConfiguredParameters.Where(row => file.Types.Find(row.Type) is { } type && SymbolEqualityComparer.Default.Equals(type, operation.Type)))
        {
            var argument = operation.Arguments.FirstOrDefault(candidate => candidate.ArgumentKind == ArgumentKind.Explicit && candidate.Parameter?.Name == row.Name);
            if (argument?.Syntax is ArgumentSyntax { Expression: var expression } && ValueOf(file, argument, expression) is var (value, constant) && value is not null)
                yield return new(row, argument.Parameter!.Type, creation, expression, value, constant, argument.Parameter.HasExplicitDefaultValue && Equals(argument.Parameter.ExplicitDefaultValue, value));
        }
    }

    private static (object? Value, ISymbol? Constant) ValueOf(FileContext file, IArgumentOperation argument, ExpressionSyntax expression)
    {
        var named = expression is SimpleNameSyntax or MemberAccessExpressionSyntax ? file.Bind(expression) : null;
        if (argument.Value.ConstantValue is { HasValue: true, Value: var value })
            return (value, named is IFieldSymbol or ILocalSymbol ? named : null);
        if (named is not IFieldSymbol { IsStatic: true, IsReadOnly: true, DeclaringSyntaxReferences: { Length: 1 } declared })
            return default;

        // Of a field of another file only a plain number is taken: its file may have to be bound for more.
        return declared[0].GetSyntax(file.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: LiteralExpressionSyntax { Token.Value: int or double } literal }
            ? (literal.Token.Value, named)
            : default;
    }
}
