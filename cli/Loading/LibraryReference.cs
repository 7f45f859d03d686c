namespace MigrationKit.Cli.Loading;

/// <summary>One element of a project file that names a migrated library.</summary>
/// <param name="Library">The library's name.</param>
/// <param name="ItemType"><c>PackageReference</c>, <c>PackageVersion</c>, <c>ProjectReference</c> or <c>Reference</c>.</param>
/// <param name="File">Full path of the file that holds the element: the project's own, or one it imports.</param>
/// <param name="Line">Line of the element, from 1.</param>
/// <param name="Column">Column of the element, from 1.</param>
/// <param name="Version">The evaluated version, when the element has one.</param>
/// <param name="Names">How many names the element's <c>Include</c> holds; only an element of one name can be edited.</param>
internal sealed record LibraryReference(string Library, string ItemType, string File, int Line, int Column, string? Version, int Names);
