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
        var file = SafeTensorsFile.Write([new("first", [floats.Length], floats), new("second", [1, 1], [7])]);
        var read = SafeTensorsFile.Read(file, "test");
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
        using var folder = new BundleFolder(f => f["embeddings/exported.safetensors"] = SafeTensorsFile.Write(
        [
            new($"{Module}/cache", [2, 1, 3, 1, 8], [.. Enumerable.Repeat(row, 6).SelectMany(r => r)]),
            new($"{Module}/pad", [1], [0]),
        ]));
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
        Assert.Equal(bos, voice.Share().Caches[0][..8]);
        Assert.Equal(ToneGraphs.VoiceRow(ToneTable.VoiceSteps), voice.Share().Caches[0][8..16]);
        Assert.Equal("hi.", ToneReader.Read(model.GenerateAudio(voice, "hi"), "marius"));
    }

    [Theory]
    [InlineData("<f8", "(1, 8)")]
    [InlineData("<f4", "(1, 9)")]
    public void NpyOfAnotherKind_IsRefused(string type, string shape) =>
        Assert.Throws<InvalidDataException>(() => NpyFile.ReadValues(Npy(1, type, shape, new float[8]), "bos.npy"));

    private static byte[] Npy(byte version, string type, string shape, float[] values)
    {
        var header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': {shape}, }}\n";
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)header.Length) : BitConverter.GetBytes(header.Length);
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.UTF8.GetBytes(header), .. values.SelectMany(BitConverter.GetBytes)];
    }
}
