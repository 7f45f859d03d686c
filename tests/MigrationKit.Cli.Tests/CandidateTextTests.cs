using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MigrationKit.Cli.Analysis;

namespace MigrationKit.Cli.Tests;

public sealed class CandidateTextTests
{
    private static readonly string[] Pieces =
        ["TtsModel", "Read", "Start", "Acquire", "new", "(", "()", " ", "\n", "x", "_", "@", ".", "ReadOnly", "int", "/", "\"", "é", "9"];

    [Theory]
    [InlineData("model.Read(x)", true)]
    [InlineData("@Read", true)]
    [InlineData("IReadOnlyList<int> list", false)]
    [InlineData("Reader Thread_Read read", false)]
    [InlineData("Model model = new(1);", true)]
    [InlineData("Model model = new\n  (1);", true)]
    [InlineData("Model model = new /* x */ (1);", true)]
    [InlineData("new Model()", false)]
    [InlineData("new { A = 1 }", false)]
    [InlineData("", false)]
    [InlineData("new", false)]
    [InlineData("Reads Read", true)]
    [InlineData("stream.SetProcessingCallback(x)", true)]
    [InlineData("pool.TryAcquire(out var lease)", true)]
    public void Names_CountAsWholeWords(string text, bool expected)
    {
        Assert.Equal(expected, CandidateText.IsCandidate(text));
        Assert.Equal(expected, CandidateText.IsCandidate(Encoding.UTF8.GetBytes(text)));
    }

    [Fact]
    public void TextThatCanHoldAFinding_CanSoAsBytes() =>
        Prop.ForAll(
                Gen.Elements(Pieces).ListOf().Select(pieces => string.Concat(pieces)).ToArbitrary(),
                text => !CandidateText.IsCandidate(text) || CandidateText.IsCandidate(Encoding.UTF8.GetBytes(text)))
            .QuickCheckThrowOnFailure();
}
