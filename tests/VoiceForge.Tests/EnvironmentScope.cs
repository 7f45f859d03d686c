namespace VoiceForge.Tests;

/// <summary>A temporary working directory with environment variables, undone at the end. Only in <see cref="EnvironmentCollection"/>.</summary>
internal sealed class EnvironmentScope : IDisposable
{
    private static readonly string[] Variables = ["VOICEFORGE_BACKEND", "VOICEFORGE_INPUT", "VOICEFORGE_OUTPUT"];

    private readonly string _workingDirectory = Environment.CurrentDirectory;
    private readonly string?[] _values = Array.ConvertAll(Variables, Environment.GetEnvironmentVariable);

    public EnvironmentScope()
    {
        Environment.CurrentDirectory = Path.GetDirectoryName(Folder.PathOf("x"))!;
        Set(null);
    }

    public TemporaryFolder Folder { get; } = new();

    public void Set(string? backend, string? input = null, string? output = null)
    {
        Environment.SetEnvironmentVariable(Variables[0], backend);
        Environment.SetEnvironmentVariable(Variables[1], input);
        Environment.SetEnvironmentVariable(Variables[2], output);
    }

    public void Dispose()
    {
        Environment.CurrentDirectory = _workingDirectory;
        Set(_values[0], _values[1], _values[2]);
        Folder.Dispose();
    }
}
