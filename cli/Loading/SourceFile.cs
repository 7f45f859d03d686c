using System.Security.Cryptography;
using System.Text;

namespace MigrationKit.Cli.Loading;

/// <summary>The bytes of a text file and how to turn an edited text back into bytes of the same kind.</summary>
internal sealed class SourceFile
{
    private static readonly (byte[] Mark, Encoding Encoding)[] Marks =
    [
        // UTF-32 before UTF-16: its mark starts with the other's.
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true)),
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true)),
        ([0xEF, 0xBB, 0xBF], new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)),
        ([], new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true)),
    ];

    private readonly byte[] _mark;

    private SourceFile(string path, byte[] bytes, string text, byte[] mark, Encoding encoding)
    {
        Path = path;
        Bytes = bytes;
        Text = text;
        Encoding = encoding;
        _mark = mark;
    }

    public string Path { get; }

    public byte[] Bytes { get; }

    public string Text { get; }

    public Encoding Encoding { get; }

    public static SourceFile Read(string path) => Decode(path, File.ReadAllBytes(path));

    /// <summary>Decodes by byte order mark, else as UTF-8, else as Latin-1: bytes that are no UTF-8 then survive unchanged.</summary>
    public static SourceFile Decode(string path, byte[] bytes)
    {
        foreach (var (mark, encoding) in Marks.Where(m => bytes.AsSpan().StartsWith(m.Mark)))
        {
            try
            {
                return new(path, bytes, encoding.GetString(bytes, mark.Length, bytes.Length - mark.Length), mark, encoding);
            }
            catch (DecoderFallbackException)
            {
                continue; // not what its first bytes promise; Latin-1 below keeps every byte
            }
        }

        return new(path, bytes, Encoding.Latin1.GetString(bytes), [], Encoding.Latin1);
    }

    /// <summary>The bytes of an edited text: encoding, mark and the kind of line end stay, lines that were not edited are the same bytes.</summary>
    public byte[] Encode(string text) => [.. _mark, .. Encoding.GetBytes(LineEnds.Keep(Text, text))];

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
