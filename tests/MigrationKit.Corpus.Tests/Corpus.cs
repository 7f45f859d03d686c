using System.Globalization;

namespace MigrationKit.Corpus.Tests;

/// <summary>What the rules are run over, in batches of one compilation each.</summary>
internal static class Corpus
{
    // More rounds of mutants than the usual two and one: MIGRATIONKIT_CORPUS_ROUNDS=10 makes every kind ten times as many.
    private static readonly int RoundsOfV1Cases = int.Parse(Environment.GetEnvironmentVariable("MIGRATIONKIT_CORPUS_ROUNDS") ?? "1", CultureInfo.InvariantCulture);
    private static readonly int RoundsOfOriginals = 2 * RoundsOfV1Cases;

    public static bool IsLongForm => RoundsOfV1Cases > 1;

    private const int BatchSize = 480;
    private static readonly string[] LibraryFolders = ["runtime/", "samples/LegacySdk/", "tests/MigrationKit.Generated.Tests/Fakes/"];

    /// <summary>Originals and mutants that can mean no symbol of the libraries. A batch holds one version of a file, so that its types do not clash.</summary>
    public static IReadOnlyList<IReadOnlyList<CorpusFile>> Unrelated => Of(file => file.IsUnrelated);

    /// <summary>What was written for the libraries or about them.</summary>
    public static IReadOnlyList<IReadOnlyList<CorpusFile>> Related => Of(file => !file.IsUnrelated && !IsOfLibrary(file));

    /// <summary>The libraries' own sources and the recording ones of the tests, whose types stand before those of the references.</summary>
    public static IReadOnlyList<IReadOnlyList<CorpusFile>> Libraries => Of(file => !file.IsUnrelated && IsOfLibrary(file));

    /// <summary>Code that uses V1, whole and broken.</summary>
    public static IReadOnlyList<IReadOnlyList<CorpusFile>> V1 => V1Rounds.Value;

    /// <summary>The attribute of the rules for any library, which code that uses it brings along as a source.</summary>
    public static CorpusFile ReplaceWithAttribute { get; } = Originals.OfRepository.Single(file => file.Name.EndsWith("/ReplaceWithAttribute.cs", StringComparison.Ordinal));

    public static IReadOnlyList<IReadOnlyList<CorpusFile>> OwnTypes { get; } =
        [LookAlikes.Unchanged, .. LookAlikes.Mutants.Chunk(BatchSize)];

    public static int FileCount => new[] { Unrelated, Related, Libraries, V1, OwnTypes }.Sum(batches => batches.Sum(batch => batch.Count));

    private static readonly Lazy<IReadOnlyList<IReadOnlyList<CorpusFile>>> Rounds = new(() => MakeRounds([.. Originals.OfRepository, .. Originals.OfTemplates], RoundsOfOriginals));

    private static readonly Lazy<IReadOnlyList<IReadOnlyList<CorpusFile>>> V1Rounds = new(() => MakeRounds(V1Cases.All, RoundsOfV1Cases));

    private static bool IsOfLibrary(CorpusFile file) => LibraryFolders.Any(folder => file.Name.StartsWith(folder, StringComparison.Ordinal));

    private static List<IReadOnlyList<CorpusFile>> Of(Func<CorpusFile, bool> isMeant) => [.. Rounds.Value.Select(round => round.Where(isMeant).ToList())];

    private static List<IReadOnlyList<CorpusFile>> MakeRounds(IReadOnlyList<CorpusFile> originals, int mutants) =>
        [originals, .. Enumerable.Range(1, mutants).Select(round => originals.Select((file, index) => Mutation.Apply(file, index * mutants + round)).ToList())];
}
