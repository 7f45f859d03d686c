using System.Buffers.Binary;
using System.Text;
using PocketTts.Voices;

namespace PocketTts.Tests;

public sealed class WavReaderTests
{
    private const int Pcm = 1, Float = 3, Extensible = 0xFFFE;

    [Fact]
    public void Pcm8_IsCentredAt128() => Assert.Equal([0f, -1f, 127 / 128f], Read(Pcm, 8, 1, [128, 0, 255]));

    [Fact]
    public void Pcm16_ReachesMinusOne() => Assert.Equal([-1f, 0.5f], Read(Pcm, 16, 1, [0x00, 0x80, 0x00, 0x40]));

    [Fact]
    public void Pcm24_KeepsTheSign() => Assert.Equal([-1f, 0.5f], Read(Pcm, 24, 1, [0, 0, 0x80, 0, 0, 0x40]));

    [Fact]
    public void Pcm32_KeepsTheSign() => Assert.Equal([-1f, 0.5f], Read(Pcm, 32, 1, [0, 0, 0, 0x80, 0, 0, 0, 0x40]));

    [Fact]
    public void FloatingPoint_IsTakenAsItIs()
    {
        Assert.Equal([1.5f], Read(Float, 32, 1, BitConverter.GetBytes(1.5f)));
        Assert.Equal([-0.25f], Read(Float, 64, 1, BitConverter.GetBytes(-0.25)));
    }

    [Fact]
    public void Stereo_IsAveraged() => Assert.Equal([0.25f], Read(Pcm, 16, 2, [0x00, 0x40, 0x00, 0x00]));

    [Fact]
    public void ExtensibleFormat_IsReadByItsSubformat() => Assert.Equal([0.5f], Read(Extensible, 16, 1, [0x00, 0x40]));

    [Fact]
    public void OddChunk_IsPadded()
    {
        var file = Wav(Pcm, 16, 1, [0x00, 0x40], extra: Chunk("LIST", [1, 2, 3]));

        Assert.Equal([0.5f], WavReader.Read(file, "test.wav").Samples);
    }

    [Fact]
    public void SampleRate_IsGivenBack() => Assert.Equal(44100, WavReader.Read(Wav(Pcm, 16, 1, [0, 0]), "test.wav").SampleRate);

    [Theory]
    [InlineData(Pcm, 12)]
    [InlineData(2, 4)]
    [InlineData(Float, 16)]
    public void OtherFormats_AreRefusedByNumber(int format, int bits)
    {
        var error = Assert.Throws<InvalidDataException>(() => WavReader.Read(Wav(format, bits, 1, [0, 0, 0, 0]), "odd.wav"));

        Assert.Contains("odd.wav", error.Message);
        Assert.Contains($"format {format} with {bits} bits", error.Message);
    }

    [Fact]
    public void CutOffFile_IsRefused() =>
        Assert.Contains("cut off", Assert.Throws<InvalidDataException>(() => WavReader.Read(Wav(Pcm, 16, 1, [0, 0, 0, 0]).AsSpan()[..^2], "cut.wav")).Message);

    [Fact]
    public void FileThatIsNoWav_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => WavReader.Read("not a wav at all"u8, "test.wav"));

    [Fact]
    public void WavPath_IsAVoice()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("pocket-tts-").FullName, "prompt.WAV");
        var samples = ToneVoiceTests.Square(0.5, 1920 * 4);
        File.WriteAllBytes(path, Wav(Float, 32, 1, [.. samples.SelectMany(BitConverter.GetBytes)], sampleRate: 24000));
        using var model = TtsModel.LoadModel("tone");
        using var voice = model.GetStateForAudioPrompt(path);

        Assert.Equal(["hi."], ToneReader.ReadChunks(model.GenerateAudio(voice, "hi"), offsetHz: 200));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    private static float[] Read(int format, int bits, int channels, byte[] data) => WavReader.Read(Wav(format, bits, channels, data), "test.wav").Samples;

    internal static byte[] Wav(int format, int bits, int channels, byte[] data, byte[]? extra = null, int sampleRate = 44100)
    {
        var description = new byte[format == Extensible ? 40 : 16];
        BinaryPrimitives.WriteUInt16LittleEndian(description, (ushort)format);
        BinaryPrimitives.WriteUInt16LittleEndian(description.AsSpan(2), (ushort)channels);
        BinaryPrimitives.WriteInt32LittleEndian(description.AsSpan(4), sampleRate);
        BinaryPrimitives.WriteUInt16LittleEndian(description.AsSpan(14), (ushort)bits);
        if (format == Extensible)
            BinaryPrimitives.WriteUInt16LittleEndian(description.AsSpan(24), Pcm);
        byte[] body = [.. "WAVE"u8, .. Chunk("fmt ", description), .. extra ?? [], .. Chunk("data", data)];
        return Chunk("RIFF", body);
    }

    private static byte[] Chunk(string name, byte[] content) =>
        [.. Encoding.ASCII.GetBytes(name), .. BitConverter.GetBytes(content.Length), .. content, .. new byte[content.Length & 1]];
}
