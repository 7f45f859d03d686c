namespace VoiceForge;

/// <summary>A configuration file cannot be used. The message has a line for each error: <c>config.yaml(line,column): key.path: what is wrong, what is allowed</c>.</summary>
public sealed class VoiceForgeConfigException : Exception
{
    internal VoiceForgeConfigException(IReadOnlyList<string> errors)
        : base(string.Join(Environment.NewLine, errors)) => Errors = errors;

    /// <summary>The lines of the message; at least one.</summary>
    public IReadOnlyList<string> Errors { get; }
}
