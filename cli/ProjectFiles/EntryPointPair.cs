using System.Text.RegularExpressions;
using MigrationKit.Cli.Loading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Cli.ProjectFiles;

/// <summary>Two entry points of one project side by side, as the guide keeps them while both versions are in use: <c>Program.cs</c> and <c>ProgramV2.cs</c>.</summary>
/// <param name="V1File">Full path of the old one.</param>
/// <param name="V2File">Full path of the new one, in the same folder.</param>
/// <param name="V1Type">Full name of the type whose <c>Main</c> the old one has.</param>
/// <param name="V2Type">Full name of the type whose <c>Main</c> the new one has.</param>
internal sealed partial record EntryPointPair(string V1File, string V2File, string V1Type, string V2Type)
{
    /// <summary>Whether a <c>StartupObject</c> is the old one.</summary>
    public bool IsV1(string startupObject) => string.Equals(startupObject.Trim(), V1Type, StringComparison.Ordinal);

    /// <param name="project">Full path of a project file.</param>
    public static IReadOnlyList<EntryPointPair> In(string project)
    {
        var files = SourceFolder.Files(Path.GetDirectoryName(project)!, ".cs").Order(StringComparer.Ordinal).ToLookup(Key, StringComparer.OrdinalIgnoreCase);
        var pairs = new List<EntryPointPair>();
        foreach (var file in files.SelectMany(named => named))
        {
            var plain = Suffix().Replace(Path.GetFileNameWithoutExtension(file), "");
            if (plain == Path.GetFileNameWithoutExtension(file) || files[Path.Combine(Path.GetDirectoryName(file)!, plain)].FirstOrDefault() is not { } old)
                continue;
            if (TypeWithMain(old) is { } v1 && TypeWithMain(file) is { } v2)
                pairs.Add(new(old, file, v1, v2));
        }

        return pairs;

        static string Key(string file) => Path.Combine(Path.GetDirectoryName(file)!, Path.GetFileNameWithoutExtension(file));
    }

    private static string? TypeWithMain(string file)
    {
        var root = CSharpSyntaxTree.ParseText(SourceFile.Read(file).Text).GetRoot();
        var main = root.DescendantNodes().OfType<MethodDeclarationSyntax>()
            .FirstOrDefault(method => method.Identifier.ValueText == "Main" && method.Modifiers.Any(SyntaxKind.StaticKeyword));
        if (main is null)
            return null;
        var names = main.Ancestors().Select(ancestor => ancestor switch
        {
            BaseNamespaceDeclarationSyntax space => space.Name.ToString(),
            BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
            _ => null,
        });
        return string.Join('.', names.OfType<string>().Reverse());
    }

    [GeneratedRegex("[._-]?V2$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Suffix();
}
