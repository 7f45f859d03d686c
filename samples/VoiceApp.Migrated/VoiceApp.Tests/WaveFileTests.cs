using VoiceApp.Core;

namespace VoiceApp.Tests;

public sealed class WaveFileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void WrittenSamples_AreReadBack()
    {
        WaveFile.Write(_path, [0f, -1f, 0.25f], sampleRate: 24000);

        Assert.Equal([0f, -1f, 0.25f], WaveFile.Read(_path, out var sampleRate));
        Assert.Equal(24000, sampleRate);
        Assert.Equal(3, WaveFile.CountSamples(_path));
    }

    [Fact]
    public void OtherFile_IsRefused()
    {
        File.WriteAllText(_path, "Not a sound at all.");

        Assert.Throws<InvalidDataException>(() => WaveFile.Read(_path, out _));
    }

    public void Dispose() => File.Delete(_path);
}
