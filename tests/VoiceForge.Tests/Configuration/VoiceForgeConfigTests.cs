using VoiceForge.Audio;
using VoiceForge.Configuration;

namespace VoiceForge.Tests.Configuration;

public sealed class VoiceForgeConfigTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("---\n")]
    [InlineData("audio:\nresources:\n  allocation: ~\n")]
    public void EmptyFileOrSection_HasTheDefaults(string yaml)
    {
        var config = Load(yaml);

        Assert.Equal(new AudioConfig(48000, 256, 1, AudioBackendKind.Auto, null, null, true), config.Audio);
        Assert.Equal(new ResourcesConfig(24, new AllocationConfig(2, 8, 4)), config.Resources);
        Assert.Equal(new BufferPoolConfig(100, 480000), config.BufferPool);
        Assert.Equal(new ProcessingConfig("harvest", 20, new FailsafeConfig(5, true, FailsafeMode.Auto)), config.Processing);
        Assert.Equal(new DebugConfig(new SnapshotsConfig(true, true, false)), config.Debug);
    }

    [Fact]
    public void EveryKey_IsRead()
    {
        var config = Load("""
            audio:
              sample_rate: 44100
              buffer_size: 128
              channels: 2
              backend: wav
              input: "in put.wav"
              output: out.wav
              wav_realtime: false
              validate_devices_on_startup: true
            resources:
              total_ram_gb: 16
              allocation:
                audio_buffers_gb: 0.5
                model_cache_gb: 1e0
                feature_cache_gb: 0
            buffer_pool:
              num_slots: 10
              slot_size_samples: 128
            processing:
              f0_method: yin
              target_latency_ms: 12.5
              latency:
                critical_threshold_ms: 80
              failsafe:
                max_consecutive_errors: 3
                auto_recover: false
                mode: hold
            debug:
              snapshots:
                on_error: false
                on_latency_spike: false
                audio: true
            """);

        Assert.Equal(new AudioConfig(44100, 128, 2, AudioBackendKind.Wav, "in put.wav", "out.wav", false, true), config.Audio);
        Assert.Equal(new ResourcesConfig(16, new AllocationConfig(0.5, 1, 0)), config.Resources);
        Assert.Equal(new BufferPoolConfig(10, 128), config.BufferPool);
        Assert.Equal(new ProcessingConfig("yin", 12.5, new FailsafeConfig(3, false, FailsafeMode.Hold), 80), config.Processing);
        Assert.Equal(new DebugConfig(new SnapshotsConfig(false, false, true)), config.Debug);
    }

    [Fact]
    public void AllErrors_ComeAtOnceInTheOrderOfTheirLines()
    {
        var errors = Errors("""
            audio:
              sample_rate: 4800
              bufer_size: 256
              backend: wave
            procesing: {}
            debug:
              snapshots:
                on_error: yes
            """);

        Assert.Equal(
            [
                "config.yaml(2,16): audio.sample_rate: '4800' is not allowed; expected a whole number from 8000 to 192000",
                "config.yaml(3,3): audio.bufer_size: is not known (did you mean 'buffer_size'?); allowed here: backend, buffer_size, channels, input, output, sample_rate, validate_devices_on_startup, wav_realtime",
                "config.yaml(4,12): audio.backend: 'wave' is not allowed; expected auto, wav, loopback, portaudio, naudio (did you mean 'wav'?)",
                "config.yaml(5,1): procesing: is not known (did you mean 'processing'?); allowed here: audio, buffer_pool, cache, debug, processing, resources",
                "config.yaml(8,15): debug.snapshots.on_error: 'yes' is not allowed; expected true or false",
            ],
            errors);
    }

    [Theory]
    [InlineData("audio: {buffer_size: 31}")]
    [InlineData("audio: {buffer_size: 4097}")]
    [InlineData("audio: {buffer_size: 256.0}")]
    [InlineData("audio: {buffer_size: 0400}")]
    [InlineData("audio: {buffer_size: 0x100}")]
    [InlineData("audio: {buffer_size: 2_56}")]
    [InlineData("audio: {buffer_size: \"256\"}")]
    [InlineData("audio: {buffer_size: [256]}")]
    [InlineData("audio: {buffer_size: 99999999999999999999}")]
    [InlineData("audio: {channels: 3}")]
    [InlineData("audio: {backend: [wav]}")]
    [InlineData("audio: {wav_realtime: 1}")]
    [InlineData("audio: {wav_realtime: True}")]
    [InlineData("audio: {input: {a: b}}")]
    [InlineData("audio: 48000")]
    [InlineData("audio: [sample_rate]")]
    [InlineData("processing: {target_latency_ms: .nan}")]
    [InlineData("processing: {target_latency_ms: .inf}")]
    [InlineData("processing: {target_latency_ms: 1e309}")]
    [InlineData("processing: {target_latency_ms: -1}")]
    [InlineData("processing: {target_latency_ms: 010}")]
    [InlineData("processing: {f0_method: Harvest}")]
    [InlineData("processing: {latency: {critical_threshold_ms: 20}}")] // no more than processing.target_latency_ms
    [InlineData("cache: {model_cache: {max_size_gb: -1}}")]
    [InlineData("cache: {model_cache: {max_size_gb: 1}, max_size_gb: 2}")]
    [InlineData("processing: {failsafe: {max_consecutive_errors: 0}}")]
    [InlineData("processing: {failsafe: {mode: loud}}")]
    [InlineData("buffer_pool: {slot_size_samples: 255}")] // less than audio.buffer_size
    [InlineData("resources: {allocation: {audio_buffers_gb: 0.01}}")]
    public void ValueOutsideItsRange_IsOneError(string yaml) => Assert.Single(Errors(yaml), error => error.StartsWith("config.yaml(1,", StringComparison.Ordinal));

    [Fact]
    public void PoolLargerThanItsShare_SaysHowManySlotsFit()
    {
        var errors = Errors("""
            resources:
              allocation:
                audio_buffers_gb: 0.1
            """);

        var error = Assert.Single(errors);
        Assert.StartsWith("config.yaml(1,1): buffer_pool.num_slots: 100 slots of 480000 frames need 0.179 GiB", error);
        Assert.Contains("at most 55 slots fit", error);
    }

    [Fact]
    public void OtherSpellingOfTheCacheSizes_IsReadUnlessBothAreWritten()
    {
        Assert.Equal((3, 1), Load("cache: {model_cache: {max_size_gb: 3}, feature_cache: {max_size_gb: 1}}").Resources.Allocation is var own ? (own.ModelCacheGb, own.FeatureCacheGb) : default);

        Assert.Equal(
            ["config.yaml(1,36): cache.model_cache.max_size_gb: is another name of 'resources.allocation.model_cache_gb', which is written, too; keep that one"],
            Errors("cache: {model_cache: {max_size_gb: 3}}\nresources: {allocation: {model_cache_gb: 3}}"));
    }

    [Theory]
    [InlineData("", 40)]
    [InlineData("processing: {target_latency_ms: 12}", 40)]
    [InlineData("processing: {target_latency_ms: 100}", 200)]
    public void CriticalLatency_DefaultsAboveTheTarget(string yaml, double expected) => Assert.Equal(expected, Load(yaml).Processing.CriticalLatencyMs);

    [Fact]
    public void SharesLargerThanTheMemory_AreRefused() =>
        Assert.Contains("add up to 14 GiB, more than 'resources.total_ram_gb', 8", Assert.Single(Errors("resources: {total_ram_gb: 8}")));

    [Theory]
    [InlineData("audio: &a {channels: 1}", "anchor '&a'")]
    [InlineData("audio: {input: &a x}\ndebug: *a", "alias '*a'")]
    [InlineData("audio: !!map {channels: 1}", "tag")]
    [InlineData("audio: {channels: 1, channels: 2}", "written twice, first in line 1")]
    [InlineData("audio: {}\naudio: {}", "written twice, first in line 1")]
    [InlineData("audio: {}\n---\naudio: {}", "second document")]
    [InlineData("a: {a: {a: {a: {a: {a: {a: {a: {a: {a: 1}}}}}}}}}}", "nested deeper")]
    [InlineData("audio: {channels: 1", "no valid YAML")]
    [InlineData("audio:\n\tchannels: 1", "no valid YAML")]
    [InlineData("audio: {s[mple_rate: 48000-0backend: 1}", "no valid YAML")]
    [InlineData("? {a: 1}\n: 2", "plain name")]
    public void WhatAConfigurationHasNoUseFor_IsRefusedWithItsPlace(string yaml, string named) =>
        Assert.Contains(Errors(yaml), error => error.Contains(named, StringComparison.Ordinal) && !error.StartsWith("config.yaml(0,", StringComparison.Ordinal));

    [Fact]
    public void UnreadableFile_IsRefusedWithTheReason()
    {
        Assert.Throws<FileNotFoundException>(() => VoiceForgeConfig.Load(_folder.PathOf("none.yaml")));

        _folder.Write("config.yaml", [0xC3, 0x28]);
        Assert.Contains("UTF-8", Assert.Throws<VoiceForgeConfigException>(() => VoiceForgeConfig.Load(_folder.PathOf("config.yaml"))).Message);

        Assert.Contains("at most 65536", Assert.Single(Errors(new string('#', 70_000))));

        Directory.CreateDirectory(_folder.PathOf("folder.yaml"));
        Assert.Contains("directory", Assert.Throws<VoiceForgeConfigException>(() => VoiceForgeConfig.Load(_folder.PathOf("folder.yaml"))).Message);
    }

    [Fact]
    public void ByteOrderMark_IsTolerated() => Assert.Equal(2, Load("\uFEFFaudio: {channels: 2}\nresources: {allocation: {audio_buffers_gb: 4}}").Audio.Channels);

    [Fact]
    public void AnyMutilatedFile_GivesErrorsOrAConfigButNothingElse()
    {
        const string replacements = ":{}[]&*!|>'\"%@`,?- \n\t0x";
        const string whole = "audio: {sample_rate: 48000, backend: \"wav\"}\nbuffer_pool:\n  num_slots: 4 # few\n";
        var random = new Random(20260101);
        for (var round = 0; round < 2000; round++)
        {
            var text = whole.ToCharArray();
            for (var change = 0; change < 3; change++)
                text[random.Next(text.Length)] = replacements[random.Next(replacements.Length)];
            _folder.Write("config.yaml", new string(text));

            var exception = Record.Exception(() => VoiceForgeConfig.Load(_folder.PathOf("config.yaml")));

            Assert.True(exception is null or VoiceForgeConfigException { Errors.Count: > 0 }, $"{new string(text)}\n{exception}");
        }
    }

    private VoiceForgeConfig Load(string yaml) => VoiceForgeConfig.Load(_folder.Write("config.yaml", yaml));

    private IReadOnlyList<string> Errors(string yaml) => Assert.Throws<VoiceForgeConfigException>(() => Load(yaml)).Errors;
}
