namespace PocketTts.Tests;

/// <summary>What <see cref="TinyGraphs"/> says, computed in plain loops from the description of the algorithm, for temperature 0.</summary>
internal sealed class TinyReference(bool hasHalfCaches, int endPosition)
{
    private const int FadeIn = 120;
    private readonly List<float[]> _rows = [];

    public static float[] VoiceRow(ReadOnlySpan<float> frame)
    {
        var mean = 0f;
        foreach (var sample in frame)
            mean += sample / TinyGraphs.SamplesPerFrame;
        return [.. Enumerable.Range(1, TinyGraphs.RowSize).Select(k => mean / k)];
    }

    /// <param name="voice">Rows that stand before the text, the one before the voice first.</param>
    /// <param name="tokens">Of one chunk.</param>
    /// <param name="framesAfterEos">Frames from the one whose logit passed the threshold on.</param>
    /// <param name="steps">From noise, here zeros, to a latent.</param>
    public float[] Speak(IEnumerable<float[]> voice, IReadOnlyList<long> tokens, int framesAfterEos, int steps = 1, float threshold = -4)
    {
        _rows.Clear();
        _rows.AddRange(voice);
        _rows.AddRange(tokens.Select(id => Enumerable.Range(0, TinyGraphs.RowSize).Select(c => TinyGraphs.TextValue(id, c)).ToArray()));
        var audio = new List<float>();
        var latent = Enumerable.Repeat(0.25f, TinyGraphs.LatentSize).ToArray(); // what the NaN marker stands for
        var codec = new float[TinyGraphs.LatentSize];
        var limit = Math.Min((int)Math.Ceiling(((tokens.Count / 3.0) + 2) * 12.5), TinyGraphs.Capacity - _rows.Count);
        for (int frame = 0, end = -1; frame < limit; frame++)
        {
            _rows.Add([.. latent, .. latent.Select(v => -v)]);
            if (end < 0 && _rows.Count - endPosition > threshold)
                end = frame;
            if (end >= 0 && frame >= end + framesAfterEos)
                break;

            latent = Denoise(Conditioning(), steps);
            for (var i = 0; i < codec.Length; i++)
                codec[i] = latent[i] + (codec[i] / 2);
            float[] samples = [.. codec, .. codec.Select(v => -v)];
            audio.AddRange(frame > 0 ? samples : samples.Select((s, k) => s * (k / (float)(FadeIn - 1))));
        }

        return [.. audio];
    }

    private float[] Conditioning() =>
        [.. Enumerable.Range(0, TinyGraphs.RowSize).Select(c => (_rows.Sum(r => Kept(r[c]) + Kept(2 * r[c]) + (2 * Kept(r[c] / 2))) / _rows.Count) + (0.01f * _rows.Count))];

    private static float[] Denoise(float[] conditioning, int steps)
    {
        var x = new float[TinyGraphs.LatentSize];
        for (var i = 0; i < steps; i++)
        {
            for (var k = 0; k < x.Length; k++)
                x[k] += (conditioning[k] - (x[k] / 2) + (0.1f * i / steps) + (0.2f * (i + 1) / steps)) / steps;
        }

        return x;
    }

    private float Kept(float value) => hasHalfCaches ? (float)(Half)value : value;
}
