namespace PocketTts.Voices;

/// <summary>A voice out of a safetensors file: audio rows (<c>audio_prompt</c>), or the state of a model (<c>module/cache</c> for each layer).</summary>
/// <param name="Location">For messages.</param>
/// <param name="Model">The model it was made for, if the file says so.</param>
/// <param name="Tensors">Those of 32-bit floats, by name.</param>
internal sealed record VoiceFile(string Location, string? Model, IReadOnlyDictionary<string, SafeTensor> Tensors)
{
    public const string CacheSuffix = "/cache", PositionSuffix = "/offset";
    private const string PromptName = "audio_prompt", OldPositionSuffix = "/current_end";

    /// <summary>Single integers, by name.</summary>
    public IReadOnlyDictionary<string, long> Integers { get; init; } = new Dictionary<string, long>();

    public SafeTensor? Prompt => Tensors.GetValueOrDefault(PromptName);

    public int Layers => Tensors.Keys.Count(k => k.EndsWith(CacheSuffix, StringComparison.Ordinal));

    public bool HoldsState => Layers > 0;

    public static VoiceFile OfPrompt(float[] rows, int width) =>
        new("", null, new Dictionary<string, SafeTensor> { [PromptName] = new(PromptName, [1, rows.Length / width, width], rows) });

    /// <summary>How many positions a layer uses: newer files say it, older ones have a tensor of that length, else all are.</summary>
    public int PositionsOf(string module, SafeTensor cache)
    {
        var positions = Integers.TryGetValue(module + PositionSuffix, out var offset) ? offset
            : Tensors.TryGetValue(module + OldPositionSuffix, out var end) && end.Shape is [var length] ? length
            : cache.Shape[2];
        return positions is >= 0 and <= int.MaxValue ? (int)positions : -1;
    }

    public InvalidDataException Foreign(string why) => new($"'{Location}' is a voice of another model: {why}.");
}
