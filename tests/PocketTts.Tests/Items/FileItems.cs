using System.Runtime.InteropServices;
using PocketTts.Onnx;
using PocketTts.Voices;

namespace PocketTts.Tests.Items;

/// <summary>The items of the specification about voices, their files and their audio, each named after its number.</summary>
public sealed class FileItems
{
    private const int Pcm = 1, Float = 3, Extensible = 0xFFFE;
    private const string Module = "transformer.layers.0.self_attn";

    [Fact]
    public void T44_Layers_AreSortedAsText()
    {
        int[] expected = [0, 1, .. Enumerable.Range(10, 10), 2, 20, 21, 22, 23, 3, 4, 5, 6, 7, 8, 9];

        Assert.Equal(expected.Select(l => $"transformer.layers.{l}.self_attn"), StateReader.LayerModules(24));
    }

    [Fact]
    public void T45_PackedState_SurvivesSplittingButForItsPrecision()
    {
        using var packed = new TinyRun(voiceRows: 5, TinyLayout.K2);
        using var split = new TinyRun(voiceRows: 5, TinyLayout.L);
        var start = packed.Voice.Share();

        var halves = split.Engine.ReadState(packed.Engine.WriteState(start));
        var back = packed.Engine.ReadState(split.Engine.WriteState(halves));

        Assert.Equal(start.Position, back.Position);
        Assert.Equal(2 * start.Caches.Count, halves.Caches.Count);
        Assert.Equal(Values(start).Select(v => (float)(Half)v), Values(back));

        static IEnumerable<float> Values(FlowSnapshot snapshot) => snapshot.Caches.SelectMany(c => MemoryMarshal.Cast<byte, float>(c).ToArray());
    }

    [Fact]
    public void T46_States_AreReadInBothFormsAndCheckedAgainstTheModel()
    {
        using var tone = SpeechEngine.Load(new TtsModelOptions { Variant = "tone" });
        using var run = new TinyRun();
        var written = SafeTensorsFile.Read(SafeTensorsFile.Write(run.Engine.WriteState(run.Voice.Share())), "test");
        var older = StateFileTests.Read(
            StateFileTests.Cache(rows: 9), ("F32", $"{Module}/current_end", [7], new byte[28]), ("I64", $"{Module}/pad", [1], new byte[8]));
        var otherHeads = StateFileTests.Read(("F32", $"{Module}/cache", [2, 1, 1, 2, 4], new byte[64]));

        Assert.Equal(run.Voice.Share().Caches, run.Engine.ReadState(written).Caches);
        Assert.Equal(7, tone.ReadState(older).Position);
        Assert.Throws<InvalidDataException>(() => tone.ReadState(otherHeads));
    }

    [Fact]
    public void T47_Npy_IsReadInThreeVersionsAndOneType()
    {
        float[] row = [1, 2, 3, 4];

        Assert.All(new byte[] { 1, 2, 3 }, version => Assert.Equal(row, NpyFile.ReadValues(VoiceFileTests.Npy(version, "<f4", "(1, 1, 4)", row), "bos.npy")));
        Assert.Throws<InvalidDataException>(() => NpyFile.ReadValues(VoiceFileTests.Npy(1, "<f8", "(1, 1, 4)", row), "bos.npy"));
    }

    [Fact]
    public void T48_PackedVoices_AreReadByName()
    {
        var voices = VoicesBin.Read(ModelFilesTests.Voices(("alba", 2, 8), ("jean", 3, 8)), "voices.bin");

        Assert.Equal(["alba", "jean"], voices.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((16, 24), (voices["alba"].Prompt!.Values.Length, voices["jean"].Prompt!.Values.Length));
    }

    [Fact]
    public void T49_Wav_IsReadInItsFormatsAndRefusedWhenCutOff()
    {
        Assert.Equal([0f], Read(Pcm, 8, 1, [128]));
        Assert.Equal([-1f], Read(Pcm, 16, 1, [0x00, 0x80]));
        Assert.Equal([-1f, 0.5f], Read(Pcm, 24, 1, [0, 0, 0x80, 0, 0, 0x40]));
        Assert.Equal([-1f, 0.5f], Read(Pcm, 32, 1, [0, 0, 0, 0x80, 0, 0, 0, 0x40]));
        Assert.Equal([0.75f], Read(Float, 32, 1, BitConverter.GetBytes(0.75f)));
        Assert.Equal([0.5f], Read(Extensible, 16, 1, [0x00, 0x40]));
        Assert.Equal([0.25f], Read(Pcm, 16, 2, [0x00, 0x40, 0x00, 0x00]));
        byte[] oddChunk = [.. "odd "u8, 3, 0, 0, 0, 1, 2, 3, 0];
        Assert.Equal([0.5f], WavReader.Read(WavReaderTests.Wav(Pcm, 16, 1, [0x00, 0x40], oddChunk), "test.wav").Samples);
        Assert.Throws<InvalidDataException>(() => WavReader.Read(WavReaderTests.Wav(Pcm, 16, 1, [0, 0, 0, 0]).AsSpan()[..^2], "test.wav"));

        static float[] Read(int format, int bits, int channels, byte[] data) =>
            WavReader.Read(WavReaderTests.Wav(format, bits, channels, data), "test.wav").Samples;
    }

    [Theory]
    [InlineData(48000, 1, 2)]
    [InlineData(44100, 80, 147)]
    public void T50_Resampling_RoundsTheLengthUpAndKeepsALoudness(int rate, int up, int down)
    {
        var sine = Enumerable.Range(0, rate + 1).Select(n => MathF.Sin(2 * MathF.PI * 1000 * n / rate)).ToArray();

        var resampled = Resampler.Resample(sine, rate, 24000);

        Assert.Equal((int)Math.Ceiling((double)sine.Length * up / down), resampled.Length);
        Assert.InRange(ToneReader.Amplitude(resampled.AsSpan(2400, 19200), 1000), 0.99, 1.01);
    }

    [Fact]
    public void T51_Truncation_KeepsThirtySecondsOfTheSource()
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone" });
        var audio = TinyRun.Samples(31 * 44100);

        // The model knows a voice again by the samples that are left before they are resampled.
        var truncated = Snapshot(audio, truncate: true);
        Assert.Same(truncated, Snapshot(audio.AsSpan(0, 1_323_000), truncate: false));
        Assert.NotSame(truncated, Snapshot(audio.AsSpan(0, 1_322_999), truncate: false));

        FlowSnapshot Snapshot(ReadOnlySpan<float> samples, bool truncate)
        {
            using var voice = engine.CreateVoice(samples, 44100, truncate);
            return voice.Share();
        }
    }

    [Fact]
    public void T52_VoiceRows_AreFramesRoundedUp()
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone" });

        Assert.Equal((1, 2), (Rows(1920), Rows(1921)));
        using var sample = new NativeTensor(Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float, 1, 1, 1); // the engine refuses so short a voice
        using var outputs = engine.Graphs.MimiEncoder!.Run(engine.Graphs.RunOptions, ["audio"], [sample.Value], ["latents"]);
        Assert.Equal([1L, 1, 8], outputs[0].GetTensorTypeAndShape().Shape);

        int Rows(int samples)
        {
            using var voice = engine.CreateVoice(Enumerable.Repeat(0.5f, samples).ToArray(), 24000, truncate: false);
            return voice.Share().Position;
        }
    }
}
