using System.Security.Cryptography;
using System.Text;
using PocketTts.Onnx;
using PocketTts.Voices;

namespace PocketTts.Tests;

/// <summary>What a folder may hold beside the graphs, and how it is found.</summary>
public sealed class ModelFilesTests
{
    [Theory]
    [InlineData("step_model.onnx", "one step graph")]
    [InlineData("flowlm.mlmodelc", "Core ML")]
    [InlineData("decoder.tflite", "LiteRT")]
    [InlineData("pocket-tts-q8.gguf", "ggml")]
    public void ExportsOfOtherEngines_AreRefusedByName(string file, string what)
    {
        using var tiny = new TinyModel(TinyLayout.L, f =>
        {
            f.Clear();
            f[file] = [0];
        });

        var error = Assert.Throws<InvalidDataException>(tiny.Load);

        Assert.Contains(file, error.Message);
        Assert.Contains(what, error.Message);
    }

    [Theory]
    [InlineData("english_2026-04", "english")]
    [InlineData("english_2026-01", "english")]
    [InlineData("english_2026-01", "b6369a24")]
    [InlineData("a0ac5076", "english_2026-04")]
    [InlineData("german_24l", "085f1405")]
    public void PublishedNames_MeanTheSameModel(string folder, string variant)
    {
        using var tiny = new TinyModel(TinyLayout.L);
        Directory.Move(tiny.Folder, Path.Combine(tiny.Root, folder));

        using var model = TtsModel.LoadModel(tiny.Options with { Variant = variant });

        Assert.Equal(24000, model.SampleRate);
    }

    [Fact]
    public void English_IsTheNewestThatIsThere()
    {
        using var tiny = new TinyModel(TinyLayout.K2, f => BundleFolder.ChangeManifest(f, m => m with { BundleName = "new" }));
        Directory.Move(tiny.Folder, Path.Combine(tiny.Root, "english_2026-04"));
        Directory.CreateDirectory(Path.Combine(tiny.Root, "english_2026-01"));

        using var engine = SpeechEngine.Load(tiny.Options with { Variant = "english" });

        Assert.Equal("new", engine.Manifest.Name);
    }

    [Fact]
    public void Checksums_AreVerifiedBeforeAFileIsUsed()
    {
        using var tiny = new TinyModel(TinyLayout.L, f => f["SHA256SUMS"] = Sums(f));
        tiny.Load().Dispose();
        var graph = Path.Combine(tiny.Folder, "flow_lm_flow.onnx");
        var bytes = File.ReadAllBytes(graph);
        bytes[^1] ^= 1;
        File.WriteAllBytes(graph, bytes);

        var error = Assert.Throws<InvalidDataException>(tiny.Load);

        Assert.Contains("flow_lm_flow.onnx", error.Message);
        Assert.Contains(Convert.ToHexStringLower(SHA256.HashData(bytes)), error.Message);
    }

    [Fact]
    public void FileThatTheChecksumsDoNotList_IsRefused()
    {
        using var tiny = new TinyModel(TinyLayout.L, f =>
        {
            var sums = Sums(f);
            f["SHA256SUMS"] = sums[..(sums.Length / 2)];
        });

        Assert.Throws<InvalidDataException>(tiny.Load);
    }

    [Theory]
    [InlineData("short  a.onnx")]
    [InlineData("zz00000000000000000000000000000000000000000000000000000000000000  a.onnx")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000  ")]
    public void ChecksumLineOfAnotherForm_IsQuoted(string line) =>
        Assert.Contains(line.Trim(), Assert.Throws<InvalidDataException>(() => Checksums.Parse("# models\n\n" + line, "SHA256SUMS")).Message);

    [Fact]
    public void Resolver_IsAskedForVariantsAndVoicesThatAreNotThere()
    {
        using var tiny = new TinyModel(TinyLayout.L);
        var voiceFile = Path.Combine(tiny.Root, "downloaded.safetensors");
        File.WriteAllBytes(voiceFile, SafeTensorsFile.Write(VoiceFile.OfPrompt(new float[16], TinyGraphs.RowSize)));
        var asked = new List<string>();
        var options = new TtsModelOptions
        {
            Variant = "elsewhere",
            Temp = 0,
            Resolver = name =>
            {
                asked.Add(name);
                return name switch { "elsewhere" => tiny.Folder, "hf://voices/alba" => voiceFile, "broken" => "/no/such/place.wav", _ => null };
            },
        };

        using var model = TtsModel.LoadModel(options);
        using var voice = model.GetStateForAudioPrompt("hf://voices/alba");

        Assert.Equal(3, voice.Share().Position); // two rows, and the one before the voice
        Assert.Contains("resolver", Assert.Throws<FileNotFoundException>(() => model.GetStateForAudioPrompt("broken")).Message);
        Assert.Throws<ArgumentException>(() => model.GetStateForAudioPrompt("nobody"));
        Assert.Contains("Resolver", Assert.Throws<ArgumentException>(() => model.GetStateForAudioPrompt("https://example.org/a.wav")).Message);
        Assert.Equal(["elsewhere", "hf://voices/alba", "broken", "nobody", "https://example.org/a.wav"], asked);
    }

    [Fact]
    public void ResolverThatNamesNoModel_IsQuoted()
    {
        var empty = Directory.CreateTempSubdirectory("pocket-tts-");
        try
        {
            var options = new TtsModelOptions { Variant = "elsewhere", Resolver = _ => empty.FullName };
            Assert.Contains(empty.FullName, Assert.Throws<FileNotFoundException>(() => TtsModel.LoadModel(options)).Message);
            Assert.Contains("/none", Assert.Throws<FileNotFoundException>(() => TtsModel.LoadModel(options with { Resolver = _ => "/none" })).Message);
        }
        finally
        {
            empty.Delete();
        }
    }

    [Fact]
    public void PackedVoices_AreKnownByName()
    {
        using var tiny = new TinyModel(TinyLayout.K1, f => f["voices.bin"] = Voices(("alba", 2, TinyGraphs.RowSize), ("jean", 3, TinyGraphs.RowSize)));
        using var model = tiny.Load();
        using var alba = model.GetStateForAudioPrompt("alba");
        using var jean = model.GetStateForAudioPrompt("jean");

        Assert.Equal((2, 3), (alba.Share().Position, jean.Share().Position));
        Assert.Contains("alba, jean", Assert.Throws<ArgumentException>(() => model.GetStateForAudioPrompt("nobody")).Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(30)]
    [InlineData(43)]
    [InlineData(60)]
    public void PackedVoicesThatAreCutOff_AreRefused(int length) =>
        Assert.Throws<InvalidDataException>(() => VoicesBin.Read(Voices(("alba", 2, 8))[..length], "voices.bin"));

    [Fact]
    public void PackedVoicesOfAbsurdSize_AreRefused()
    {
        byte[] name = [.. "alba"u8, .. new byte[28]];
        byte[] huge = [1, 0, 0, 0, .. name, 255, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0];

        Assert.Contains("4294967295 rows", Assert.Throws<InvalidDataException>(() => VoicesBin.Read(huge, "voices.bin")).Message);
        Assert.Throws<InvalidDataException>(() => VoicesBin.Read([255, 255, 255, 255], "voices.bin"));
        Assert.Contains("twice", Assert.Throws<InvalidDataException>(() => VoicesBin.Read(Voices(("a", 1, 1), ("a", 1, 1)), "voices.bin")).Message);
    }

    private static byte[] Sums(Dictionary<string, byte[]> files) =>
        Encoding.UTF8.GetBytes(string.Concat(files.Select(f => $"{Convert.ToHexStringLower(SHA256.HashData(f.Value))}  {f.Key}\n")));

    internal static byte[] Voices(params (string Name, int Rows, int Width)[] voices) =>
    [
        .. BitConverter.GetBytes(voices.Length),
        .. voices.SelectMany(v => (byte[])
        [
            .. Encoding.ASCII.GetBytes(v.Name.PadRight(32, '\0')), .. BitConverter.GetBytes(v.Rows), .. BitConverter.GetBytes(v.Width),
            .. Enumerable.Repeat(0.5f, v.Rows * v.Width).SelectMany(BitConverter.GetBytes),
        ]),
    ];
}
