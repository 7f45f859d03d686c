using System.Text.RegularExpressions;

namespace MigrationKit.Cli.Hybrid;

/// <summary>The build property of <c>--keep-v1</c>: set to true it defines the symbol and references V1 again.</summary>
internal static partial class SwitchProperty
{
    public static string IsOn(string symbol) => $"'$({symbol})' == 'true'";

    public static string IsOff(string symbol) => $"'$({symbol})' != 'true'";

    /// <summary>The symbol's definition in a project file, with the line ends and indentation given.</summary>
    public static string Definition(string symbol, string newLine) =>
        $"  <PropertyGroup Condition=\"{IsOn(symbol)}\">{newLine}    <DefineConstants>$(DefineConstants);{symbol}</DefineConstants>{newLine}  </PropertyGroup>{newLine}";

    /// <summary>The symbol that a project file defines this way, null without one.</summary>
    public static string? Of(string projectText) => Written().Match(projectText) is { Success: true } match ? match.Groups["symbol"].Value : null;

    [GeneratedRegex("""<PropertyGroup Condition="'\$\((?<symbol>\w+)\)' == 'true'">\s*<DefineConstants>\$\(DefineConstants\);\k<symbol></DefineConstants>\s*</PropertyGroup>""", RegexOptions.CultureInvariant)]
    private static partial Regex Written();
}
