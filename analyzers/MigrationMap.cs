using System;
using System.Collections.Immutable;
using System.Linq;

namespace MigrationKit.Analyzers;

/// <summary>The V1 → V2 table: the only place that knows V1's names, signatures and defaults.</summary>
public static class MigrationMap
{
    internal const string TtsModel = "PocketTts.TtsModel";

    /// <summary>The libraries that are migrated.</summary>
    public static ImmutableArray<MigratedLibrary> Libraries { get; } = ImmutableArray.Create(
        new MigratedLibrary(
            "VoiceForge", new Version(2, 0, 0), "[2.0.0,3.0.0)",
            ImmutableArray.Create("RingBuffer", "AudioStream", "VoiceForgeApp", "ModelLoader"),
            ImmutableArray.Create("Read", "Write", "Start", "Initialize", "StartGoldenPath", "LoadModel")),
        new MigratedLibrary(
            "PocketTts", new Version(1, 0, 0), "[1.0.0,2.0.0)",
            ImmutableArray.Create("TtsModel"),
            ImmutableArray.Create("LoadVoice", "Generate", "Stream", "LoadModel")));

    /// <summary>Types whose every mention changes.</summary>
    internal static ImmutableArray<RenamedType> RenamedTypes { get; } = ImmutableArray.Create(
        new RenamedType(RuleIds.RingBuffer, "VoiceForge.Audio.RingBuffer", "VoiceForge.Audio.TripleBuffer"),
        new RenamedType(RuleIds.AudioStream, "VoiceForge.Audio.AudioStream", "VoiceForge.Audio.AudioStreamV2"),
        new RenamedType(RuleIds.VoiceForgeApp, "VoiceForge.VoiceForgeApp", "VoiceForge.VoiceForgeAppV2"));

    /// <summary>What a RingBuffer becomes where no sample may be lost.</summary>
    internal static RenamedType RingBufferAsQueue { get; } = new(RuleIds.RingBufferAsQueue, "VoiceForge.Audio.RingBuffer", KnownTypes.SampleQueue);

    /// <summary>Methods that only change their name.</summary>
    internal static ImmutableArray<RenamedMethod> RenamedMethods { get; } = ImmutableArray.Create(
        new RenamedMethod(TtsModel, Old: "LoadVoice", New: "GetStateForAudioPrompt", new Signature(
            ImmutableArray.Create("voice"), ImmutableArray.Create("audioConditioning"), ImmutableArray.Create("audioConditioning"))),
        new RenamedMethod(TtsModel, Old: "Generate", New: "GenerateAudio", VoiceAndText),
        new RenamedMethod(TtsModel, Old: "Stream", New: "GenerateAudioStream", VoiceAndText));

    /// <summary>Methods of V2 whose result says whether they worked; V1's returned nothing and threw.</summary>
    internal static ImmutableArray<CheckedMethod> CheckedMethods { get; } = ImmutableArray.Create(
        new CheckedMethod("VoiceForge.Audio.AudioStreamV2", "VoiceForge.Audio.AudioStream", "Start", "Audio stream failed to start."),
        new CheckedMethod("VoiceForge.Audio.IAudioStream", null, "Start", "Audio stream failed to start."),
        new CheckedMethod("VoiceForge.VoiceForgeAppV2", "VoiceForge.VoiceForgeApp", "Initialize", "Init failed"),
        new CheckedMethod("VoiceForge.VoiceForgeAppV2", "VoiceForge.VoiceForgeApp", "StartGoldenPath", "Start failed"));

    /// <summary>Members of Pocket TTS that have an asynchronous form, called <c>…Async</c>.</summary>
    internal static ImmutableArray<string> AwaitableMethods { get; } = ImmutableArray.Create("LoadModel", "GenerateAudio", "GenerateAudioStream");

    /// <summary>Sizes that V1 code wrote into its calls and V2 reads from <c>config.yaml</c>.</summary>
    internal static ImmutableArray<ConfiguredParameter> ConfiguredParameters { get; } = ImmutableArray.Create(
        new ConfiguredParameter(KnownTypes.AudioStreamV2, "sampleRate", "audio.sample_rate", "Audio.SampleRate", 8000, 192000),
        new ConfiguredParameter(KnownTypes.AudioStreamV2, "bufferSize", "audio.buffer_size", "Audio.BufferSize", 32, 4096),
        new ConfiguredParameter(KnownTypes.ModelCache, "maxCacheSizeGb", "resources.allocation.model_cache_gb", "Resources.Allocation.ModelCacheGb", 0, 1024),
        new ConfiguredParameter(KnownTypes.FeatureCache, "maxCacheSizeGb", "resources.allocation.feature_cache_gb", "Resources.Allocation.FeatureCacheGb", 0, 1024));

    /// <summary>Calls whose parameters were renamed or moved, by the old type.</summary>
    internal static Signature RingBufferConstructor { get; } = new(
        ImmutableArray.Create("capacitySamples", "channels"),
        ImmutableArray.Create("bufferSize", "channels"),
        ImmutableArray.Create("bufferSize", "channels"));

    internal static Signature AudioStreamConstructor { get; } = new(
        ImmutableArray.Create("inputDeviceIndex", "outputDeviceIndex", "sampleRate", "bufferSize"),
        ImmutableArray.Create("inputDeviceIndex", "outputDeviceIndex", "sampleRate", "bufferSize"),
        ImmutableArray.Create("inputDeviceIndex", "outputDeviceIndex", "bufferPool", "sampleRate", "bufferSize"));

    internal static Signature TtsModelFactory { get; } = new(
        ImmutableArray.Create("variant", "temp", "steps", "eos"),
        ImmutableArray.Create("variant", "temp", "lsdDecodeSteps", "eosThreshold"),
        ImmutableArray.Create("variant", "temp", "lsdDecodeSteps", "noiseClamp", "eosThreshold"));

    private static Signature VoiceAndText => new(
        ImmutableArray.Create("voiceState", "text"), ImmutableArray.Create("voiceState", "text"), ImmutableArray.Create("voiceState", "text"));

    internal static RenamedType RenamedTypeOf(string rule) => RenamedTypes.Single(row => row.Rule == rule);

    internal static MigratedLibrary VoiceForge => Libraries[0];

    internal static MigratedLibrary PocketTts => Libraries[1];
}

/// <summary>A type that has a successor of another name in the same namespace.</summary>
internal sealed record RenamedType(string Rule, string Old, string New)
{
    public string OldName { get; } = Old.Substring(Old.LastIndexOf('.') + 1);

    public string NewName { get; } = New.Substring(New.LastIndexOf('.') + 1);

    public string Namespace { get; } = Old.Substring(0, Old.LastIndexOf('.'));
}

/// <summary>A method that has a successor with the same number, order and types of parameters.</summary>
/// <param name="Parameters">How their names map.</param>
internal sealed record RenamedMethod(string Type, string Old, string New, Signature Parameters);

/// <summary>A method whose <see langword="bool"/> result must be looked at.</summary>
internal sealed record CheckedMethod(string Type, string? OldType, string Name, string Message);

/// <summary>A constructor parameter whose value belongs into <c>config.yaml</c>.</summary>
/// <param name="Key">Path of the key in the file.</param>
/// <param name="Member">Path of the member of <c>VoiceForgeConfig</c>.</param>
/// <param name="Least">The smallest value that the file may hold.</param>
/// <param name="Most">The greatest.</param>
internal sealed record ConfiguredParameter(string Type, string Name, string Key, string Member, double Least, double Most)
{
    public string TypeName => Type.Substring(Type.LastIndexOf('.') + 1);
}

/// <summary>How the parameters of a V1 call map to those of its V2 form.</summary>
/// <param name="Old">V1's parameter names in order.</param>
/// <param name="New">The V2 name of each V1 parameter.</param>
/// <param name="NewOrder">V2's parameter names in order.</param>
internal sealed record Signature(ImmutableArray<string> Old, ImmutableArray<string> New, ImmutableArray<string> NewOrder);
