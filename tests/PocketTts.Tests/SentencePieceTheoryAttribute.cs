namespace PocketTts.Tests;

/// <summary>A test that compares with the programs of SentencePiece; skipped where they are not installed.</summary>
internal sealed class SentencePieceTheoryAttribute : TheoryAttribute
{
    private static readonly string[] Programs = ["spm_train", "spm_encode"];

    public SentencePieceTheoryAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        if (!Programs.All(p => folders.Any(f => File.Exists(Path.Combine(f, p)))))
            Skip = "Needs spm_train and spm_encode; install them with: apt-get install sentencepiece";
    }
}
