using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace VoiceForge.Configuration;

/// <summary>Turns a YAML file into nodes, refusing what a configuration has no use for: anchors, aliases, tags, several documents, great depth.</summary>
internal sealed class ConfigFile
{
    private const int MaxBytes = 64 * 1024;
    private const int MaxDepth = 8;
    private const int MaxScalar = 4096;

    private readonly Parser _parser;
    private readonly ConfigErrors _errors;

    private ConfigFile(string text, ConfigErrors errors)
    {
        _parser = new Parser(new StringReader(text));
        _errors = errors;
    }

    public static ConfigNode Read(string path, ConfigErrors errors)
    {
        var file = new ConfigFile(ReadText(path, errors), errors);
        try
        {
            return file.ReadDocument();
        }
        catch (YamlException exception)
        {
            errors.Add(exception.Start, "", $"is no valid YAML: {exception.Message}");
            throw errors.ToException();
        }
        catch (InvalidOperationException) // YamlDotNet's scanner, instead of a YamlException, on some broken flow mappings
        {
            errors.Add(file._parser.Current?.End ?? new Mark(0, 1, 1), "", "is no valid YAML from here on");
            throw errors.ToException();
        }
    }

    private static string ReadText(string path, ConfigErrors errors)
    {
        if (Directory.Exists(path))
            throw Unreadable(errors, "is a directory; a file is expected");

        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes } file)
                throw Unreadable(errors, $"has {file.Length} bytes; a configuration has at most {MaxBytes}");

            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            throw Unreadable(errors, "is not UTF-8 text; save it as UTF-8");
        }
        catch (UnauthorizedAccessException exception)
        {
            throw Unreadable(errors, $"cannot be read: {exception.Message}");
        }
    }

    private static VoiceForgeConfigException Unreadable(ConfigErrors errors, string text)
    {
        errors.Add(new Mark(0, 1, 1), "", text);
        return errors.ToException();
    }

    private ConfigNode ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
            return Empty(new Mark(0, 1, 1));

        var root = ReadNode("", depth: 0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            _errors.Add(second.Start, "", "a second document begins here; a configuration has one");
        return root;
    }

    private static ConfigNode Empty(Mark start) => new(start, Scalar: "", IsPlain: true);

    private ConfigNode ReadNode(string path, int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            _errors.Add(alias.Start, path, $"the alias '*{alias.Value}' is not allowed; write the value out");
            return Empty(alias.Start);
        }

        var node = _parser.Require<NodeEvent>();
        if (!node.Anchor.IsEmpty)
            _errors.Add(node.Start, path, $"the anchor '&{node.Anchor.Value}' is not allowed; write the value out");
        if (!node.Tag.IsEmpty)
            _errors.Add(node.Start, path, $"the tag '{node.Tag.Value}' is not allowed; write the plain value");
        if (depth > MaxDepth)
        {
            _errors.Add(node.Start, path, $"is nested deeper than {MaxDepth} levels");
            throw _errors.ToException(); // reading on would follow the nesting all the way down
        }

        return node switch
        {
            MappingStart => ReadMapping(path, depth),
            SequenceStart => ReadSequence(path, depth),
            _ => ReadScalar(path),
        };
    }

    private ConfigNode ReadScalar(string path)
    {
        var scalar = _parser.Consume<Scalar>();
        if (scalar.Value.Length > MaxScalar)
            _errors.Add(scalar.Start, path, $"has {scalar.Value.Length} characters; at most {MaxScalar} are allowed");
        return new ConfigNode(scalar.Start, scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private ConfigNode ReadSequence(string path, int depth)
    {
        var start = _parser.Consume<SequenceStart>().Start;
        while (!_parser.TryConsume<SequenceEnd>(out _))
            ReadNode(path, depth + 1);
        return new ConfigNode(start);
    }

    private ConfigNode ReadMapping(string path, int depth)
    {
        var start = _parser.Consume<MappingStart>().Start;
        var mapping = new Dictionary<string, (Mark, ConfigNode)>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(path, depth + 1);
            var keyPath = path.Length == 0 ? key.Scalar ?? "?" : $"{path}.{key.Scalar ?? "?"}";
            var value = ReadNode(keyPath, depth + 1);
            if (key.Scalar is null)
                _errors.Add(key.Start, path, "a key must be a plain name");
            else if (!mapping.TryAdd(key.Scalar, (key.Start, value)))
                _errors.Add(key.Start, keyPath, $"is written twice, first in line {mapping[key.Scalar].Item1.Line}; remove one");
        }

        return new ConfigNode(start, Mapping: mapping);
    }
}
