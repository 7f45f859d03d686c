using System.Text;

namespace VoiceForge.Tests.FaultsOfModels;

/// <summary>Faults 62 to 65 of docs/faults.md.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class ConfigFaultTests : IDisposable
{
    private readonly EnvironmentScope _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void F62_MissingFile_MakesInitializeFalse()
    {
        using var app = new VoiceForgeAppV2();

        Assert.False(app.Initialize());
        Assert.Contains("migrationkit config init", app.LastError, StringComparison.Ordinal);
    }

    public static TheoryData<byte[], string> UnusableFiles() => new()
    {
        { [0xC3, 0x28], "config.yaml(1,1): is not UTF-8 text; save it as UTF-8" },
        { Encoding.Unicode.GetPreamble(), "config.yaml(1,1): is not UTF-8 text; save it as UTF-8" },
        { [.. "audio: {channels: 1"u8], "config.yaml(2,1): is no valid YAML" },
        { [.. "audio: {channels: 9}"u8], "config.yaml(1,19): audio.channels: '9' is not allowed; expected a whole number from 1 to 2" },
    };

    [Theory]
    [MemberData(nameof(UnusableFiles))]
    public void F62_UnusableFile_MakesInitializeFalseWithItsPlace(byte[] content, string expected)
    {
        _environment.Folder.Write("config.yaml", content);
        using var app = new VoiceForgeAppV2();

        Assert.False(app.Initialize());
        Assert.StartsWith(expected, app.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public void F62_HundredMegabytes_AreRefusedUnread()
    {
        using (var file = File.Create(_environment.Folder.PathOf("config.yaml")))
            file.SetLength(100 << 20);
        using var app = new VoiceForgeAppV2();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.False(app.Initialize());

        Assert.Contains("at most 65536", app.LastError, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
    }

    [Fact]
    public void F62_EmptyFileOrByteOrderMark_IsAllDefaults()
    {
        var config = Load("");

        Assert.Equal(config.Audio, Load("\uFEFF").Audio);
        Assert.Equal(256, config.Audio.BufferSize);
    }

    [Theory]
    [InlineData("audio: {sampel_rate: 48000}", "audio.sampel_rate: is not known (did you mean 'sample_rate'?)")]
    [InlineData("audio: {channels: 1, channels: 1}", "audio.channels: is written twice")]
    [InlineData("audio: {channels: one}", "expected a whole number from 1 to 2")]
    [InlineData("processing: {target_latency_ms: .nan}", "expected a number from 1 to 500")]
    [InlineData("processing: {target_latency_ms: .inf}", "expected a number from 1 to 500")]
    [InlineData("processing: {target_latency_ms: -1}", "expected a number from 1 to 500")]
    [InlineData("processing: {target_latency_ms: 1e309}", "expected a number from 1 to 500")]
    [InlineData("audio: {wav_realtime: no}", "expected true or false")]
    [InlineData("audio: {buffer_size: 010}", "expected a whole number from 32 to 4096")]
    [InlineData("audio: {buffer_size: 0x10}", "expected a whole number from 32 to 4096")]
    public void F63_WrongKeyOrValue_IsRefusedWithWhatIsAllowed(string yaml, string expected) =>
        Assert.Contains(expected, Assert.Throws<VoiceForgeConfigException>(() => Load(yaml)).Message, StringComparison.Ordinal);

    public static TheoryData<string> Bombs()
    {
        var laughs = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var level = 1; level < 20; level++)
            laughs.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{level}: &a{level} [{string.Join(", ", Enumerable.Repeat($"*a{level - 1}", 10))}]\n");
        return
        [
            laughs.ToString(),
            new string('[', 60_000),
            string.Concat(Enumerable.Repeat("{a: ", 15_000)),
            "audio: !!python/object/apply:os.system [echo]",
            "audio: !<tag:yaml.org,2002:map> {}",
        ];
    }

    [Theory]
    [MemberData(nameof(Bombs))]
    public void F64_AliasBombNestingOrTag_IsRefusedInLittleMemory(string yaml)
    {
        Assert.Throws<VoiceForgeConfigException>(() => Load("audio: *a")); // what is allocated once is allocated here
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Throws<VoiceForgeConfigException>(() => Load(yaml));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 10 << 20);
    }

    [Fact]
    public void F65_SizesThatDoNotFitEachOther_AreRefusedWithWhatWould()
    {
        Assert.Contains("at most 27 slots fit", Error("resources: {allocation: {audio_buffers_gb: 0.05}}"), StringComparison.Ordinal);
        Assert.Contains("add up to 14 GiB, more than 'resources.total_ram_gb', 8", Error("resources: {total_ram_gb: 8}"), StringComparison.Ordinal);
    }

    private string Error(string yaml) => Assert.Throws<VoiceForgeConfigException>(() => Load(yaml)).Message;

    private VoiceForgeConfig Load(string yaml) => VoiceForgeConfig.Load(_environment.Folder.Write("config.yaml", yaml));
}
