using System.Runtime.InteropServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PocketTts.Tone;
using PocketTts.Voices;

namespace PocketTts.Tests;

public sealed class VoiceFileTests
{
    private const string Module = "transformer.layers.0.self_attn";

    [Fact]
    public void SafeTensors_AreReadAsWritten() => Prop.ForAll<NormalFloat[]>(values =>
    {
        var floats = values.Select(v => (float)v.Get).ToArray();
        var file = SafeTensorsFile.Write(Of(new("first", [floats.Length], floats), new("second", [1, 1], [7])));
        var read = SafeTensorsFile.Read(file, "test").Tensors;
        return read["first"].Values.SequenceEqual(floats) && read["first"].Shape.SequenceEqual([(long)floats.Length]) && read["second"].Values is [7];
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("{}", 9)]
    [InlineData("[]", 2)]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 54)]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[-4,0]}}""", 55)]
    [InlineData("""{"a":{"dtype":"F32","shape":[9],"data_offsets":[0,36]}}""", 55)]
    [InlineData("""{"a":{"shape":[1]}}""", 19)]
    [InlineData("""{"a":{"dtype":1}}""", 17)]
    public void DamagedSafeTensors_AreRefused(string header, long length)
    {
        byte[] file = [.. BitConverter.GetBytes(length), .. Encoding.UTF8.GetBytes(header), 0, 0, 0, 0];

        Assert.Contains("some.safetensors", Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Read(length == 9 ? file[..10] : file, "some.safetensors")).Message);
    }

    [Fact]
    public void ExportedState_IsTheVoiceItself()
    {
        float[] row = ToneGraphs.VoiceRow(offsetSteps: 20);
        using var folder = new BundleFolder(f => f["embeddings/exported.safetensors"] = SafeTensorsFile.Write(Of(
            new($"{Module}/cache", [2, 1, 3, 1, 8], [.. Enumerable.Repeat(row, 6).SelectMany(r => r)]),
            new($"{Module}/pad", [1], [0]))));
        using var model = folder.Load();
        using var voice = model.GetStateForAudioPrompt("exported");

        Assert.Equal(3, voice.Share().Position);
        Assert.Equal(["hi."], ToneReader.ReadChunks(model.GenerateAudio(voice, "hi"), offsetHz: 100));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void RowBeforeTheVoice_ComesFirst(byte version)
    {
        var bos = new float[8];
        bos[7] = 42;
        using var folder = new BundleFolder(f =>
        {
            f["bos_before_voice.npy"] = Npy(version, "<f4", "(1, 1, 8)", bos);
            BundleFolder.ChangeManifest(f, m => m with { InsertBosBeforeVoice = true, BosBeforeVoiceFile = "bos_before_voice.npy" });
        });
        using var model = folder.Load();
        using var voice = model.GetStateForAudioPrompt("marius");

        Assert.Equal(2, voice.Share().Position);
        var rows = MemoryMarshal.Cast<byte, float>(voice.Share().Caches[0]).ToArray();
        Assert.Equal(bos, rows[..8]);
        Assert.Equal(ToneGraphs.VoiceRow(ToneTable.VoiceSteps), rows[8..16]);
        Assert.Equal("hi.", ToneReader.Read(model.GenerateAudio(voice, "hi"), "marius"));
    }

    [Theory]
    [InlineData("<f8", "(1, 8)")]
    [InlineData("<f4", "(1, 9)")]
    [InlineData("|O", "(1, 8)")]
    [InlineData("<f4", "(99999999999999999999, 8)")]
    [InlineData("<f4", "(4294967296, 4294967296, 8)")]
    [InlineData("<f4", "(2147483647, 2147483647, 2147483647)")]
    [InlineData("<f4", "8")]
    public void NpyOfAnotherKind_IsRefused(string type, string shape) =>
        Assert.Throws<InvalidDataException>(() => NpyFile.ReadValues(Npy(1, type, shape, new float[8]), "bos.npy"));

    [Fact]
    public void SavedState_SpeaksAsBefore()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("pocket-tts-").FullName, "voice.safetensors");
        using var model = TtsModel.LoadModel("tone");
        using var voice = model.GetStateForAudioPrompt("eponine");
        model.GenerateAudio(voice, "before", new GenerationOptions { CopyState = false });
        var expected = model.GenerateAudio(voice, "after");

        voice.Save(path);
        using var loaded = VoiceState.Load(path);
        loaded.Save(path); // not used yet, over its own file
        using var again = VoiceState.Load(path);

        Assert.Equal(expected, model.GenerateAudio(loaded, "after"));
        Assert.Equal(expected, model.GenerateAudio(again, "after"));
        Assert.Equal(voice.Share().Caches[0], again.Share().Caches[0]);
        Assert.Equal(expected, model.GenerateAudio(model.GetStateForAudioPrompt(path), "after"));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void LoadedState_BelongsToTheModelThatUsesItFirst()
    {
        var directory = Directory.CreateTempSubdirectory("pocket-tts-").FullName;
        var path = Path.Combine(directory, "voice.safetensors");
        using var folder = new BundleFolder(f => BundleFolder.ChangeManifest(f, m => m with { BundleName = "another" }));
        using var other = folder.Load();
        using var first = TtsModel.LoadModel("tone");
        using var second = TtsModel.LoadModel("tone");
        first.GetStateForAudioPrompt("alba").Save(path);
        using var voice = VoiceState.Load(path);

        Assert.Contains("'another'", Assert.Throws<InvalidDataException>(() => other.GenerateAudio(voice, "hi")).Message);
        Assert.Equal("hi.", ToneReader.Read(first.GenerateAudio(voice, "hi")));
        Assert.Throws<ArgumentException>(() => second.GenerateAudio(voice, "hi"));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public void FilesThatHoldNoState_AreRefused()
    {
        using var folder = new BundleFolder();
        var prompt = Path.Combine(folder.Root, BundleFolder.Variant, "embeddings", "alba.safetensors");
        var disposed = VoiceState.Load(WriteState(folder.Root));
        disposed.Dispose();

        Assert.Contains("audio_prompt", Assert.Throws<InvalidDataException>(() => VoiceState.Load(prompt)).Message);
        Assert.Throws<FileNotFoundException>(() => VoiceState.Load(Path.Combine(folder.Root, "none.safetensors")));
        Assert.Throws<ObjectDisposedException>(() => disposed.Save(Path.Combine(folder.Root, "x.safetensors")));
    }

    private static string WriteState(string directory)
    {
        var path = Path.Combine(directory, "state.safetensors");
        using var model = TtsModel.LoadModel("tone");
        using var voice = model.GetStateForAudioPrompt("alba");
        voice.Save(path);
        return path;
    }

    private static VoiceFile Of(params SafeTensor[] tensors) => new("", null, tensors.ToDictionary(t => t.Name));

    internal static byte[] Npy(byte version, string type, string shape, float[] values)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n";
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.UTF8.GetBytes(header), .. values.SelectMany(BitConverter.GetBytes)];
    }
}
