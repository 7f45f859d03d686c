using VoiceForge.Audio;
using VoiceForge.Configuration;

namespace VoiceForge.Tests.Audio;

[Collection(EnvironmentCollection.Name)]
public sealed class AudioBackendSelectionTests : IDisposable
{
    private readonly EnvironmentScope _environment = new();

    public void Dispose() => _environment.Dispose();

    [NoAudioDeviceFact]
    public void NothingSet_SaysWhatToSet()
    {
        using var pool = new BufferPool(4096, 1);
        using var stream = new AudioStreamV2(0, 1, pool);

        Assert.False(stream.Start());

        Assert.Contains("VOICEFORGE_BACKEND=wav", stream.LastError);
        Assert.Contains("audio.backend", stream.LastError);
    }

    [Theory]
    [InlineData("loopback")]
    [InlineData("LoopBack")]
    public void Environment_WinsOverTheConfiguration(string name)
    {
        _environment.Folder.Write("config.yaml", "audio: {backend: wav, input: in.wav, output: out.wav}");
        _environment.Set(name);

        Assert.IsType<LoopbackBackend>(AudioBackendSelection.Create());
    }

    [Fact]
    public void Configuration_FillsWhatTheEnvironmentLeavesOpen()
    {
        _environment.Folder.Write("config.yaml", "audio: {backend: loopback, input: in.wav}");
        _environment.Set("wav", output: "result.wav");

        using var backend = AudioBackendSelection.Create();

        Assert.Equal(["in.wav", "result.wav"], backend.Devices.Select(device => device.Name));
    }

    [Theory]
    [InlineData("wav", null, "out.wav", "VOICEFORGE_INPUT")]
    [InlineData("wav", "in.wav", null, "VOICEFORGE_OUTPUT")]
    [InlineData("wav", "a.wav", "a.wav", "same file")]
    [InlineData("asio", null, null, "'asio'")]
    [InlineData("naudio", null, null, "VoiceForge.NAudio")] // a package that these tests do not reference
    [InlineData("1", null, null, "'1'")]
    public void UnusableSetting_IsNamed(string backend, string? input, string? output, string named)
    {
        _environment.Set(backend, input, output);

        Assert.Contains(named, Assert.Throws<AudioBackendException>(() => AudioBackendSelection.Create()).Message);
    }

    [Fact]
    public void BrokenConfiguration_IsTheReason()
    {
        _environment.Folder.Write("config.yaml", "audio: {backend: wave}");

        Assert.Contains("config.yaml(1,18)", Assert.Throws<AudioBackendException>(() => AudioBackendSelection.Create()).Message);
    }

    [Fact]
    public void NamedDevice_IsFoundByIndexOrNameAndOnlyInItsDirection()
    {
        using var backend = new VirtualBackend();

        Assert.Equal(7, AudioBackendSelection.FindDevice(backend, "speaker", isInput: false));
        Assert.Equal(7, AudioBackendSelection.FindDevice(backend, "7", isInput: false));
        Assert.Equal(-1, AudioBackendSelection.FindDevice(backend, null, isInput: true));
        Assert.Contains("0 'microphone'", Assert.Throws<AudioBackendException>(() => AudioBackendSelection.FindDevice(backend, "speaker", isInput: true)).Message);
    }

    [Theory]
    [InlineData(-1, null, null, -1)] // the default
    [InlineData(7, null, "speaker", 7)]
    [InlineData(-1, null, "speaker", 7)]
    [InlineData(3, "speaker", null, 7)]
    [InlineData(3, "7", "another", 7)]
    public void Output_IsTheEnvironmentsThenTheStreamsThenTheConfigurations(int own, string? environment, string? configured, int expected)
    {
        using var backend = new VirtualBackend();
        _environment.Set("auto", input: null, output: environment);

        var chosen = AudioBackendSelection.ChooseDevices(backend, new AudioStreamFormat(-1, own, 48000, 256, 1), new AudioConfig(Output: configured));

        Assert.Equal((-1, expected), (chosen.InputDeviceIndex, chosen.OutputDeviceIndex));
    }

    [Fact]
    public void DeviceOfTheEnvironmentThatIsNotThere_IsNamedWithItsVariable()
    {
        using var backend = new VirtualBackend();
        _environment.Set("auto", input: "headset", output: null);

        var message = Assert.Throws<AudioBackendException>(() => AudioBackendSelection.ChooseDevices(backend, new AudioStreamFormat(0, 7, 48000, 256, 1), new AudioConfig())).Message;

        Assert.Contains("'headset'", message);
        Assert.Contains("VOICEFORGE_INPUT", message);
    }

    [Fact]
    public void Files_AreNotLookedForAmongDevices()
    {
        using var backend = new LoopbackBackend();
        _environment.Set("loopback", input: "in.wav", output: null);
        var format = new AudioStreamFormat(0, 1, 48000, 256, 1);

        Assert.Equal(format, AudioBackendSelection.ChooseDevices(backend, format, config: null));
    }

    [Fact]
    public void ConfigurationObject_IsUsedAsGiven() =>
        Assert.IsType<LoopbackBackend>(AudioBackendSelection.Create(new AudioConfig(Backend: AudioBackendKind.Loopback)));
}
