using YamlDotNet.Core;

namespace VoiceForge.Configuration;

/// <summary>Collects the errors of one file, in the order of their lines.</summary>
internal sealed class ConfigErrors(string fileName)
{
    private readonly List<(long Line, long Column, string Text)> _errors = [];

    public void Add(Mark mark, string keyPath, string text) =>
        _errors.Add((mark.Line, mark.Column, keyPath.Length == 0 ? text : $"{keyPath}: {text}"));

    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
            throw ToException();
    }

    public VoiceForgeConfigException ToException() => new(
        [.. _errors.OrderBy(error => error.Line).ThenBy(error => error.Column).Select(error => $"{fileName}({error.Line},{error.Column}): {error.Text}")]);
}
