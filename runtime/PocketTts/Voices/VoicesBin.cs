using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace PocketTts.Voices;

/// <summary>
/// Reads <c>voices.bin</c>: a count, then for each voice a name of 32 bytes, the numbers of rows and of values in a row, and the rows of the
/// encoder as 32-bit floats.
/// </summary>
internal static class VoicesBin
{
    public const string FileName = "voices.bin";
    private const int NameBytes = 32, MostVoices = 100_000;

    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static Dictionary<string, VoiceFile> Read(ReadOnlySpan<byte> file, string location)
    {
        var at = 0;
        var count = Integer(file);
        if (count > MostVoices)
            throw Damaged($"it claims {count} voices");
        var voices = new Dictionary<string, VoiceFile>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            if (file.Length - at < NameBytes)
                throw Damaged($"it ends inside voice {i} of {count}");
            var name = Encoding.ASCII.GetString(file.Slice(at, NameBytes)).TrimEnd('\0');
            at += NameBytes;
            long rows = Integer(file), width = Integer(file);
            var bytes = (Int128)rows * width * sizeof(float);
            if (name.Length == 0 || rows == 0 || width == 0 || bytes > file.Length - at)
                throw Damaged($"voice {i} ('{name}') claims {rows} rows of {width} values, {file.Length - at} bytes are left");
            var values = MemoryMarshal.Cast<byte, float>(file.Slice(at, (int)bytes)).ToArray();
            at += (int)bytes;
            if (!voices.TryAdd(name, VoiceFile.OfPrompt(values, (int)width) with { Location = $"{location}:{name}" }))
                throw Damaged($"it has '{name}' twice");
        }

        return at == file.Length ? voices : throw Damaged($"{file.Length - at} bytes follow the last voice");

        long Integer(ReadOnlySpan<byte> bytes)
        {
            if (bytes.Length - at < sizeof(uint))
                throw Damaged("it ends inside a number");
            at += sizeof(uint);
            return BinaryPrimitives.ReadUInt32LittleEndian(bytes[(at - sizeof(uint))..]);
        }

        InvalidDataException Damaged(string why) => new($"'{location}' is not a whole {FileName}: {why}.");
    }
}
