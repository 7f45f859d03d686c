namespace VoiceForge.Core;

/// <summary>Recognises PyTorch checkpoints and Python pickles by name and by content: they are programs, not data.</summary>
internal static class PickleGuard
{
    private static readonly string[] Extensions = [".pth", ".pt", ".ckpt", ".pkl", ".pickle"];

    public static void Refuse(string path)
    {
        var reason =
            Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) ? "is a PyTorch checkpoint by its name" :
            LooksLikePickle(path) ? "is a PyTorch checkpoint or Python pickle by its content" :
            null;
        if (reason is not null)
        {
            throw new InvalidDataException(
                $"'{path}' {reason}. Loading one runs code from the file, so it is never opened; convert it once, where you trust it, with " +
                $"torch.onnx.export(model, example_inputs, \"{Path.GetFileNameWithoutExtension(path)}.onnx\") and load the .onnx file.");
        }
    }

    // A zip archive (PyTorch since 1.6), or the pickle opcode PROTO with protocol 2 to 5. An ONNX file begins with a protobuf tag, never with these.
    private static bool LooksLikePickle(string path)
    {
        Span<byte> start = stackalloc byte[4];
        using var file = File.OpenRead(path);
        var read = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        return start[..read].SequenceEqual("PK\u0003\u0004"u8) || (read >= 2 && start[0] == 0x80 && start[1] is >= 2 and <= 5);
    }
}
