using YamlDotNet.Core;

namespace VoiceForge.Configuration;

/// <summary>A value of the file: a scalar, a mapping, or (with neither) a list.</summary>
/// <param name="Start">Where it begins.</param>
/// <param name="Scalar">The text of a scalar.</param>
/// <param name="IsPlain">Whether the scalar stands without quotes.</param>
/// <param name="Mapping">The keys of a mapping, in order, each with the place of its name.</param>
internal sealed record ConfigNode(
    Mark Start, string? Scalar = null, bool IsPlain = false, IReadOnlyDictionary<string, (Mark KeyStart, ConfigNode Value)>? Mapping = null)
{
    public bool IsNull => IsPlain && Scalar is "" or "~" or "null";
}
