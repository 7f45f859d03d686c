using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace VoiceForge.Audio;

/// <summary>Writes a 32-bit float WAV file from front to end. One thread at a time; the header is right after <see cref="Complete"/>.</summary>
internal sealed class WavWriter : IDisposable
{
    private const int HeaderBytes = 58; // RIFF, fmt of 18 bytes, fact (both required for float), data

    private readonly FileStream _file;
    private readonly string _path;
    private readonly int _sampleRate;
    private readonly int _channels;
    private long _samples;

    public WavWriter(string path, int sampleRate, int channels)
    {
        _path = path;
        _sampleRate = sampleRate;
        _channels = channels;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        WriteHeader();
    }

    public void Write(ReadOnlySpan<float> samples)
    {
        var bytes = (_samples + samples.Length) * sizeof(float);
        if (bytes > uint.MaxValue - HeaderBytes)
            throw new IOException($"'{_path}' would have {bytes} bytes of samples; a WAV file holds 4 GiB. Start a new file.");

        if (BitConverter.IsLittleEndian)
        {
            _file.Write(MemoryMarshal.AsBytes(samples));
        }
        else
        {
            Span<byte> sampleBytes = stackalloc byte[sizeof(float)];
            foreach (var sample in samples)
            {
                BinaryPrimitives.WriteSingleLittleEndian(sampleBytes, sample);
                _file.Write(sampleBytes);
            }
        }

        _samples += samples.Length;
    }

    /// <summary>Writes the final sizes into the header.</summary>
    public void Complete()
    {
        _file.Position = 0;
        WriteHeader();
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    private void WriteHeader()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        var dataBytes = (uint)(_samples * sizeof(float));
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[4..], HeaderBytes - 8 + dataBytes);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[16..], 18);
        BinaryPrimitives.WriteUInt16LittleEndian(header[20..], 3);
        BinaryPrimitives.WriteUInt16LittleEndian(header[22..], (ushort)_channels);
        BinaryPrimitives.WriteUInt32LittleEndian(header[24..], (uint)_sampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], (uint)(_sampleRate * _channels * sizeof(float)));
        BinaryPrimitives.WriteUInt16LittleEndian(header[32..], (ushort)(_channels * sizeof(float)));
        BinaryPrimitives.WriteUInt16LittleEndian(header[34..], 8 * sizeof(float));
        "fact"u8.CopyTo(header[38..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[42..], 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header[46..], (uint)(_samples / _channels));
        "data"u8.CopyTo(header[50..]);
        BinaryPrimitives.WriteUInt32LittleEndian(header[54..], dataBytes);
        _file.Write(header);
    }
}
