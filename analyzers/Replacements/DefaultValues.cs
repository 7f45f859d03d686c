using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Writes and compares the default values of optional parameters.</summary>
internal static class DefaultValues
{
    /// <summary>The value as C#; <see langword="null"/> when the compiler takes it from the calling code.</summary>
    public static string? Write(IParameterSymbol parameter, string type)
    {
        if (CallerInfo(parameter) is not null)
            return null;
        if (!parameter.HasExplicitDefaultValue || parameter.ExplicitDefaultValue is not { } value)
            return parameter.Type.IsReferenceType || parameter.Type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T ? "null" : $"default({type})";

        var underlying = parameter.Type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } inner } ? inner[0] : parameter.Type;
        if (underlying.TypeKind == TypeKind.Enum)
        {
            var member = underlying.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(field => Equals(field.ConstantValue, value));
            var name = type.TrimEnd('?');
            return member is not null ? $"{name}.{member.Name}" : $"({name})({SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false)})";
        }

        return value switch
        {
            double.NaN => "double.NaN",
            double.PositiveInfinity => "double.PositiveInfinity",
            double.NegativeInfinity => "double.NegativeInfinity",
            float.NaN => "float.NaN",
            float.PositiveInfinity => "float.PositiveInfinity",
            float.NegativeInfinity => "float.NegativeInfinity",
            _ => SymbolDisplay.FormatPrimitive(value, quoteStrings: true, useHexadecimalNumbers: false) + value switch
            {
                float => "f",
                double => "d",
                decimal => "m",
                long => "L",
                ulong => "UL",
                uint => "u",
                _ => "",
            },
        };
    }

    /// <summary>Whether leaving the argument out gives <paramref name="now"/> what it gave <paramref name="before"/>.</summary>
    public static bool AreSame(IParameterSymbol before, IParameterSymbol now)
    {
        if (!now.IsOptional || CallerInfo(before) != CallerInfo(now))
            return false;
        if (CallerInfo(before) is not null)
            return true;

        return before.HasExplicitDefaultValue && now.HasExplicitDefaultValue && Equals(before.ExplicitDefaultValue, now.ExplicitDefaultValue)
            && (before.ExplicitDefaultValue is not null || SymbolEqualityComparer.Default.Equals(before.Type, now.Type) || (before.Type.IsReferenceType && now.Type.IsReferenceType));
    }

    private static string? CallerInfo(IParameterSymbol parameter) => parameter.OriginalDefinition.GetAttributes()
        .Select(attribute => attribute.AttributeClass?.Name)
        .FirstOrDefault(name => name is "CallerMemberNameAttribute" or "CallerFilePathAttribute" or "CallerLineNumberAttribute" or "CallerArgumentExpressionAttribute");
}
