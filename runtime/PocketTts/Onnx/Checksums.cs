using System.Security.Cryptography;

namespace PocketTts.Onnx;

/// <summary>The optional file <c>SHA256SUMS</c> of a model's folder, as the program <c>sha256sum</c> writes it.</summary>
/// <remarks>Guards against damaged and mixed-up files; whoever may write the folder may write this file as well.</remarks>
internal sealed class Checksums
{
    public const string FileName = "SHA256SUMS";
    private readonly Dictionary<string, string> _sums = new(StringComparer.Ordinal);
    private readonly string _location;

    private Checksums(string location) => _location = location;

    /// <exception cref="InvalidDataException">A line is not a SHA-256 and a name.</exception>
    public static Checksums Parse(string text, string location)
    {
        const int digits = 2 * SHA256.HashSizeInBytes;
        var checksums = new Checksums(location);
        foreach (var line in text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            // Two spaces, or a space and a star, stand between them.
            var name = line.Length > digits + 2 ? line[(digits + 2)..] : "";
            if (name.Length == 0 || !line.AsSpan(0, digits).ToString().All(char.IsAsciiHexDigit) || line[digits] != ' ')
                throw new InvalidDataException($"'{location}' has the line '{line}'; expected {digits} hexadecimal digits, two spaces and a file name.");
            checksums._sums[name.StartsWith("./", StringComparison.Ordinal) ? name[2..] : name] = line[..digits];
        }

        return checksums;
    }

    /// <exception cref="InvalidDataException">The file is not listed, or is another one than listed.</exception>
    public void Verify(string file, ReadOnlySpan<byte> content, string description)
    {
        if (!_sums.TryGetValue(file, out var expected))
            throw new InvalidDataException($"'{description}' is not listed in '{_location}'; list it, or remove that file to read the model unchecked.");
        var found = Convert.ToHexStringLower(SHA256.HashData(content));
        if (!found.Equals(expected, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException($"'{description}' has the SHA-256 {found}, but '{_location}' says {expected}; download it again.");
    }
}
