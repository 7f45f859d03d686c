namespace VoiceForge.Core;

/// <summary>Recognises PyTorch checkpoints and Python pickles by name and by content: they are programs, not data.</summary>
internal static class PickleGuard
{
    private static readonly string[] Extensions = [".pth", ".pt", ".ckpt", ".pkl", ".pickle"];

    /// <summary>To be asked before the file is read: a checkpoint is large.</summary>
    /// <exception cref="InvalidDataException">The name is that of a checkpoint or pickle.</exception>
    public static void RefuseName(string path)
    {
        if (Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            throw Refusal(path, "is a PyTorch checkpoint by its name");
    }

    /// <summary>To be asked about what was read.</summary>
    /// <exception cref="InvalidDataException">The content is a checkpoint or pickle, whatever its name.</exception>
    public static void RefuseContent(string path, ReadOnlySpan<byte> content)
    {
        // A zip archive (PyTorch since 1.6), or the pickle opcode PROTO with protocol 2 to 5. An ONNX file begins with a protobuf tag, never with these.
        if (content.StartsWith("PK\u0003\u0004"u8) || (content.Length >= 2 && content[0] == 0x80 && content[1] is >= 2 and <= 5))
            throw Refusal(path, "is a PyTorch checkpoint or Python pickle by its content");
    }

    private static InvalidDataException Refusal(string path, string reason) => new(
        $"'{path}' {reason}. Loading one runs code from the file, so it is never opened; convert it once, where you trust it, with " +
        $"torch.onnx.export(model, example_inputs, \"{Path.GetFileNameWithoutExtension(path)}.onnx\") and load the .onnx file.");
}
