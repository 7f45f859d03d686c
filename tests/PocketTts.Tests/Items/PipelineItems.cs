using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;

namespace PocketTts.Tests.Items;

/// <summary>The items of the specification about samples, states and callers, each named after its number.</summary>
public sealed class PipelineItems
{
    private const string Chunks = "abc def. hi there.";

    [Fact]
    public void T38_Samples_AreTheFramesOfAllChunks()
    {
        using var run = new TinyRun();
        var options = new GenerationOptions { MaxTokens = 9 };
        var chunks = run.Engine.Request(run.Voice, Chunks, options).Chunks;

        Assert.True(chunks.Count > 1, string.Join('|', chunks));
        Assert.Equal(chunks.Sum(c => run.Speak(c).Length), run.Speak(Chunks, options).Length);
        Assert.Equal(run.Speak(Chunks, options).Length, TinyGraphs.SamplesPerFrame * run.Engine.Stream(run.Voice, Chunks, options).Count());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void T39_Stream_IsTheBatch_AndTheDecoderDoesNotSeeTheBlockSize(int block)
    {
        using var run = new TinyRun(layout: TinyLayout.K2);
        Assert.Equal(run.Speak(Chunks), run.Engine.Stream(run.Voice, Chunks, new GenerationOptions()).SelectMany(f => f));

        const int frames = 24;
        var latents = TinyRun.Samples(frames * TinyGraphs.LatentSize);
        var workspace = run.Engine.Rent();
        var audio = new List<float>();
        workspace.Codec.Reset();
        foreach (var some in latents.Chunk(block * TinyGraphs.LatentSize))
        {
            workspace.Codec.Decode(some);
            for (var i = 0; i < block; i++)
                audio.AddRange(workspace.Codec.Frame(i));
        }

        run.Engine.Return(workspace);

        Assert.All(Decode(run.Engine.Graphs, latents, 1).Zip(audio), p => Assert.Equal(p.First, p.Second, 1e-5f));
        Assert.Equal(frames * TinyGraphs.SamplesPerFrame, audio.Count);
    }

    [Fact]
    public void T40_Chunk_FadesInWithinFiveMilliseconds()
    {
        var samples = Enumerable.Repeat(1f, 1920).ToArray();

        Generation.FadeIn(samples);

        Assert.Equal(Enumerable.Range(0, 1920).Select(k => k < 120 ? k / 119f : 1), samples);
    }

    [Fact]
    public void T41_RowBeforeTheVoice_IsReadFirst()
    {
        using var run = new TinyRun(voiceRows: 2, TinyLayout.K2);

        Assert.Equal(3, run.Voice.Share().Position);
        Assert.Equal(TinyModel.Bos, Row(run.Voice, 0));
        Assert.All(TinyReference.VoiceRow(TinyRun.Samples(TinyGraphs.SamplesPerFrame)).Zip(Row(run.Voice, 1)), p => Assert.Equal(p.First, p.Second, 1e-6f));
    }

    [Fact]
    public void T42_Text_IsReadAfterTheVoice_AndNothingBeside()
    {
        using var run = new TinyRun(voiceRows: 2, TinyLayout.K2);
        run.Speak(TinyRun.Text(tokens: 4), new GenerationOptions { CopyState = false, FramesAfterEos = 0 });

        // Had an empty tensor one row more than none, the rows of the text would not follow those of the voice.
        var tokens = TinyModel.Tokenizer.Encode(TinyRun.Text(tokens: 4) + ".");
        Assert.Equal(4, tokens.Count);
        for (var i = 0; i < tokens.Count; i++)
            Assert.Equal(Enumerable.Range(0, TinyGraphs.RowSize).Select(c => TinyGraphs.TextValue(tokens[i].Id, c)), Row(run.Voice, 3 + i));
    }

    [Fact]
    public void T43_FirstInput_IsTheMarker()
    {
        using var run = new TinyRun(voiceRows: 2, TinyLayout.K2);
        run.Speak(TinyRun.Text(tokens: 4), new GenerationOptions { CopyState = false, FramesAfterEos = 0 });

        // The tiny model says a quarter for each number that is none, and the rest of a row is its negative.
        Assert.Equal([0.25f, 0.25f, 0.25f, 0.25f, -0.25f, -0.25f, -0.25f, -0.25f], Row(run.Voice, 3 + 4));
    }

    [Fact]
    public async Task T58_Cancellation_StopsWithinAStepAndLeavesTheStateUsable()
    {
        using var model = TtsModel.LoadModel("tone");
        using var voice = model.GetStateForAudioPrompt("alba");
        using var cancellation = new CancellationTokenSource();
        var heard = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => model.GenerateAudioStreamAsync(
            voice,
            "a text that goes on for a while",
            _ =>
            {
                if (++heard == 3)
                    cancellation.Cancel();
            },
            cancellationToken: cancellation.Token));

        Assert.Equal(3, heard);
        Assert.Equal("hi.", ToneReader.Read(model.GenerateAudio(voice, "hi")));
    }

    [Fact]
    public async Task T59_ParallelCallsWithOneState_GiveTheAudioOfSequentialOnes()
    {
        using var run = new TinyRun(change: o => o with { Temp = 0.7, Seed = 3 });
        string[] texts = ["abc def", "hi there"];
        var expected = texts.Select(t => run.Speak(t)).ToArray();

        var found = await Task.WhenAll(texts.Concat(texts).Select(t => Task.Run(() => run.Speak(t))));

        Assert.Equal(expected.Concat(expected), found);
    }

    [Fact]
    public void T60_StateThatIsNotCopied_AdvancesByWhatWasReadAndSaid()
    {
        var threshold = TinyRun.ThresholdPassedAt(step: 2, tokens: 4, voiceRows: 3);
        using var ending = new TinyRun(change: o => o with { EosThreshold = threshold });
        using var endless = new TinyRun(change: o => o with { EosThreshold = double.PositiveInfinity });
        var text = TinyRun.Text(tokens: 4);

        ending.Speak(text, new GenerationOptions { FramesAfterEos = 1 });
        Assert.Equal(3, ending.Voice.Share().Position);
        ending.Speak(text, new GenerationOptions { FramesAfterEos = 1, CopyState = false });
        Assert.Equal(3 + 4 + 3 + 1, ending.Voice.Share().Position); // three frames, and the step that decided
        endless.Speak(text, new GenerationOptions { CopyState = false });
        Assert.Equal(3 + 4 + LatentGeneration.MostFrames(4), endless.Voice.Share().Position);
    }

    /// <summary>The keys of the first layer, which are the row itself.</summary>
    private static float[] Row(VoiceState voice, int position) =>
        MemoryMarshal.Cast<byte, float>(voice.Share().Caches[0]).Slice(position * TinyGraphs.RowSize, TinyGraphs.RowSize).ToArray();

    private static List<float> Decode(SpeechGraphs graphs, float[] latents, int block)
    {
        var slots = graphs.MimiSlots;
        var states = Array.ConvertAll(slots, s => s.CreateTensor());
        for (var i = 0; i < slots.Length; i++)
            slots[i].Reset(states[i]);
        using var input = new NativeTensor(TensorElementType.Float, 1, block, TinyGraphs.LatentSize);
        using var options = new RunOptions();
        var audio = new List<float>();
        for (var at = 0; at < latents.Length; at += input.Floats.Length)
        {
            latents.AsSpan(at, input.Floats.Length).CopyTo(input.Floats);
            using var outputs = graphs.MimiDecoder.Run(
                options,
                ["latent", .. slots.Select(s => s.Input)],
                [input.Value, .. states.Select(s => s.Value)],
                ["audio_frame", .. slots.Select(s => s.Output)]);
            audio.AddRange(outputs[0].GetTensorDataAsSpan<float>());
            for (var i = 0; i < slots.Length; i++)
            {
                if (states[i].Bytes.Length > 0)
                    outputs[i + 1].GetTensorDataAsSpan<byte>().CopyTo(states[i].Bytes);
            }
        }

        Array.ForEach(states, s => s.Dispose());
        return audio;
    }
}
