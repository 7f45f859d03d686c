using MigrationKit.Cli.Fixing;

namespace MigrationKit.Cli.Tests;

public sealed class YamlTextTests
{
    [Theory]
    [InlineData("", "a:\n  b: 1\n")]
    [InlineData("# only a comment", "# only a comment\na:\n  b: 1\n")]
    [InlineData("a:\n  b: 2 # two\n", "a:\n  b: 1 # two\n")]
    [InlineData("a:\n", "a:\n  b: 1\n")]
    [InlineData("a: # later\nz: 2", "a: # later\n  b: 1\nz: 2")]
    [InlineData("a:\n    c: 2 # two\n    # about c\n\nz: 3\n", "a:\n    c: 2 # two\n    b: 1\n    # about c\n\nz: 3\n")]
    [InlineData("a:\n  c:\n    d: 2", "a:\n  c:\n    d: 2\n  b: 1")]
    [InlineData("a: {c: 2} # flow\n", "a: {c: 2, b: 1} # flow\n")]
    [InlineData("a: {}\n", "a: {b: 1}\n")]
    [InlineData("z: 2\n\ny: 3\n", "z: 2\n\ny: 3\n\na:\n  b: 1\n")]
    [InlineData("{z: 2}", "{z: 2, a: {b: 1}}")]
    [InlineData("---\nz:\n- 1\n- 2\n...\n", "---\nz:\n- 1\n- 2\na:\n  b: 1\n...\n")]
    public void Value_IsWrittenAndTheRestStays(string before, string after)
    {
        Assert.Equal(after, YamlText.With(before, "a.b", "1"));
        Assert.Equal("1", YamlText.Values(after)["a.b"]);
        Assert.Equal(after, YamlText.With(after, "a.b", "1"));
    }

    [Theory]
    [InlineData("a: 1\n", "'a' is no section")]
    [InlineData("z: |\n  text\n", "several lines")]
    public void FileThatCannotBeAddedTo_SaysWhy(string text, string why) =>
        Assert.Contains(why, Assert.Throws<FormatException>(() => YamlText.With(text, "a.b", "1")).Message, StringComparison.Ordinal);
}
