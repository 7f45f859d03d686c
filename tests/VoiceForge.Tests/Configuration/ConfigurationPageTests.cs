using System.Text.RegularExpressions;
using VoiceForge.Configuration;

namespace VoiceForge.Tests.Configuration;

/// <summary>The page docs/configuration.md, which stands beside the tests when they run.</summary>
public sealed partial class ConfigurationPageTests : IDisposable
{
    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "configuration.md")).ReplaceLineEndings("\n");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FileOfDefaults_IsReadAndSaysTheDefaults()
    {
        var written = VoiceForgeConfig.Load(_folder.Write("written.yaml", Defaults));
        var empty = VoiceForgeConfig.Load(_folder.Write("empty.yaml", ""));

        Assert.Equal((empty.Audio, empty.Resources, empty.BufferPool, empty.Processing, empty.Debug), (written.Audio, written.Resources, written.BufferPool, written.Processing, written.Debug));
    }

    [Fact]
    public void FileAndTable_HaveEveryKeyOfTheRuntimeInOneOrder()
    {
        var root = ConfigFile.Read(_folder.Write("written.yaml", Defaults), new ConfigErrors("written.yaml"));

        Assert.Equal(VoiceForgeConfig.Keys.Order(StringComparer.Ordinal), Leaves(root, "").Order(StringComparer.Ordinal));
        Assert.Equal(Leaves(root, ""), KeyRow().Matches(Page).Select(row => row.Groups[1].Value));
    }

    [Fact]
    public void RowOfTheBackend_HasEachOne()
    {
        var row = Page.Split('\n').Single(line => line.StartsWith("| `audio.backend` |", StringComparison.Ordinal)).Split('|')[2];

        Assert.Equal(Enum.GetNames<AudioBackendKind>().Select(name => name.ToLowerInvariant()), row.Split(',').Select(name => name.Trim(' ', '`')));
    }

    private static string Defaults => Page.Split("```yaml\n")[1].Split("```")[0];

    private static IEnumerable<string> Leaves(ConfigNode node, string path) => node.Mapping is null
        ? [path]
        : node.Mapping.SelectMany(entry => Leaves(entry.Value.Value, path.Length == 0 ? entry.Key : $"{path}.{entry.Key}"));

    [GeneratedRegex(@"^\| `([a-z0-9_.]+\.[a-z0-9_.]+)` \| .* \| ", RegexOptions.Multiline)]
    private static partial Regex KeyRow();
}
