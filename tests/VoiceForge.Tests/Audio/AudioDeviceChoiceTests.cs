using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class AudioDeviceChoiceTests
{
    private static readonly AudioDevice[] Devices =
    [
        new(0, "microphone", 1, 0, IsDefaultInput: true, IsDefaultOutput: false),
        new(1, "interface", 8, 8, IsDefaultInput: false, IsDefaultOutput: false),
        new(2, "speaker", 0, 2, IsDefaultInput: false, IsDefaultOutput: true),
    ];

    [Theory]
    [InlineData(-1, true, 1, 0)]
    [InlineData(-1, false, 2, 2)]
    [InlineData(1, true, 8, 1)]
    [InlineData(1, false, 2, 1)]
    public void UsableDevice_IsFound(int index, bool isInput, int channels, int expected) =>
        Assert.Equal(expected, AudioDeviceChoice.Find(Devices, index, channels, isInput).Index);

    [Theory]
    [InlineData(999, true, 1, "'999'; use -1 for the default, or one of: 0 'microphone', 1 'interface'")]
    [InlineData(-2, false, 1, "'-2'; use -1 for the default, or one of: 1 'interface', 2 'speaker'")]
    [InlineData(0, false, 1, "0 'microphone' is no output; use one of: 1 'interface', 2 'speaker'")]
    [InlineData(2, true, 1, "2 'speaker' is no input")]
    [InlineData(-1, true, 2, "0 'microphone' has 1 channel(s), the stream needs 2")]
    public void UnusableDevice_IsRefusedWithWhatThereIs(int index, bool isInput, int channels, string expected) =>
        Assert.Contains(expected, Assert.Throws<AudioBackendException>(() => AudioDeviceChoice.Find(Devices, index, channels, isInput)).Message);

    [Fact]
    public void WithoutDevices_ThereIsNoDefault() =>
        Assert.Contains("no default audio input; name one of: none", Assert.Throws<AudioBackendException>(() => AudioDeviceChoice.Find([], -1, 1, isInput: true)).Message);
}
