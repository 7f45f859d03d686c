using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace VoiceForge.Core;

/// <summary>A model file as it was read, once: what is checked and hashed is what is loaded, whatever happens to the file meanwhile.</summary>
/// <param name="Path">Full path.</param>
/// <param name="Content">The whole file, which passed the guards.</param>
/// <param name="Bytes">Size of it and of the index file.</param>
/// <param name="HasIndex">Whether an index file was asked for and is there.</param>
/// <param name="Hash">SHA-256 of the model and, after a colon, of the index; lower-case hexadecimal.</param>
internal sealed record ModelFile(string Path, byte[] Content, long Bytes, bool HasIndex, string Hash)
{
    /// <exception cref="FileNotFoundException">There is no model file.</exception>
    /// <exception cref="InvalidDataException">The file must not be loaded; the message says why and what to do.</exception>
    public static ModelFile Read(string modelPath, string? indexPath)
    {
        var path = System.IO.Path.GetFullPath(modelPath);
        if (OperatingSystem.IsWindows() && path.StartsWith(@"\\", StringComparison.Ordinal))
            throw new InvalidDataException($"'{path}' is on another machine or a device; copy the model to a local drive. Opening it would show that machine who you are.");
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no model file '{path}'.", path);

        // Devices and pipes have no length: reading one might never end, and opening a pipe waits for its writer.
        var length = new FileInfo(path).Length;
        if (length == 0)
            throw new InvalidDataException($"'{path}' is empty or no ordinary file; expected an ONNX model.");
        if (length > Array.MaxLength)
        {
            throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture,
                $"'{path}' has {length} bytes; an ONNX file has at most {Array.MaxLength}. Quantise the model or split it."));
        }

        PickleGuard.RefuseName(path);
        var content = File.ReadAllBytes(path);
        PickleGuard.RefuseContent(path, content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        ModelManifest.Verify(path, hash);
        OnnxGuard.Refuse(content, path);

        if (indexPath is null || !File.Exists(indexPath))
        {
            if (indexPath is not null)
                Trace.TraceWarning($"There is no index file '{indexPath}'; the model '{path}' is used without.");
            return new ModelFile(path, content, content.LongLength, HasIndex: false, hash);
        }

        using var index = File.OpenRead(indexPath);
        return new ModelFile(path, content, content.LongLength + index.Length, HasIndex: true, $"{hash}:{Convert.ToHexStringLower(SHA256.HashData(index))}");
    }
}
