namespace PocketTts;

/// <summary>The ranges that the properties of the options document.</summary>
internal static class OptionChecks
{
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static void Check(TtsModelOptions options)
    {
        Require(double.IsFinite(options.Temp) && options.Temp >= 0, "temp", options.Temp, "a finite number, 0 or more");
        Require(options.LsdDecodeSteps >= 1, "lsdDecodeSteps", options.LsdDecodeSteps, "1 or more");
        Require(
            options.NoiseClamp is null or > 0,
            "noiseClamp",
            options.NoiseClamp,
            "greater than 0, or null for none; a negative number here is usually meant as eosThreshold, so write 'eosThreshold:' before it");
        Require(!double.IsNaN(options.EosThreshold), "eosThreshold", options.EosThreshold, "a number");
        Require(Enum.IsDefined(options.Precision), "Precision", options.Precision, "Auto, Float32 or Int8");
        Require(options.Threads >= 1, "Threads", options.Threads, "1 or more");
        Require(options.MinFramesBeforeEos >= 0, "MinFramesBeforeEos", options.MinFramesBeforeEos, "0 or more");
    }

    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public static void Check(GenerationOptions options)
    {
        Require(options.FramesAfterEos is null or >= 0, "FramesAfterEos", options.FramesAfterEos, "0 or more, or null for the model's own");
        Require(options.MaxTokens >= 1, "MaxTokens", options.MaxTokens, "1 or more");
    }

    private static void Require(bool isInRange, string name, object? value, string expected)
    {
        if (!isInRange)
            throw new ArgumentOutOfRangeException(name, value, $"'{value}' was given for {name}; expected {expected}.");
    }
}
