using System.Buffers;
using System.Threading.Channels;
using VoiceForge.Audio;

namespace MigrationKit.Benchmarks;

/// <summary>The lock-free structures against V1's ring and against what .NET brings.</summary>
internal static class Structures
{
    private const int Block = 256;

    public static IEnumerable<Claim> Run()
    {
        yield return HandOver();
        yield return HandOverAgainstChannel();
        yield return QueueAgainstCopy();
        yield return PoolAgainstArrayPool();
    }

    private static Claim HandOver()
    {
        var audio = new float[Block];
        var buffer = new TripleBuffer(Block);
        var ring = new RingBuffer(48000);
        return Claim.AtLeast(
            "Hand-over of a 256-frame block while another thread reads: TripleBuffer at least 10 × V1's ring", "× as many writes",
            Pairs.Speedup(
                WhileReading(count => Repeat(count, () => buffer.Write(audio)), () => buffer.TryReadView(out _)),
                WhileReading(count => Repeat(count, () => ring.Write(audio)), () => ring.Read(Block))),
            10);
    }

    private static Claim HandOverAgainstChannel()
    {
        var audio = new float[Block];
        var buffer = new TripleBuffer(Block);
        var channel = Channel.CreateBounded<float[]>(new BoundedChannelOptions(1)
        {
            FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true,
        });
        return Claim.AtLeast(
            "The same: TripleBuffer faster than Channel<float[]> bounded(1), drop oldest, a new array each", "× as many writes",
            Pairs.Speedup(
                WhileReading(count => Repeat(count, () => buffer.Write(audio)), () => buffer.TryReadView(out _)),
                WhileReading(count => Repeat(count, () => channel.Writer.TryWrite(audio.AsSpan().ToArray())), () => channel.Reader.TryRead(out _))),
            1);
    }

    private static Claim QueueAgainstCopy()
    {
        const int frames = 4096;
        var audio = new float[frames];
        var (middle, result) = (new float[frames], new float[frames]);
        var queue = new SampleQueue(2 * frames);
        return Claim.AtMost(
            "16 KiB through SampleQueue on one thread: at most 1.25 × two memory copies", "× the time",
            Pairs.Cost(
                count => Repeat(count, () =>
                {
                    queue.Write(audio.AsSpan());
                    queue.Read(result.AsSpan());
                }),
                count => Repeat(count, () =>
                {
                    audio.AsSpan().CopyTo(middle);
                    middle.AsSpan().CopyTo(result);
                })),
            1.25);
    }

    private static Claim PoolAgainstArrayPool()
    {
        using var pool = new BufferPool(slotSizeSamples: 4096, numSlots: 8);
        return Claim.AtMost(
            "BufferPool acquire and release on one thread: at most 2 × ArrayPool.Shared", "× the time",
            Pairs.Cost(
                count => Repeat(count, () =>
                {
                    pool.TryAcquire(out var lease);
                    pool.Release(lease);
                }),
                count => Repeat(count, () => ArrayPool<float>.Shared.Return(ArrayPool<float>.Shared.Rent(4096)))),
            2);
    }

    private static void Repeat(int count, Action work)
    {
        for (var i = 0; i < count; i++)
            work();
    }

    /// <summary>Runs the work while a second thread calls <paramref name="read"/> as fast as it can.</summary>
    private static Action<int> WhileReading(Action<int> work, Action read) => count =>
    {
        var isDone = false;
        using var started = new ManualResetEventSlim();
        var reader = new Thread(() =>
        {
            started.Set();
            while (!Volatile.Read(ref isDone))
                read();
        });
        reader.Start();
        started.Wait();
        work(count);
        Volatile.Write(ref isDone, true);
        reader.Join();
    };
}
