using System.Runtime.InteropServices;
using System.Text;
using PocketTts.Tone;
using PocketTts.Voices;

namespace PocketTts.Tests;

/// <summary>Exported states in both published forms, and what is none.</summary>
public sealed class StateFileTests : IDisposable
{
    private const string Module = "transformer.layers.0.self_attn";
    private readonly SpeechEngine _engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone" });

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void OlderForm_SaysItsPositionsByALength()
    {
        var file = Read(Cache(rows: 9), ("F32", $"{Module}/current_end", [7], new byte[28]), ("I64", $"{Module}/pad", [1], BitConverter.GetBytes(3L)));

        var snapshot = _engine.ReadState(file);

        Assert.Equal(7, snapshot.Position);
        var rows = MemoryMarshal.Cast<byte, float>(snapshot.Caches[0]).ToArray();
        Assert.Equal(2 * 7 * 8, rows.Length);
        Assert.Equal([0, 6 * 8, 9 * 8, (9 * 8) + (6 * 8)], new[] { rows[0], rows[6 * 8], rows[7 * 8], rows[13 * 8] });
    }

    [Fact]
    public void NewerForm_SaysItsPositionsByANumber() =>
        Assert.Equal(5, _engine.ReadState(Read(Cache(rows: 9), ("I64", $"{Module}/offset", [1], BitConverter.GetBytes(5L)))).Position);

    [Theory]
    [InlineData(0L)]
    [InlineData(10L)]
    [InlineData(-1L)]
    [InlineData(long.MaxValue)]
    public void PositionsOutsideTheCache_AreRefused(long positions)
    {
        var file = Read(Cache(rows: 9), ("I64", $"{Module}/offset", [1], BitConverter.GetBytes(positions)));

        Assert.Contains("positions in use", Assert.Throws<InvalidDataException>(() => _engine.ReadState(file)).Message);
    }

    [Fact]
    public void OtherHeads_AreRefused()
    {
        var file = Read(("F32", $"{Module}/cache", [2, 1, 1, 2, 4], new byte[64]));

        Assert.Contains("[2, 1, 1, 2, 4]", Assert.Throws<InvalidDataException>(() => _engine.ReadState(file)).Message);
    }

    [Fact]
    public void StateThatLeavesNoRoom_IsRefused()
    {
        var file = Read(Cache(rows: ToneGraphs.Capacity - 1));

        Assert.Contains("room", Assert.Throws<InvalidDataException>(() => _engine.ReadState(file)).Message);
    }

    [Fact]
    public void WrittenState_HasTheNamesAndShapesOfTheReference()
    {
        using var voice = _engine.CreateVoice("jean", truncate: false);
        var bytes = SafeTensorsFile.Write(_engine.WriteState(voice.Share()));
        var header = Encoding.UTF8.GetString(bytes.AsSpan(8, (int)BitConverter.ToInt64(bytes)));
        var file = SafeTensorsFile.Read(bytes, "test");

        Assert.Equal(1, file.Integers[$"{Module}/offset"]);
        Assert.Equal([2L, 1, 1, 1, 8], file.Tensors[$"{Module}/cache"].Shape);
        Assert.Contains("\"dtype\":\"I64\",\"shape\":[1]", header);
        Assert.Equal("tone", file.Model);
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[1],"data_offsets":[2,6]}}""", "overlap")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "twice")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4294967297,4294967297],"data_offsets":[0,4]}}""", "does not fit")]
    [InlineData("""{"a":{"dtype":"I64","shape":[2147483647,2147483647,2147483647,2147483647,2147483647],"data_offsets":[0,8]}}""", "does not fit")]
    [InlineData("""{"a":{"dtype":"BF16","shape":[3],"data_offsets":[0,7]}}""", "does not fit")]
    public void PlacesThatDoNotFit_AreRefused(string header, string expected)
    {
        byte[] file = [.. BitConverter.GetBytes((long)header.Length), .. Encoding.UTF8.GetBytes(header), .. new byte[8]];

        Assert.Contains(expected, Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Read(file, "some.safetensors")).Message);
    }

    [Fact]
    public void HeaderBeyondItsCap_IsRefusedUnread()
    {
        byte[] file = [.. BitConverter.GetBytes(2L << 20), .. new byte[3 << 20]];

        Assert.Contains("header", Assert.Throws<InvalidDataException>(() => SafeTensorsFile.Read(file, "some.safetensors")).Message);
    }

    internal static (string, string, long[], byte[]) Cache(int rows) =>
        ("F32", $"{Module}/cache", [2, 1, rows, 1, 8], [.. Enumerable.Range(0, 2 * rows * 8).SelectMany(i => BitConverter.GetBytes((float)i))]);

    internal static VoiceFile Read(params (string Type, string Name, long[] Shape, byte[] Content)[] tensors)
    {
        var entries = new List<string>();
        var data = new List<byte>();
        foreach (var (type, name, shape, content) in tensors)
        {
            entries.Add($$"""
                "{{name}}":{"dtype":"{{type}}","shape":[{{string.Join(',', shape)}}],"data_offsets":[{{data.Count}},{{data.Count + content.Length}}]}
                """);
            data.AddRange(content);
        }

        var header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}");
        return SafeTensorsFile.Read([.. BitConverter.GetBytes((long)header.Length), .. header, .. data], "test.safetensors");
    }
}
