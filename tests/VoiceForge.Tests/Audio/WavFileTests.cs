using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class WavFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int, int, byte[], float[]> Encodings() => new()
    {
        { 1, 8, [0, 128, 255], [-1f, 0f, 127 / 128f] },
        { 1, 16, [0x00, 0x80, 0x00, 0x00, 0xFF, 0x7F], [-1f, 0f, 32767 / 32768f] },
        { 1, 24, [0x00, 0x00, 0x80, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0x7F], [-1f, 0f, 8388607 / 8388608f] },
        { 1, 32, [0x00, 0x00, 0x00, 0x80, 0x00, 0x00, 0x00, 0x40], [-1f, 0.5f] },
        { 3, 32, BitConverter.GetBytes(0.1f), [0.1f] },
        { 3, 64, BitConverter.GetBytes(-0.25), [-0.25f] },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Encodings))]
    public void EachEncoding_IsReadPlainAndExtensible(int tag, int bits, byte[] data, float[] expected)
    {
        foreach (var isExtensible in new[] { false, true })
        {
            var path = _folder.Write("in.wav", Wav(Format(tag, bits, channels: 1, isExtensible), Chunk("data", data)));

            Assert.Equal(expected, WavFile.Read(path, out var sampleRate, out var channels));
            Assert.Equal((16000, 1), (sampleRate, channels));
        }
    }

    [Fact]
    public void OddChunksAroundTheFormat_AreSkippedWithTheirPadding()
    {
        var path = _folder.Write("in.wav", Wav(Chunk("LIST", [1, 2, 3]), Format(1, 16, channels: 2), Chunk("junk", [9]), Chunk("data", [0, 64, 0, 192])));

        Assert.Equal([0.5f, -0.5f], WavFile.Read(path, out _, out var channels));
        Assert.Equal(2, channels);
    }

    [Fact]
    public void WhatIsWritten_IsReadBackBitForBit()
    {
        var path = _folder.PathOf("roundtrip.wav");
        Prop.ForAll<float[], FsCheck.PositiveInt>((values, rate) =>
        {
            var samples = values.Concat(values).ToArray(); // whole frames of two
            WavFile.Write(path, samples, rate.Get, channels: 2);

            Assert.Equal(samples, WavFile.Read(path, out var sampleRate, out var channels));
            Assert.Equal((rate.Get, 2), (sampleRate, channels));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void LongFile_IsReadAcrossBlocks()
    {
        var samples = Enumerable.Range(0, 10_001).Select(index => index / 10_001f).ToArray();
        WavFile.Write(_folder.PathOf("long.wav"), samples, 48000);

        Assert.Equal(samples, WavFile.Read(_folder.PathOf("long.wav"), out _, out _));
    }

    [Fact]
    public void EveryTruncation_IsRefusedWithTheFileName()
    {
        var whole = Wav(Format(1, 16, channels: 1), Chunk("data", new byte[40]));
        for (var length = 0; length < whole.Length; length++)
        {
            var path = _folder.Write("cut.wav", whole[..length]);
            Assert.Contains("cut.wav", Assert.Throws<InvalidDataException>(() => WavFile.Read(path, out _, out _)).Message);
        }
    }

    [Fact]
    public void TruncatedData_SaysHowMuchIsMissing()
    {
        var path = _folder.Write("cut.wav", Wav(Format(1, 16, channels: 1), Chunk("data", new byte[40]))[..^10]);

        Assert.Contains("announces 40 bytes, 30 are there", Assert.Throws<InvalidDataException>(() => WavFile.Read(path, out _, out _)).Message);
    }

    [Theory]
    [InlineData(2, 4, "tag 2")] // ADPCM
    [InlineData(1, 12, "12 bits")]
    [InlineData(3, 16, "16 bits")]
    public void OtherEncoding_IsRefusedByName(int tag, int bits, string named)
    {
        var path = _folder.Write("in.wav", Wav(Format(tag, bits, channels: 1), Chunk("data", new byte[8])));

        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => WavFile.Read(path, out _, out _)).Message);
    }

    [Fact]
    public void ContradictoryHeaders_AreRefused()
    {
        Assert.Throws<InvalidDataException>(() => WavFile.Read(_folder.Write("a.wav", Wav(Chunk("data", new byte[4]))), out _, out _));
        Assert.Throws<InvalidDataException>(() => WavFile.Read(_folder.Write("b.wav", Wav(Format(1, 16, channels: 0), Chunk("data", new byte[4]))), out _, out _));
        Assert.Throws<InvalidDataException>(() => WavFile.Read(_folder.Write("c.wav", Wav(Format(1, 16, channels: 2), Chunk("data", new byte[6]))), out _, out _));
        Assert.Throws<InvalidDataException>(() => WavFile.Read(_folder.Write("d.wav", "RIFX....WAVE"u8.ToArray()), out _, out _));
        Assert.Throws<FileNotFoundException>(() => WavFile.Read(_folder.PathOf("none.wav"), out _, out _));
    }

    [Fact]
    public void UnusableArguments_AreRefusedBeforeTheFileIsTouched()
    {
        var path = _folder.PathOf("never.wav");

        Assert.Throws<ArgumentException>(() => WavFile.Write(path, new float[3], 48000, channels: 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => WavFile.Write(path, new float[4], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => WavFile.Write(path, new float[4], 48000, channels: 0));
        Assert.False(File.Exists(path));
    }

    private static byte[] Wav(params byte[][] chunks)
    {
        var body = chunks.SelectMany(chunk => chunk).ToArray();
        return [.. "RIFF"u8, .. Little(body.Length + 4, 4), .. "WAVE"u8, .. body];
    }

    private static byte[] Chunk(string name, byte[] data) =>
        [.. Encoding.ASCII.GetBytes(name), .. Little(data.Length, 4), .. data, .. data.Length % 2 == 1 ? new byte[1] : []];

    private static byte[] Format(int tag, int bits, int channels, bool isExtensible = false)
    {
        var frameBytes = channels * bits / 8;
        byte[] format =
        [
            .. Little(isExtensible ? 0xFFFE : tag, 2), .. Little(channels, 2), .. Little(16000, 4), .. Little(16000 * frameBytes, 4),
            .. Little(frameBytes, 2), .. Little(bits, 2),
        ];
        if (isExtensible)
            format = [.. format, .. Little(22, 2), .. Little(bits, 2), .. Little(0, 4), .. Little(tag, 2), .. new byte[14]];
        return Chunk("fmt ", format);
    }

    private static byte[] Little(int value, int bytes)
    {
        var all = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(all, value);
        return all[..bytes];
    }
}
