using PocketTts.Onnx;

namespace PocketTts.Tests;

public sealed class ModelLocatorTests
{
    [Fact]
    public void MissingVariant_NamesThePlacesAndTheToneVoice()
    {
        using var folder = new BundleFolder();

        var error = Assert.Throws<FileNotFoundException>(() => TtsModel.LoadModel(folder.Options with { Variant = "klingon" }));

        Assert.Contains("'klingon'", error.Message);
        Assert.Contains(folder.Root, error.Message);
        Assert.Contains("POCKET_TTS_MODELS", error.Message);
        Assert.Contains("user's data folder", error.Message);
        Assert.Contains("huggingface.co", error.Message);
        Assert.Contains("variant: \"tone\"", error.Message);
    }

    [Fact]
    public void DefaultVariant_DoesNotFallBackToTheToneVoice() =>
        Assert.Contains("b6369a24", Assert.Throws<FileNotFoundException>(TtsModel.LoadModel).Message);

    [Fact]
    public void FolderOfOneModel_IsTakenIfItIsTheVariant()
    {
        using var folder = new BundleFolder(f => BundleFolder.ChangeManifest(f, m => m with { BundleName = "english_2026-01" }));
        var directory = Path.Combine(folder.Root, BundleFolder.Variant);

        using var model = TtsModel.LoadModel(new TtsModelOptions { ModelDirectory = directory }); // the default variant b6369a24 is that model
        var error = Assert.Throws<FileNotFoundException>(() => TtsModel.LoadModel(new TtsModelOptions { Variant = "german", ModelDirectory = directory }));

        Assert.Equal(24000, model.SampleRate);
        Assert.Contains("english_2026-01", error.Message);
    }

    [Fact]
    public void EnvironmentVariable_IsSearched()
    {
        using var folder = new BundleFolder();
        var before = Environment.GetEnvironmentVariable("POCKET_TTS_MODELS");
        Environment.SetEnvironmentVariable("POCKET_TTS_MODELS", folder.Root);
        try
        {
            using var model = TtsModel.LoadModel(BundleFolder.Variant);
            Assert.Equal(24000, model.SampleRate);
        }
        finally
        {
            Environment.SetEnvironmentVariable("POCKET_TTS_MODELS", before);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("../tone")]
    [InlineData("a\\b")]
    [InlineData("..")]
    public void VariantThatIsNoName_IsRefused(string variant) =>
        Assert.Equal("variant", Assert.Throws<ArgumentException>(() => TtsModel.LoadModel(variant)).ParamName);

    [Fact]
    public void Precision_ChoosesTheFile()
    {
        using var folder = new BundleFolder(f =>
        {
            f["flow_lm_main_int8.onnx"] = f["flow_lm_main.onnx"];
            f["text_conditioner_int8.onnx"] = [0]; // would not load
            f.Remove("flow_lm_main.onnx");
        });

        using var auto = TtsModel.LoadModel(folder.Options);
        var single = Assert.Throws<FileNotFoundException>(() => TtsModel.LoadModel(folder.Options with { Precision = ModelPrecision.Float32 }));
        var quantized = Assert.Throws<InvalidDataException>(() => TtsModel.LoadModel(folder.Options with { Precision = ModelPrecision.Int8 }));

        Assert.Contains("flow_lm_main.onnx", single.Message);
        Assert.Contains("text_conditioner_int8.onnx", quantized.Message);
    }

    [Fact]
    public void PublishedVoiceThatIsNotThere_SaysWhereToPutIt()
    {
        using var folder = new BundleFolder(f => f.Remove("embeddings/marius.safetensors"));
        using var model = folder.Load();

        var error = Assert.Throws<FileNotFoundException>(() => model.GetStateForAudioPrompt("marius"));

        Assert.Contains("marius.safetensors", error.Message);
        Assert.Contains("alba", error.Message);
        Assert.DoesNotContain("bundle.json", error.Message);
    }

    [Fact]
    public void PublishedVoiceOfALayoutThatListsNone_SaysWhereToPutIt()
    {
        using var tiny = new TinyModel(TinyLayout.S);
        using var model = tiny.Load();

        Assert.Contains("estelle.safetensors", Assert.Throws<FileNotFoundException>(() => model.GetStateForAudioPrompt("estelle")).Message);
        Assert.Contains("bob", Assert.Throws<ArgumentException>(() => model.GetStateForAudioPrompt("bob")).Message);
    }

    [Fact]
    public void FileOfAnotherKind_IsSaidToNeedConversion()
    {
        using var folder = new BundleFolder();
        using var model = folder.Load();
        var recording = Path.Combine(folder.Root, "me.mp3");
        File.WriteAllBytes(recording, [1, 2, 3]);

        Assert.Contains("ffmpeg", Assert.Throws<ArgumentException>(() => model.GetStateForAudioPrompt(recording)).Message);
    }

    [Fact]
    public void Places_AreSaidToBeMissingOrWithoutAModel()
    {
        using var folder = new BundleFolder();
        var absent = Path.Combine(folder.Root, "absent");

        var empty = Assert.Throws<FileNotFoundException>(() => TtsModel.LoadModel(folder.Options with { Variant = "other" }));
        var missing = Assert.Throws<FileNotFoundException>(() => TtsModel.LoadModel(folder.Options with { ModelDirectory = absent }));

        Assert.Contains($"{folder.Root}: no folder of that name in it holds a model", empty.Message);
        Assert.Contains($"{absent}: no such folder", missing.Message);
    }

    [Fact]
    public void Manifest_IsReadAsWritten()
    {
        var manifest = new BundleManifest { SchemaVersion = 2, BundleName = "x", LatentDim = 32, ModelRecommendedFramesAfterEos = 8, PredefinedVoices = ["a"] };

        var read = BundleManifest.Parse(manifest.ToJson(), "test");

        Assert.Equal(manifest with { PredefinedVoices = read.PredefinedVoices, FlowLmStateManifest = read.FlowLmStateManifest, MimiStateManifest = read.MimiStateManifest }, read);
        Assert.Equal(["a"], read.PredefinedVoices);
    }
}
