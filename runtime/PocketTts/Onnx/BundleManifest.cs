using System.Text.Json;
using System.Text.Json.Serialization;

namespace PocketTts.Onnx;

/// <summary>The file <c>bundle.json</c> of a published model (schema 2).</summary>
internal sealed record BundleManifest
{
    public const string FileName = "bundle.json";
    public const int SupportedSchema = 2;

    public int SchemaVersion { get; init; }
    public string BundleName { get; init; } = "";
    public string Language { get; init; } = "";
    public int SampleRate { get; init; } = 24000;
    public double FrameRate { get; init; } = 12.5;
    public int SamplesPerFrame { get; init; } = 1920;
    public int LatentDim { get; init; }
    public int ConditioningDim { get; init; }
    public int MaxTokenPerChunk { get; init; } = 50;
    public bool PadWithSpacesForShortInputs { get; init; }
    public bool RemoveSemicolons { get; init; }
    public int? ModelRecommendedFramesAfterEos { get; init; }
    public bool InsertBosBeforeVoice { get; init; }
    public string TokenizerFile { get; init; } = "tokenizer.model";
    public string? BosBeforeVoiceFile { get; init; }
    public IReadOnlyList<string> PredefinedVoices { get; init; } = [];
    public IReadOnlyList<StateManifestEntry> FlowLmStateManifest { get; init; } = [];
    public IReadOnlyList<StateManifestEntry> MimiStateManifest { get; init; } = [];

    /// <summary>What the model calls itself.</summary>
    [JsonIgnore]
    public string Name => BundleName.Length > 0 ? BundleName : Language;

    public static BundleManifest Parse(ReadOnlySpan<byte> json, string location)
    {
        BundleManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(json, BundleJsonContext.Default.BundleManifest);
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"'{location}' is not a bundle.json: {e.Message}", e);
        }

        if (manifest?.SchemaVersion != SupportedSchema)
            throw new InvalidDataException($"'{location}' has schema_version {manifest?.SchemaVersion}; this version reads {SupportedSchema}.");
        if (manifest.SamplesPerFrame < 1 || manifest.SampleRate < 1)
            throw new InvalidDataException(
                $"'{location}' says samples_per_frame {manifest.SamplesPerFrame} and sample_rate {manifest.SampleRate}; both must be 1 or more.");
        var isWhole = manifest is { BundleName: not null, Language: not null, TokenizerFile: not null, PredefinedVoices: not null }
            && IsWhole(manifest.FlowLmStateManifest) && IsWhole(manifest.MimiStateManifest);
        return isWhole ? manifest : throw new InvalidDataException($"'{location}' says null where a text or a list belongs.");
    }

    private static bool IsWhole(IReadOnlyList<StateManifestEntry> states) =>
        states is not null && states.All(s => s is { InputName: not null, OutputName: not null, Module: not null, Key: not null, Shape: not null });

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, BundleJsonContext.Default.BundleManifest);
}

/// <summary>What <c>bundle.json</c> says of one state.</summary>
internal sealed record StateManifestEntry(
    int Index, string InputName, string OutputName, string Module, string Key, string Path, IReadOnlyList<long> Shape, string Dtype, string Fill);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(BundleManifest))]
internal sealed partial class BundleJsonContext : JsonSerializerContext;
