using FsCheck;
using FsCheck.Fluent;
using PocketTts.Onnx;
using PocketTts.Text;
using PocketTts.Tone;
using PocketTts.Voices;
using VoiceForge.Core;

namespace PocketTts.Tests;

/// <summary>Whatever bytes a file has: its reader takes it or says that it is damaged, and does nothing else.</summary>
public sealed class DamagedFileTests
{
    private static readonly Dictionary<string, (byte[] Whole, Action<byte[]> Read)> Readers = new()
    {
        ["wav"] = (WavReaderTests.Wav(1, 16, 2, new byte[64]), f => WavReader.Read(f, "test")),
        ["safetensors"] = (SafeTensorsFile.Write(VoiceFile.OfPrompt(new float[16], 8)), f => SafeTensorsFile.Read(f, "test")),
        ["npy"] = (TinyModel.Npy(TinyModel.Bos), f => NpyFile.ReadValues(f, "test")),
        ["voices.bin"] = (ModelFilesTests.Voices(("a", 2, 8), ("b", 1, 8)), f => VoicesBin.Read(f, "test")),
        ["tokenizer.model"] = (ToneFiles.All["tokenizer.model"], f => _ = new UnigramTokenizer(SentencePieceModel.Parse(f, "test")).Encode("hello")),
        ["vocab.json"] = ("""{"<unk>":0,"a":1,"b":2}"""u8.ToArray(), f => VocabularyJson.Parse(f, """{"a":-1,"b":-2}"""u8.ToArray(), "test", "scores")),
        ["bundle.json"] = (ToneFiles.All[BundleManifest.FileName], f => BundleManifest.Parse(f, "test")),
        ["onnx"] = (ToneFiles.All["flow_lm_flow.onnx"], ReadGraph),
        ["sums"] = ("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.onnx\n"u8.ToArray(), f => Checksums.Parse(System.Text.Encoding.UTF8.GetString(f), "test")),
    };

    public static TheoryData<string> Kinds => [.. Readers.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AnyDamage_IsReadOrRefused(string kind)
    {
        var (whole, read) = Readers[kind];
        read(whole);

        Prop.ForAll(
            Damages(whole.Length).ToArbitrary(),
            damages => ReadsOrRefuses(read, damages.Aggregate(whole, (file, damage) => damage.Apply(file)))).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void AnyBytes_AreReadOrRefused(string kind) => Prop.ForAll(
        Gen.Choose(0, 255).Select(b => (byte)b).ArrayOf().ToArbitrary(),
        bytes => ReadsOrRefuses(Readers[kind].Read, bytes)).QuickCheckThrowOnFailure();

    [Theory]
    [MemberData(nameof(Kinds))]
    public void EveryCut_IsReadOrRefused(string kind)
    {
        var (whole, read) = Readers[kind];
        for (var length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 500))
            ReadsOrRefuses(read, whole[..length]);
    }

    private static void ReadGraph(byte[] file)
    {
        OnnxGuard.Refuse(file, "test");
        _ = GraphWiring.Of(file, "test").CanShareMemory("state_0", "out_state_0");
    }

    private static void ReadsOrRefuses(Action<byte[]> read, byte[] file)
    {
        try
        {
            read(file);
        }
        catch (InvalidDataException e)
        {
            Assert.Contains("'", e.Message); // it quotes what it found
        }
    }

    /// <summary>A few, each of another place: small numbers and large ones matter most, since lengths and counts are made of them.</summary>
    private static Gen<Damage[]> Damages(int length) =>
        (from place in Gen.Choose(0, length - 1)
         from value in Gen.OneOf(Gen.Choose(0, 255), Gen.Elements(0, 1, 0x7f, 0x80, 0xff))
         from kind in Gen.Choose(0, 2)
         select new Damage(kind, place, (byte)value)).ArrayOf(4);

    private sealed record Damage(int Kind, int Place, byte Value)
    {
        public byte[] Apply(byte[] file)
        {
            var at = Math.Min(Place, file.Length);
            return Kind switch
            {
                0 when at < file.Length => [.. file[..at], Value, .. file[(at + 1)..]],
                1 => [.. file[..at], Value, .. file[at..]],
                _ => [.. file[..at], .. file[Math.Min(at + 1, file.Length)..]],
            };
        }
    }
}
