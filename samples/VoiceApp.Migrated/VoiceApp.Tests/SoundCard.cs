using VoiceApp.Core;

namespace VoiceApp.Tests;

/// <summary>Two files in place of microphone and loudspeaker.</summary>
public sealed class SoundCard : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("VoiceApp.Tests");

    public SoundCard()
    {
        Environment.SetEnvironmentVariable("VOICEFORGE_BACKEND", "wav");
        Environment.SetEnvironmentVariable("VOICEFORGE_INPUT", InputPath);
        Environment.SetEnvironmentVariable("VOICEFORGE_OUTPUT", OutputPath);
    }

    public string OutputPath => Path.Combine(_folder.FullName, "played.wav");

    private string InputPath => Path.Combine(_folder.FullName, "spoken.wav");

    /// <summary>What the microphone will hear.</summary>
    public void Record(TimeSpan length) =>
        WaveFile.Write(InputPath, TestSignal.Create(length, AudioChain.SampleRate), AudioChain.SampleRate);

    public void Unplug() => File.Delete(InputPath);

    public void Dispose() => _folder.Delete(recursive: true);
}
