using System.Buffers.Binary;

namespace Speak;

/// <summary>Writes audio to standard output while it is made: raw samples of 16 bits, low byte first, for a player or an encoder behind a pipe.</summary>
internal sealed class PcmPipe(Stream output)
{
    /// <summary>In place of a file's name.</summary>
    public const string Name = "-";

    /// <exception cref="IOException">Whoever read has gone.</exception>
    public async Task WriteAsync(float[] audio, CancellationToken cancellationToken)
    {
        var bytes = new byte[audio.Length * sizeof(short)];
        for (var i = 0; i < audio.Length; i++)
        {
            var sample = (short)Math.Round(Math.Clamp(audio[i], -1f, 1f) * short.MaxValue); // speech may exceed the range, and must not wrap around
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), sample);
        }

        await output.WriteAsync(bytes, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }
}
