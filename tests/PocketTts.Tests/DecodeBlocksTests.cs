using FsCheck;
using FsCheck.Fluent;
using PocketTts.Onnx;

namespace PocketTts.Tests;

/// <summary>The first frame of a chunk is decoded alone, later ones together, if the decoder can.</summary>
public sealed class DecodeBlocksTests
{
    private static readonly float[] Prompt = Items.TinyRun.Samples(3 * TinyGraphs.SamplesPerFrame);

    [Fact]
    public void Blocks_StartWithOneFrameAndGrow()
    {
        var sizes = Blocks(frames: 100, DecodeBlocks.Most);

        Assert.Equal([1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 8], sizes.Take(17));
        Assert.All(Blocks(frames: 100, most: 1), size => Assert.Equal(1, size));
    }

    /// <summary>Each block has to be made before what stands before it was heard; a frame lasts 1, and is made in four fifths of that or less.</summary>
    [Fact]
    public void Listener_DoesNotRunDry() => Prop.ForAll(
        Gen.Choose(1, 80).Zip(Gen.Choose(1, 400)).ToArbitrary(),
        run =>
        {
            var (percent, frames) = run;
            var perFrame = percent / 100.0;
            var made = 0;
            foreach (var size in Blocks(frames, DecodeBlocks.Most))
            {
                if (made > 0)
                    Assert.True((made + size) * perFrame <= perFrame + made + 1e-9, $"{size} frames after {made} at {perFrame} of real time");
                made += size;
            }
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(TinyLayout.K1, DecodeBlocks.Most)]
    [InlineData(TinyLayout.S, DecodeBlocks.Most)]
    [InlineData(TinyLayout.K2, DecodeBlocks.Most)]
    [InlineData(TinyLayout.L, 1)] // 16-bit rings, which hold no more than is looked back on
    [InlineData(TinyLayout.V, 1)]
    public void Layout_TellsWhetherSeveralFramesMayComeTogether(TinyLayout layout, int most)
    {
        using var tiny = new TinyModel(layout);
        using var engine = SpeechEngine.Load(tiny.Options);

        Assert.Equal(most, engine.Graphs.MostFramesPerDecode);
    }

    [Fact]
    public void ToneVoice_IsDecodedInBlocks()
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone" });

        Assert.Equal(DecodeBlocks.Most, engine.Graphs.MostFramesPerDecode);
    }

    [Theory]
    [InlineData(TinyDecoder.ScalesByWhatComesTogether)] // as 8-bit decoders do
    [InlineData(TinyDecoder.TakesOneOnly)]
    [InlineData(TinyDecoder.FailsForSeveral)]
    public void DecoderThatGivesOtherSamplesInBlocks_GetsOneFrameAtATime(TinyDecoder decoder)
    {
        using var tiny = new TinyModel(TinyLayout.K2, graphs: new TinyGraphs(TinyLayout.K2) { Decoder = decoder });
        using var engine = SpeechEngine.Load(tiny.Options);

        Assert.Equal(1, engine.Graphs.MostFramesPerDecode);
        Assert.NotEmpty(Speak(engine, "abc", new GenerationOptions()));
    }

    [Fact]
    public void Latents_ComeInBlocks_AndTheLastIsWhatIsLeft()
    {
        using var tiny = new TinyModel(TinyLayout.K2);
        using var engine = SpeechEngine.Load(tiny.Options with { EosThreshold = double.PositiveInfinity });
        using var voice = engine.CreateVoice(Prompt, 24000, truncate: false);
        var request = engine.Request(voice, "abc. abd", new GenerationOptions { MaxTokens = 4 });
        Assert.Equal(2, request.Chunks.Count);
        var workspace = engine.Rent();
        var latents = new LatentGeneration(engine, request, workspace.Latents, voice.Share(), CancellationToken.None);
        var block = new float[DecodeBlocks.Most * TinyGraphs.LatentSize];
        var sizes = new List<(int Size, bool IsFirst)>();
        while (latents.Next(block, out var isFirst) is > 0 and var size)
            sizes.Add((size, isFirst));

        engine.Return(workspace);

        var frames = LatentGeneration.MostFrames(engine.Tokenizer.Encode(request.Chunks[0]).Count);
        var expected = Blocks(frames, DecodeBlocks.Most).Select((size, i) => (size, i == 0)).ToList();
        Assert.Equal([.. expected, .. expected], sizes);
        Assert.Equal(2, latents.ChunksWithoutEnd);
    }

    /// <summary>Speech that is left in the middle of a block continues after what was heard, not after what was made.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(9)] // of the first block of two
    [InlineData(10)]
    [InlineData(13)]
    public void ContinuationLeftInsideABlock_GoesOnAfterTheLastFrameThatWasHeard(int heard)
    {
        using var tiny = new TinyModel(TinyLayout.K2);
        using var engine = SpeechEngine.Load(tiny.Options with { EosThreshold = double.PositiveInfinity });
        using var voice = engine.CreateVoice(Prompt, 24000, truncate: false);
        var before = voice.Share().Position;
        var tokens = engine.Tokenizer.Encode("Abc.").Count;
        var all = Speak(engine, "abc", new GenerationOptions());

        var frames = engine.Stream(voice, "abc", new GenerationOptions { CopyState = false }).Take(heard).ToList();

        Assert.Equal(all[..(heard * TinyGraphs.SamplesPerFrame)], frames.SelectMany(f => f));
        Assert.Equal(before + tokens + heard, voice.Share().Position);
    }

    private static List<int> Blocks(int frames, int most)
    {
        var sizes = new List<int>();
        for (var made = 0; made < frames; made += sizes[^1])
            sizes.Add(Math.Min(DecodeBlocks.SizeAfter(made, most), frames - made));
        return sizes;
    }

    private static float[] Speak(SpeechEngine engine, string text, GenerationOptions options)
    {
        using var voice = engine.CreateVoice(Prompt, 24000, truncate: false);
        return engine.Generate(voice, text, options);
    }
}
