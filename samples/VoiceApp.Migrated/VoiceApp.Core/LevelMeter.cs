namespace VoiceApp.Core;

/// <summary>A peak meter in dB full scale. One thread at a time.</summary>
public sealed class LevelMeter
{
    /// <summary>What silence reads.</summary>
    public const double Floor = -96;

    /// <summary>Peak of the last block.</summary>
    public double PeakDb { get; private set; } = Floor;

    /// <summary>Loudest peak so far.</summary>
    public double HeldPeakDb { get; private set; } = Floor;

    /// <summary>Takes one block into account.</summary>
    public void Update(float[] block)
    {
        var peak = 0f;
        foreach (var sample in block)
            peak = Math.Max(peak, Math.Abs(sample));

        PeakDb = peak > 0 ? Math.Max(Floor, 20 * Math.Log10(peak)) : Floor;
        HeldPeakDb = Math.Max(HeldPeakDb, PeakDb);
    }

    /// <summary>The meter as a bar of at most 24 characters.</summary>
    public override string ToString() => new('#', (int)((PeakDb - Floor) / 4));
}
