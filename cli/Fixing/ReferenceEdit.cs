using System.Security;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Fixing;

/// <summary>MKP001: rewrites one reference element of a project file and nothing around it.</summary>
internal static class ReferenceEdit
{
    /// <summary>Whether the element is what decides that V1 is referenced: with central versions, a reference without a version is not.</summary>
    public static bool Decides(LibraryReference reference, bool hasReplacementProject) => reference.ItemType switch
    {
        "PackageVersion" => !hasReplacementProject,
        "PackageReference" => hasReplacementProject || reference.Version is not null,
        _ => true,
    };

    /// <param name="text">The file's text.</param>
    /// <param name="reference">The element; its position is that of <paramref name="text"/>.</param>
    /// <param name="library">What it references.</param>
    /// <param name="replacementProject">The path to write for a project that replaces it; null writes the package.</param>
    /// <param name="centralVersions">Whether a new package reference may not carry a version of its own.</param>
    public static string Apply(string text, LibraryReference reference, MigratedLibrary library, string? replacementProject, bool centralVersions)
    {
        var element = XmlElementText.At(text, reference.Line, reference.Column);
        if (replacementProject is null && reference.ItemType is "PackageReference" or "PackageVersion" or "GlobalPackageReference")
            return WithVersion(text, element, library.V2Range);
        if (replacementProject is not null && reference.ItemType == "ProjectReference")
            return Splice(text, element.Attributes.First(a => a.Name is "Include" or "Update"), replacementProject);

        // What else the element says about an assembly or a project (hint path, GUID, version) is about the old one.
        var kept = element.Attributes.Where(a => a.Name is "Condition" or "Aliases" or "PrivateAssets")
            .Select(a => $" {a.Name}=\"{text[a.Start..a.End]}\"");
        var replacement = replacementProject is not null
            ? $"<ProjectReference Include=\"{SecurityElement.Escape(replacementProject)}\"{string.Concat(kept)} />"
            : $"<PackageReference Include=\"{library.Name}\" {(centralVersions ? "VersionOverride" : "Version")}=\"{library.V2Range}\"{string.Concat(kept)} />";
        return string.Concat(text.AsSpan(0, element.Start), replacement, text.AsSpan(element.End));
    }

    private static string WithVersion(string text, XmlElementText element, string range)
    {
        if (element.Attributes.FirstOrDefault(a => a.Name is "Version" or "VersionOverride") is { Name: not null } attribute)
            return Splice(text, attribute, range);
        var child = element.Child(text, "Version") ?? element.Child(text, "VersionOverride");
        return child is { } value
            ? string.Concat(text.AsSpan(0, value.Start), range, text.AsSpan(value.End))
            : text.Insert(element.NameEnd, $" Version=\"{range}\"");
    }

    private static string Splice(string text, (string Name, int Start, int End) attribute, string value) =>
        string.Concat(text.AsSpan(0, attribute.Start), SecurityElement.Escape(value), text.AsSpan(attribute.End));
}
