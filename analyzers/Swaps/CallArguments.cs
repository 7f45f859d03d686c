using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Finds the argument of a V1 parameter in a written call.</summary>
internal static class CallArguments
{
    public static ArgumentSyntax? Find(BaseArgumentListSyntax? arguments, Signature signature, int parameter)
    {
        if (arguments is null)
            return null;

        for (var i = 0; i < arguments.Arguments.Count; i++)
        {
            var argument = arguments.Arguments[i];
            var index = argument.NameColon is { Name.Identifier.ValueText: var name } ? signature.Old.IndexOf(name) : i;
            if (index == parameter)
                return argument;
        }

        return null;
    }
}
