using System.Collections.Immutable;

namespace MigrationKit.Cli.Loading;

/// <summary>What the byte scan found.</summary>
/// <param name="Projects">Every C# project of the input and what it references, as far as the text of the project files tells.</param>
/// <param name="Candidates">Projects that can hold a finding.</param>
/// <param name="ToLoad">Candidates and what depends on them; their references are found while loading.</param>
/// <param name="Files">How many C# files were read.</param>
/// <param name="OtherLanguages">Files of other languages that hold V1's names.</param>
internal sealed record ScanResult(
    ImmutableArray<string> Projects, ImmutableArray<string> Candidates, ImmutableArray<string> ToLoad, int Files, ImmutableArray<UnanalysedFile> OtherLanguages);
