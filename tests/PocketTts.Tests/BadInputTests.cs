using PocketTts.Tone;
using PocketTts.Voices;

namespace PocketTts.Tests;

public sealed class BadInputTests : IDisposable
{
    private readonly TtsModel _model = TtsModel.LoadModel("tone");

    public void Dispose() => _model.Dispose();

    [Theory]
    [InlineData(0.0)]
    [InlineData(-4.0)]
    [InlineData(double.NaN)]
    public void NoiseClampThatIsNotPositive_NamesEosThreshold(double clamp)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => TtsModel.LoadModel("tone", 0.7, 4, clamp));

        Assert.Equal("noiseClamp", error.ParamName);
        Assert.Contains("eosThreshold", error.Message);
    }

    [Fact]
    public void OptionsOutOfRange_AreRefusedByName()
    {
        var valid = new TtsModelOptions { Variant = "tone" };

        AssertRefused("temp", valid with { Temp = -0.1 });
        AssertRefused("temp", valid with { Temp = double.NaN });
        AssertRefused("temp", valid with { Temp = double.PositiveInfinity });
        AssertRefused("lsdDecodeSteps", valid with { LsdDecodeSteps = 0 });
        AssertRefused("eosThreshold", valid with { EosThreshold = double.NaN });
        AssertRefused("Threads", valid with { Threads = 0 });
        AssertRefused("MinFramesBeforeEos", valid with { MinFramesBeforeEos = -1 });
        AssertRefused("Precision", valid with { Precision = (ModelPrecision)9 });
        Assert.Throws<ArgumentNullException>(() => TtsModel.LoadModel((TtsModelOptions)null!));

        static void AssertRefused(string name, TtsModelOptions options) =>
            Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => TtsModel.LoadModel(options)).ParamName);
    }

    [Fact]
    public void GenerationOptionsOutOfRange_AreRefusedAtOnce()
    {
        using var voice = _model.GetStateForAudioPrompt("alba");

        Assert.Throws<ArgumentOutOfRangeException>(() => _model.GenerateAudio(voice, "a", new GenerationOptions { MaxTokens = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => _model.GenerateAudioStream(voice, "a", new GenerationOptions { FramesAfterEos = -1 }));
        Assert.Throws<ArgumentNullException>(() => _model.GenerateAudio(voice, "a", null!));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n ")]
    public void EmptyText_IsRefusedAtOnce(string text)
    {
        using var voice = _model.GetStateForAudioPrompt("alba");

        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => _model.GenerateAudio(voice, text)).Message);
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => _model.GenerateAudioStream(voice, text)).Message);
        Assert.Throws<ArgumentNullException>(() => _model.GenerateAudio(voice, null!));
        Assert.Throws<ArgumentNullException>(() => _model.GenerateAudio(null!, "a"));
    }

    [Fact]
    public void UnknownVoice_ListsTheKnownOnes()
    {
        var error = Assert.Throws<ArgumentException>(() => _model.GetStateForAudioPrompt("nobody"));

        Assert.Contains("'nobody'", error.Message);
        Assert.All(ToneTable.Voices, v => Assert.Contains(v, error.Message));
    }

    [Fact]
    public void VoicesThatCannotBeRead_SayWhy()
    {
        Assert.Throws<FileNotFoundException>(() => _model.GetStateForAudioPrompt("/no/such/voice.wav"));
        Assert.Throws<FileNotFoundException>(() => _model.GetStateForAudioPrompt("no-such.safetensors"));
        Assert.Throws<ArgumentException>(() => _model.GetStateForAudioPrompt(" "));
        Assert.Contains("not downloaded", Assert.Throws<ArgumentException>(() => _model.GetStateForAudioPrompt("https://example.org/a.wav")).Message);
    }

    [Fact]
    public void AudioThatIsNoVoice_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => _model.GetStateForAudioPrompt([], 24000));
        Assert.Throws<ArgumentException>(() => _model.GetStateForAudioPrompt(new float[5000], 24000));
        Assert.Throws<ArgumentException>(() => _model.GetStateForAudioPrompt([0.5f, float.NaN], 24000));
        Assert.Throws<ArgumentOutOfRangeException>(() => _model.GetStateForAudioPrompt([0.5f], 0));
        Assert.Contains("truncate", Assert.Throws<ArgumentException>(() => _model.GetStateForAudioPrompt(ToneVoiceTests.Square(0.5, 999 * 1920), 24000)).Message);
    }

    [Fact]
    public void StateOfAnotherModel_IsRefused()
    {
        using var other = TtsModel.LoadModel("tone");
        using var voice = other.GetStateForAudioPrompt("alba");

        Assert.Contains("another model", Assert.Throws<ArgumentException>(() => _model.GenerateAudio(voice, "a")).Message);
    }

    [Fact]
    public void GraphWithoutEosLogit_IsRefusedByName() =>
        AssertDamaged("eos_logit", f => f["flow_lm_main.onnx"] = f["mimi_decoder.onnx"]);

    [Fact]
    public void FileThatIsNoGraph_IsRefusedByName() =>
        AssertDamaged("flow_lm_flow.onnx", f => f["flow_lm_flow.onnx"] = [1, 2, 3]);

    [Fact]
    public void StateCountThatDiffers_IsRefused() =>
        AssertDamaged("3 states", f => BundleFolder.ChangeManifest(f, m => m with { FlowLmStateManifest = [.. m.FlowLmStateManifest.Take(2)] }));

    [Fact]
    public void StateShapeThatDiffers_IsRefused() => AssertDamaged("[7]", f => BundleFolder.ChangeManifest(
        f, m => m with { MimiStateManifest = [.. m.MimiStateManifest.Select(s => s.Index == 1 ? s with { Shape = [7] } : s)] }));

    [Fact]
    public void SizesThatDiffer_AreRefused() => AssertDamaged("latent_dim 32", f => BundleFolder.ChangeManifest(f, m => m with { LatentDim = 32 }));

    [Fact]
    public void SchemaOfTheFuture_IsRefused() => AssertDamaged("schema_version 3", f => BundleFolder.ChangeManifest(f, m => m with { SchemaVersion = 3 }));

    [Fact]
    public void MissingGraph_IsNamed()
    {
        using var folder = new BundleFolder(f => f.Remove("mimi_decoder.onnx"));

        Assert.Contains("mimi_decoder.onnx", Assert.Throws<FileNotFoundException>(folder.Load).Message);
    }

    [Fact]
    public void ModelWithoutEncoder_SpeaksButTakesNoAudio()
    {
        using var folder = new BundleFolder(f => f.Remove("mimi_encoder.onnx"));
        using var model = folder.Load();
        using var voice = model.GetStateForAudioPrompt("alba");

        Assert.Equal("hi.", ToneReader.Read(model.GenerateAudio(voice, "hi")));
        Assert.Contains("alba", Assert.Throws<InvalidOperationException>(() => model.GetStateForAudioPrompt([0.5f], 24000)).Message);
    }

    [Fact]
    public void ModelThatGivesNaN_IsReportedNotSpoken()
    {
        using var folder = new BundleFolder(f => f["flow_lm_flow.onnx"] = FlowGraphs.Write(g => g.Op("Div", g.Constant(0f), g.Constant(0f))));
        using var model = folder.Load();
        using var voice = model.GetStateForAudioPrompt("alba");

        Assert.Contains("no number", Assert.Throws<InvalidOperationException>(() => model.GenerateAudio(voice, "a")).Message);
    }

    [Fact]
    public void VoiceOfAnotherModel_IsRefused()
    {
        const string layer = "transformer.layers.1.self_attn/cache";
        using var folder = new BundleFolder(f =>
        {
            f["voices/narrow.safetensors"] = SafeTensorsFile.Write(VoiceFile.OfPrompt(new float[8], width: 4));
            f["voices/layers.safetensors"] = SafeTensorsFile.Write(
                new("", null, new Dictionary<string, SafeTensor> { [layer] = new(layer, [2, 1, 1, 1, 8], new float[16]) }));
            f["voices/cut.safetensors"] = f["embeddings/alba.safetensors"][..^3];
        });
        using var model = folder.Load();

        Assert.Contains("rows of 8", Assert.Throws<InvalidDataException>(() => model.GetStateForAudioPrompt("narrow")).Message);
        Assert.Contains("another model", Assert.Throws<InvalidDataException>(() => model.GetStateForAudioPrompt("layers")).Message);
        Assert.Throws<InvalidDataException>(() => model.GetStateForAudioPrompt("cut"));
    }

    private static void AssertDamaged(string expected, Action<Dictionary<string, byte[]>> change)
    {
        using var folder = new BundleFolder(change);

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(folder.Load).Message);
    }
}
