using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace PocketTts.Voices;

/// <summary>Keeps the voices that were made last, by what they were made of: making one costs seconds with a real model. Thread-safe.</summary>
/// <remarks>The least recently used goes first when there are more than <see cref="MostVoices"/> or they take more than <see cref="MostBytes"/>.</remarks>
internal sealed class VoiceCache
{
    public const int MostVoices = 16;
    public const long MostBytes = 256L << 20;
    private readonly Lock _gate = new();
    private readonly LinkedList<(string Key, FlowSnapshot Voice, long Bytes)> _byUse = new(); // last used first
    private long _bytes;

    public int Count
    {
        get
        {
            lock (_gate)
                return _byUse.Count;
        }
    }

    /// <param name="kind">What the content is, and everything else that the voice depends on.</param>
    /// <param name="content">All of it.</param>
    public static string KeyOf<T>(string kind, ReadOnlySpan<T> content)
        where T : unmanaged => $"{kind}:{Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(content)))}";

    public FlowSnapshot? Find(string key)
    {
        lock (_gate)
        {
            for (var node = _byUse.First; node is not null; node = node.Next)
            {
                if (node.Value.Key != key)
                    continue;
                _byUse.Remove(node);
                _byUse.AddFirst(node);
                return node.Value.Voice;
            }
        }

        return null;
    }

    public FlowSnapshot Add(string key, FlowSnapshot voice)
    {
        var bytes = voice.Caches.Sum(c => (long)c.Length);
        lock (_gate)
        {
            _byUse.AddFirst((key, voice, bytes));
            _bytes += bytes;
            while (_byUse.Count > MostVoices || _bytes > MostBytes)
            {
                _bytes -= _byUse.Last!.Value.Bytes;
                _byUse.RemoveLast();
            }
        }

        return voice;
    }

    public void Clear()
    {
        lock (_gate)
        {
            _byUse.Clear();
            _bytes = 0;
        }
    }
}
