using System.Collections.Immutable;

namespace MigrationKit.Cli.Loading;

/// <summary>What the byte scan found.</summary>
/// <param name="Projects">Every C# project of the input and what it references, as far as the text of the project files tells.</param>
/// <param name="Candidates">Projects that can hold a finding.</param>
/// <param name="ToLoad">Candidates and what depends on them; their references are found while loading.</param>
/// <param name="Unrestored">Projects whose packages are not known yet, so that they could declare replacements.</param>
/// <param name="Files">How many C# files were read.</param>
/// <param name="OtherLanguages">Files of other languages that hold V1's names.</param>
internal sealed record ScanResult(
    ImmutableArray<string> Projects, ImmutableArray<string> Candidates, ImmutableArray<string> ToLoad, ImmutableArray<string> Unrestored, int Files, ImmutableArray<UnanalysedFile> OtherLanguages)
{
    /// <summary>What the user should know about the scan although it worked.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];
}
