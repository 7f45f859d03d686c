namespace MigrationKit.Cli.Loading;

/// <summary>A file that the run did not, or not wholly, look at.</summary>
/// <param name="File">Path relative to the input folder.</param>
/// <param name="Why">One sentence.</param>
internal sealed record UnanalysedFile(string File, string Why);
