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

    // What Windows wrote before UTF-8, and what compilers there still take such files for. Unlike Latin-1 it makes no line end of byte 0x85.
    private static readonly Encoding Legacy = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

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

    /// <param name="path">Full path.</param>
    /// <param name="codePage">What the project declares with <c>CodePage</c>; null when it declares nothing.</param>
    public static SourceFile Read(string path, Encoding? codePage = null) => Decode(path, File.ReadAllBytes(path), codePage);

    /// <summary>Decodes by byte order mark, else by the declared code page, else as UTF-8, else as Windows-1252: bytes that are none of the others then survive unchanged.</summary>
    public static SourceFile Decode(string path, byte[] bytes, Encoding? codePage = null)
    {
        foreach (var (mark, encoding) in Marks.Where(m => bytes.AsSpan().StartsWith(m.Mark)))
        {
            if (mark.Length == 0 && codePage is not null && codePage.GetString(bytes) is var declared && codePage.GetBytes(declared).AsSpan().SequenceEqual(bytes))
                return new(path, bytes, declared, [], codePage);
            try
            {
                return new(path, bytes, encoding.GetString(bytes, mark.Length, bytes.Length - mark.Length), mark, encoding);
            }
            catch (DecoderFallbackException)
            {
                continue; // not what its first bytes promise; the code page below keeps every byte
            }
        }

        return new(path, bytes, Legacy.GetString(bytes), [], Legacy);
    }

    /// <summary>The bytes of an edited text: encoding, mark and the kind of line end stay, lines that were not edited are the same bytes.</summary>
    public byte[] Encode(string text) => [.. _mark, .. Encoding.GetBytes(LineEnds.Keep(Text, text))];

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
