namespace VoiceForge.Core;

/// <summary>
/// The file <c>SHA256SUMS</c> beside a model, as <c>sha256sum *.onnx &gt; SHA256SUMS</c> writes it. Where there is one, only what it lists is
/// loaded, and only unchanged.
/// </summary>
internal static class ModelManifest
{
    private const string FileName = "SHA256SUMS";
    private const int HashCharacters = 64;
    private const long MostBytes = 1 << 20;

    /// <exception cref="InvalidDataException">The model is not listed, has another hash, or the list cannot be read.</exception>
    public static void Verify(string path, string hash)
    {
        var manifest = Path.Combine(Path.GetDirectoryName(path)!, FileName);
        if (!File.Exists(manifest))
            return;
        if (new FileInfo(manifest).Length is var length and > MostBytes)
            throw new InvalidDataException($"'{manifest}' has {length} bytes; a list of hashes has at most {MostBytes}.");

        var name = Path.GetFileName(path);
        foreach (var line in File.ReadLines(manifest))
        {
            if (line.Length <= HashCharacters + 2 || line[(HashCharacters + 2)..] != name)
                continue;
            if (hash.Equals(line[..HashCharacters], StringComparison.OrdinalIgnoreCase))
                return;

            throw new InvalidDataException(
                $"'{path}' has the SHA-256 {hash}, '{manifest}' says {line[..HashCharacters]}: the file is damaged or another version. " +
                $"Fetch it again, or, if you changed it, write the list anew with 'sha256sum *.onnx > {FileName}'.");
        }

        throw new InvalidDataException($"'{path}' is not listed in '{manifest}', so it is not loaded. Add the line of 'sha256sum {name}' if it belongs there.");
    }
}
