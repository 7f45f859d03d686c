using System.Linq;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Libraries that a project references under an <c>extern alias</c> alone.</summary>
internal static class ExternAliases
{
    /// <summary>Makes a swap manual whose new names could not be written without the alias.</summary>
    public static void Judge(FileContext file, SwapGroup group, RenamedType row)
    {
        if ((file.Types.Find(row.New) ?? file.Types.Find(row.Old)) is { } type
            && file.Model.Compilation.GetMetadataReference(type.ContainingAssembly) is { Properties.Aliases: { IsDefaultOrEmpty: false } aliases }
            && !aliases.Contains(MetadataReferenceProperties.GlobalAlias))
        {
            group.Manual($"the library is referenced under the extern alias '{aliases[0]}', and what is added beside the type would need it too");
        }
    }
}
