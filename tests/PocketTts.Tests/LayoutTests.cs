namespace PocketTts.Tests;

public sealed class LayoutTests
{
    private static readonly float[] Prompt = [.. Enumerable.Range(0, 20).Select(i => (i % 5) - 1.5f)];

    [Theory]
    [InlineData(TinyLayout.K1)]
    [InlineData(TinyLayout.S)]
    [InlineData(TinyLayout.K2)]
    [InlineData(TinyLayout.L)]
    [InlineData(TinyLayout.V)]
    public void Layout_SpeaksWhatTheAlgorithmSays(TinyLayout layout)
    {
        using var tiny = new TinyModel(layout);
        using var model = tiny.Load();
        using var voice = model.GetStateForAudioPrompt(Prompt, 24000);

        var audio = model.GenerateAudio(voice, "hello there", new GenerationOptions { FramesAfterEos = 3 });

        var expected = Expected(layout, tiny.Graphs, "Hello there.");
        Assert.Equal(expected.Length, audio.Length);
        Assert.All(expected.Zip(audio), p => Assert.Equal(p.First, p.Second, 1e-3f));
        Assert.Contains(audio, s => Math.Abs(s) > 0.05f);
    }

    [Theory]
    [InlineData(TinyLayout.K2, 2)]
    [InlineData(TinyLayout.L, 5)]
    public void Steps_FollowTheAlgorithm(TinyLayout layout, int steps)
    {
        using var tiny = new TinyModel(layout);
        using var model = TtsModel.LoadModel(tiny.Options with { LsdDecodeSteps = steps });
        using var voice = model.GetStateForAudioPrompt(Prompt, 24000);

        var audio = model.GenerateAudio(voice, "hi", new GenerationOptions { FramesAfterEos = 0 });

        Assert.All(Expected(layout, tiny.Graphs, "Hi.", steps, framesAfterEos: 0).Zip(audio), p => Assert.Equal(p.First, p.Second, 1e-3f));
    }

    [Theory]
    [InlineData(TinyLayout.K2)]
    [InlineData(TinyLayout.L)]
    [InlineData(TinyLayout.V)]
    public void OutputsOfUnstatedShape_SpeakTheSameSamples(TinyLayout layout)
    {
        using var hidden = new TinyModel(layout, graphs: new TinyGraphs(layout) { HidesShapes = true });
        using var engine = SpeechEngine.Load(hidden.Options);
        using var voice = engine.CreateVoice(Prompt, 24000, truncate: false);

        Assert.All(engine.Graphs.FlowLmMain.OutputMetadata.Values, o => Assert.Empty(o.Dimensions));
        Assert.Equal(Speak(layout), engine.Generate(voice, "five words in this text", new GenerationOptions()));
    }

    [Fact]
    public void PackedLayouts_SpeakTheSameSamples()
    {
        Assert.Equal(Speak(TinyLayout.K1), Speak(TinyLayout.S));
        Assert.NotEqual(Speak(TinyLayout.K1), Speak(TinyLayout.K2)); // has a row before the voice
    }

    [Theory]
    [InlineData(TinyLayout.K2)]
    [InlineData(TinyLayout.L)]
    public void SavedState_CanBeReadByTheSameModel(TinyLayout layout)
    {
        using var tiny = new TinyModel(layout);
        using var model = tiny.Load();
        using var voice = model.GetStateForAudioPrompt(Prompt, 24000);
        var path = Path.Combine(tiny.Root, "voice.safetensors");

        voice.Save(path);
        using var loaded = VoiceState.Load(path);

        Assert.Equal(model.GenerateAudio(voice, "hi"), model.GenerateAudio(loaded, "hi"));
        Assert.Equal(voice.Share().Caches, loaded.Share().Caches);
    }

    [Fact]
    public void StateOfPackedCaches_FitsSplitOnes_AndBack()
    {
        using var packed = new TinyModel(TinyLayout.K2);
        using var split = new TinyModel(TinyLayout.L);
        using var from = packed.Load();
        using var to = split.Load();
        using var voice = from.GetStateForAudioPrompt(Prompt, 24000);
        using var native = to.GetStateForAudioPrompt(Prompt, 24000);
        var path = Path.Combine(packed.Root, "voice.safetensors");

        voice.Save(path);
        using var converted = VoiceState.Load(path);
        var audio = to.GenerateAudio(converted, "hi");
        converted.Save(path);
        using var back = VoiceState.Load(path);

        Assert.Equal(to.GenerateAudio(native, "hi"), audio);
        Assert.Equal(native.Share().Caches, converted.Share().Caches);
        Assert.All(from.GenerateAudio(voice, "hi").Zip(from.GenerateAudio(back, "hi")), p => Assert.Equal(p.First, p.Second, 1e-3f));
    }

    [Theory]
    [InlineData(TinyLayout.K1, "onnx/flow_lm_main", "_int8")]
    [InlineData(TinyLayout.S, "lm_main", ".int8")]
    [InlineData(TinyLayout.L, "flow_lm_main", "_int8")]
    public void Precision_IsChosenForEachGraph(TinyLayout layout, string stem, string suffix)
    {
        using var tiny = new TinyModel(layout, f =>
        {
            f[$"{stem}{suffix}.onnx"] = f[$"{stem}.onnx"];
            f[$"{stem}.onnx"] = [1]; // would not load
        });

        using var quantized = TtsModel.LoadModel(tiny.Options with { Precision = ModelPrecision.Int8 });

        Assert.Contains($"{stem}.onnx", Assert.Throws<InvalidDataException>(tiny.Load).Message);
        Assert.Equal(24000, quantized.SampleRate);
    }

    [Fact]
    public void LayersOfManyDigits_AreInTheOrderOfTheExporters()
    {
        int[] expected = [0, 1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 2, 20, 21, 22, 23, 3, 4, 5, 6, 7, 8, 9];

        Assert.Equal(expected.Select(l => $"transformer.layers.{l}.self_attn"), PocketTts.Onnx.StateReader.LayerModules(24));
    }

    private static float[] Expected(TinyLayout layout, TinyGraphs graphs, string prepared, int steps = 1, int framesAfterEos = 3)
    {
        var rows = Prompt.Chunk(TinyGraphs.SamplesPerFrame).Select(f => TinyReference.VoiceRow(f));
        if (layout is TinyLayout.K2 or TinyLayout.L)
            rows = rows.Prepend(TinyModel.Bos);
        var text = layout is TinyLayout.K1 or TinyLayout.S ? "        " + prepared : prepared; // the first English model pads short texts
        return new TinyReference(graphs.IsSplit, graphs.EndPosition).Speak(rows, [.. TinyModel.Tokenizer.Encode(text).Select(t => t.Id)], framesAfterEos, steps);
    }

    private static float[] Speak(TinyLayout layout)
    {
        using var tiny = new TinyModel(layout);
        using var model = tiny.Load();
        using var voice = model.GetStateForAudioPrompt(Prompt, 24000);
        return model.GenerateAudio(voice, "five words in this text");
    }
}
