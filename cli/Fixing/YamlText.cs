using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace MigrationKit.Cli.Fixing;

/// <summary>Edits single values of a YAML file and leaves every other character, comments above all, as it is.</summary>
internal static class YamlText
{
    private const string Step = "  ";

    /// <summary>Each scalar by the path of its key, such as <c>audio.sample_rate</c>.</summary>
    /// <exception cref="YamlException">The text is no YAML.</exception>
    public static Dictionary<string, string> Values(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        if (RootOf(text) is { } root)
            Add("", root);
        return values;

        void Add(string path, YamlNode node)
        {
            if (node is YamlScalarNode scalar)
                values[path] = scalar.Value ?? "";
            if (node is YamlMappingNode mapping)
            {
                foreach (var (key, value) in mapping.Children)
                    Add(path.Length == 0 ? $"{key}" : $"{path}.{key}", value);
            }
        }
    }

    /// <returns>The text in which the key has the value: in its place when it is there, else behind its section.</returns>
    /// <exception cref="FormatException">The file is written in a way that cannot be added to.</exception>
    public static string With(string text, string key, string value)
    {
        var path = key.Split('.');
        if (RootOf(text) is not { } mapping)
            return text + (text.Length == 0 || text.EndsWith('\n') ? "" : "\n") + Block(path, value, "") + "\n";

        for (var depth = 0; ; depth++)
        {
            var (name, child) = mapping.Children.FirstOrDefault(pair => pair.Key is YamlScalarNode scalar && scalar.Value == path[depth]);
            if (name is null)
                return Insert(text, mapping, path[depth..], value, isTop: depth == 0);
            if (depth == path.Length - 1)
                return text[..(int)child.Start.Index] + value + text[(int)child.End.Index..];
            if (child is YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" })
                return InsertLines(text, (int)name.End.Index, Block(path[(depth + 1)..], value, Indent(mapping) + Step));
            mapping = child as YamlMappingNode ?? throw new FormatException($"'{string.Join('.', path[..(depth + 1)])}' is no section");
        }
    }

    private static YamlMappingNode? RootOf(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode as YamlMappingNode;
    }

    private static string Insert(string text, YamlMappingNode mapping, string[] path, string value, bool isTop)
    {
        if (mapping.Style == MappingStyle.Flow)
        {
            var entry = $"{string.Join(": {", path)}: {value}{new string('}', path.Length - 1)}";
            return mapping.Children.Count == 0
                ? text.Insert((int)mapping.Start.Index + 1, entry)
                : text.Insert((int)Last(mapping).End.Index, ", " + entry);
        }

        var isSpaced = isTop && text.ReplaceLineEndings("\n").Contains("\n\n", StringComparison.Ordinal);
        return InsertLines(text, EndOf(mapping), (isSpaced ? "\n" : "") + Block(path, value, Indent(mapping)));
    }

    private static string InsertLines(string text, int behind, string lines)
    {
        var lineEnd = text.IndexOf('\n', behind);
        if (lineEnd < 0)
            return text + "\n" + lines;
        return text.Insert(lineEnd + 1, lines + "\n");
    }

    private static string Block(string[] path, string value, string indent) =>
        string.Join('\n', path.Select((name, depth) =>
            string.Concat(string.Concat(Enumerable.Repeat(Step, depth)).Insert(0, indent), name, depth == path.Length - 1 ? $": {value}" : ":")));

    private static string Indent(YamlMappingNode mapping) => new(' ', (int)mapping.Start.Column - 1);

    private static YamlNode Last(YamlMappingNode mapping) => mapping.Children.Values.MaxBy(node => node.Start.Index)!;

    // A block's own end is where the next token starts, behind comments that are about what follows.
    private static int EndOf(YamlNode node) => node switch
    {
        YamlMappingNode { Style: not MappingStyle.Flow } mapping => mapping.Children.MaxBy(pair => pair.Key.Start.Index) is var (key, value)
            ? Math.Max((int)key.End.Index, EndOf(value))
            : (int)mapping.Start.Index,
        YamlSequenceNode { Style: not SequenceStyle.Flow } sequence => sequence.Children.Max(EndOf),
        YamlScalarNode { Style: ScalarStyle.Literal or ScalarStyle.Folded } => throw new FormatException("it ends with a text of several lines"),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" } => 0,
        _ => (int)node.End.Index,
    };
}
