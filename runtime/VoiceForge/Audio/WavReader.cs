using System.Buffers.Binary;

namespace VoiceForge.Audio;

/// <summary>Reads a WAV file from front to end. One thread at a time.</summary>
internal sealed class WavReader : IDisposable
{
    private const int PcmTag = 1;
    private const int FloatTag = 3;
    private const int ExtensibleTag = 0xFFFE;
    private const int BlockFrames = 1024;

    private readonly FileStream _file;
    private readonly string _path;
    private WavEncoding _encoding;
    private byte[] _bytes = [];
    private long _framesLeft;

    public WavReader(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        _path = path;
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            ReadHeader();
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public int SampleRate { get; private set; }

    public int Channels { get; private set; }

    public long FrameCount { get; private set; }

    /// <summary>Fills the destination as far as the file goes.</summary>
    /// <returns>Samples read; fewer than asked for only at the end.</returns>
    public int Read(Span<float> destination)
    {
        var read = 0;
        while (_framesLeft > 0 && destination.Length - read >= Channels)
        {
            var frames = (int)Math.Min(Math.Min(BlockFrames, _framesLeft), (destination.Length - read) / Channels);
            var bytes = _bytes.AsSpan(0, frames * Channels * _encoding.Bytes);
            _file.ReadExactly(bytes);
            _encoding.Decode(bytes, destination.Slice(read, frames * Channels));
            read += frames * Channels;
            _framesLeft -= frames;
        }

        return read;
    }

    public void Dispose() => _file.Dispose();

    private void ReadHeader()
    {
        Span<byte> riff = stackalloc byte[12];
        if (_file.ReadAtLeast(riff, 12, throwOnEndOfStream: false) < 12 || !riff[..4].SequenceEqual("RIFF"u8) || !riff[8..].SequenceEqual("WAVE"u8))
            throw Invalid("does not start with a RIFF/WAVE header; only WAV files can be read");

        Span<byte> header = stackalloc byte[8];
        while (_file.ReadAtLeast(header, 8, throwOnEndOfStream: false) == 8)
        {
            var size = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            var start = _file.Position;
            if (header[..4].SequenceEqual("fmt "u8))
                ReadFormat(size);

            if (header[..4].SequenceEqual("data"u8))
            {
                StartData(size);
                return;
            }

            _file.Position = start + size + (size & 1); // chunks of odd length are followed by one byte of padding
        }

        throw Invalid("has no data chunk; it is truncated");
    }

    private void ReadFormat(uint size)
    {
        Span<byte> format = stackalloc byte[40];
        format = format[..(int)Math.Min(size, 40)];
        if (_file.ReadAtLeast(format, format.Length, throwOnEndOfStream: false) < format.Length || format.Length < 16)
            throw Invalid($"has a fmt chunk of {size} bytes, cut short; at least 16 are needed");

        int tag = BinaryPrimitives.ReadUInt16LittleEndian(format);
        if (tag == ExtensibleTag && format.Length == 40)
            tag = BinaryPrimitives.ReadUInt16LittleEndian(format[24..]); // the sub-format's first two bytes are the plain tag

        int bits = BinaryPrimitives.ReadUInt16LittleEndian(format[14..]);
        int frameBytes = BinaryPrimitives.ReadUInt16LittleEndian(format[12..]);
        Channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        SampleRate = BinaryPrimitives.ReadInt32LittleEndian(format[4..]);
        _encoding = new WavEncoding(tag == FloatTag, bits / 8);
        if (tag is not (PcmTag or FloatTag) || bits % 8 != 0 || !_encoding.IsSupported)
            throw Invalid($"has format tag {tag} with {bits} bits; PCM of 8, 16, 24 or 32 bits and float of 32 or 64 bits can be read");
        if (Channels == 0 || SampleRate <= 0 || frameBytes != Channels * _encoding.Bytes)
            throw Invalid($"has a contradictory fmt chunk: {Channels} channels, {SampleRate} Hz, {bits} bits, {frameBytes} bytes per frame");
    }

    private void StartData(uint size)
    {
        if (Channels == 0)
            throw Invalid("has its data chunk before its fmt chunk");

        var frameBytes = Channels * _encoding.Bytes;
        var left = _file.Length - _file.Position;
        if (size > left)
            throw Invalid($"is truncated: its data chunk announces {size} bytes, {left} are there");
        if (size % frameBytes != 0)
            throw Invalid($"is truncated: its data chunk of {size} bytes ends within a frame of {frameBytes} bytes");

        FrameCount = size / frameBytes;
        _framesLeft = FrameCount;
        _bytes = new byte[BlockFrames * frameBytes];
    }

    private InvalidDataException Invalid(string what) => new($"'{_path}' {what}.");
}
