using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

/// <summary>A duplex device in virtual time: while one block is recorded another is played, and the callback's output is played after that.</summary>
internal static class VirtualClock
{
    /// <returns>Frames from where an impulse is recorded to where it is played.</returns>
    /// <param name="backend">Of a started stream, mono.</param>
    /// <param name="blocks">How long to listen.</param>
    /// <param name="afterBlock">Called after each callback with the number of blocks so far.</param>
    public static int ImpulseLatency(VirtualBackend backend, int blocks, Action<int>? afterBlock = null)
    {
        var size = backend.Format.BufferSize;
        var impulse = 3 * size + 17;
        var played = new List<float>(new float[size]); // the device plays silence until the first callback has returned ...
        for (var block = 0; block < blocks; block++)
        {
            var input = new float[size];
            if (block == impulse / size)
                input[impulse % size] = 1;
            if (block == 0)
                played.AddRange(new float[size]); // ... and one block is under way when it does
            played.AddRange(backend.Play(input));
            afterBlock?.Invoke(block + 1);
        }

        Assert.Single(played, sample => sample > 0.5f);
        return played.FindIndex(sample => sample > 0.5f) - impulse;
    }
}
