using System.Buffers;
using System.Runtime.Intrinsics.X86;
using System.Threading.Channels;
using VoiceForge.Audio;

namespace MigrationKit.Benchmarks;

/// <summary>The lock-free structures against V1's ring, against what .NET brings and against what the processor allows.</summary>
internal static class Structures
{
    private const int Block = 256;
    private const int Writes = 1000;
    private const int RoundTrips = 500;
    private const int PoolPairs = 20_000;

    public static IEnumerable<Claim> Run()
    {
        using var duel = new StructuresDuel();
        yield return HandOverAgainstRing(duel);
        yield return HandOverAgainstChannel(duel);
        yield return BlockLatency(duel);
        yield return LatencyOfTripleBuffer(duel);
        yield return LatencyOfSampleQueue(duel);
        yield return QueueAgainstCopy(duel);
        yield return PoolAgainstArrayPool(duel);
        yield return PoolAgainstExchanges(duel);
        yield return PoolAcrossThreads(duel);
    }

    private static Claim HandOverAgainstRing(StructuresDuel duel)
    {
        var (audio, copy) = (new float[Block], new float[Block]);
        var (buffer, ring) = (new TripleBuffer(Block), new RingBuffer(48000));
        return Claim.AtLeast(
            "Both threads at full rate, each block read is copied out: TripleBuffer at least 10 × the writes of V1's ring", "× as many writes",
            duel.Speedup(
                () => duel.Burst(
                    Writes,
                    () => Repeat(Writes, () => buffer.Write(audio)),
                    () => UntilOver(duel, () => buffer.TryRead(copy, out _))),
                () => duel.Burst(
                    Writes,
                    () => Repeat(Writes, () => ring.Write(audio)),
                    () => UntilOver(duel, () => ring.Read(Block)))),
            10);
    }

    private static Claim HandOverAgainstChannel(StructuresDuel duel)
    {
        var (audio, copy) = (new float[Block], new float[Block]);
        var buffer = new TripleBuffer(Block);
        var channel = Channel.CreateBounded<float[]>(new BoundedChannelOptions(1)
        {
            FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true,
        });
        return Claim.AtLeast(
            "The same: TripleBuffer faster than Channel<float[]> bounded(1), drop oldest, a new array each", "× as many writes",
            duel.Speedup(
                () => duel.Burst(
                    Writes,
                    () => Repeat(Writes, () => buffer.Write(audio)),
                    () => UntilOver(duel, () => buffer.TryRead(copy, out _))),
                () => duel.Burst(
                    Writes,
                    () => Repeat(Writes, () => channel.Writer.TryWrite(audio.AsSpan().ToArray())),
                    () => UntilOver(duel, () =>
                    {
                        if (channel.Reader.TryRead(out var block))
                            block.CopyTo(copy, 0);
                    }))),
            1);
    }

    private static Claim BlockLatency(StructuresDuel duel)
    {
        var (audio, copy, answer) = (new float[Block], new float[Block], new float[Block]);
        var (there, back) = (new TripleBuffer(Block), new TripleBuffer(Block));
        var (bareThere, bareBack) = (new float[Block], new float[Block]);
        var lines = new long[64];
        return Claim.AtMost(
            "A 256-frame block there and back through two TripleBuffers: at most 1.5 × the same copies between two cores with a bare flag", "× the time",
            duel.Cost(
                () => duel.Burst(
                    RoundTrips,
                    () => Repeat(RoundTrips, () =>
                    {
                        there.Write(audio);
                        while (!back.TryRead(answer, out _))
                        {
                            Pause();
                        }
                    }),
                    () => Repeat(RoundTrips, () =>
                    {
                        while (!there.TryRead(copy, out _))
                        {
                            Pause();
                        }

                        back.Write(copy);
                    })),
                () =>
                {
                    (lines[16], lines[32]) = (0, 0);
                    return duel.Burst(
                        RoundTrips,
                        () =>
                        {
                            for (var number = 1L; number <= RoundTrips; number++)
                            {
                                audio.CopyTo(bareThere, 0);
                                Interlocked.Exchange(ref lines[16], number);
                                while (Volatile.Read(ref lines[32]) != number)
                                {
                                    Pause();
                                }

                                bareBack.CopyTo(answer, 0);
                            }
                        },
                        () =>
                        {
                            for (var number = 1L; number <= RoundTrips; number++)
                            {
                                while (Volatile.Read(ref lines[16]) != number)
                                {
                                    Pause();
                                }

                                bareThere.CopyTo(copy, 0);
                                copy.CopyTo(bareBack, 0);
                                Interlocked.Exchange(ref lines[32], number);
                            }
                        });
                }),
            1.5);
    }

    private static Claim LatencyOfTripleBuffer(StructuresDuel duel)
    {
        var sample = new float[1];
        var (there, back) = (new TripleBuffer(1), new TripleBuffer(1));
        return Claim.AtMost(
            "One sample there and back through two TripleBuffers: at most 2.5 × a bare cache line there and back", "× the time",
            duel.Cost(
                () => duel.Burst(
                    RoundTrips,
                    () => Repeat(RoundTrips, () =>
                    {
                        there.Write(sample);
                        while (!back.TryReadView(out _))
                        {
                            Pause();
                        }
                    }),
                    () => Repeat(RoundTrips, () =>
                    {
                        while (!there.TryReadView(out _))
                        {
                            Pause();
                        }

                        back.Write(sample);
                    })),
                CacheLineThereAndBack(duel)),
            2.5);
    }

    private static Claim LatencyOfSampleQueue(StructuresDuel duel)
    {
        var (sample, received, returned) = (new float[1], new float[1], new float[1]);
        var (there, back) = (new SampleQueue(16), new SampleQueue(16));
        return Claim.AtMost(
            "One sample there and back through two SampleQueues: at most 3 × a bare cache line there and back", "× the time",
            duel.Cost(
                () => duel.Burst(
                    RoundTrips,
                    () => Repeat(RoundTrips, () =>
                    {
                        there.Write(sample.AsSpan());
                        while (back.Read(returned.AsSpan()) == 0)
                        {
                            Pause();
                        }
                    }),
                    () => Repeat(RoundTrips, () =>
                    {
                        while (there.Read(received.AsSpan()) == 0)
                        {
                            Pause();
                        }

                        back.Write(received.AsSpan());
                    })),
                CacheLineThereAndBack(duel)),
            3);
    }

    private static Claim QueueAgainstCopy(StructuresDuel duel)
    {
        const int frames = 1024;
        var (audio, middle, result) = (new float[frames], new float[frames], new float[frames]);
        var queue = new SampleQueue(2 * frames);
        return Claim.AtMost(
            "4 KiB through SampleQueue on one thread: at most 1.25 × two memory copies (80 % of their bandwidth)", "× the time",
            duel.Cost(
                () => duel.Alone(Writes, () => Repeat(Writes, () =>
                {
                    queue.Write(audio.AsSpan());
                    queue.Read(result.AsSpan());
                })),
                () => duel.Alone(Writes, () => Repeat(Writes, () =>
                {
                    audio.AsSpan().CopyTo(middle);
                    middle.AsSpan().CopyTo(result);
                }))),
            1.25);
    }

    // Without a delegate for each operation: it would take longer than what is measured.
    private static Claim PoolAgainstArrayPool(StructuresDuel duel)
    {
        using var pool = new BufferPool(slotSizeSamples: 4096, numSlots: 8);
        return Claim.AtMost(
            "BufferPool acquire and release on one thread: at most 2 × ArrayPool.Shared", "× the time",
            duel.Cost(
                () => duel.Alone(PoolPairs, () =>
                {
                    for (var i = 0; i < PoolPairs; i++)
                    {
                        pool.TryAcquire(out var lease);
                        pool.Release(lease);
                    }
                }),
                () => duel.Alone(PoolPairs, () =>
                {
                    for (var i = 0; i < PoolPairs; i++)
                        ArrayPool<float>.Shared.Return(ArrayPool<float>.Shared.Rent(4096));
                })),
            2);
    }

    private static Claim PoolAgainstExchanges(StructuresDuel duel)
    {
        using var pool = new BufferPool(slotSizeSamples: 4096, numSlots: 8);
        var word = new long[32];
        return Claim.AtMost(
            "The same: at most 2 × two bare compare-exchanges, the least that refuses a second release from any thread", "× the time",
            duel.Cost(
                () => duel.Alone(PoolPairs, () =>
                {
                    for (var i = 0; i < PoolPairs; i++)
                    {
                        pool.TryAcquire(out var lease);
                        pool.Release(lease);
                    }
                }),
                () => duel.Alone(PoolPairs, () =>
                {
                    for (var i = 0; i < PoolPairs; i++)
                    {
                        Interlocked.CompareExchange(ref word[16], 1, 0);
                        Interlocked.CompareExchange(ref word[16], 0, 1);
                    }
                })),
            2);
    }

    private static Claim PoolAcrossThreads(StructuresDuel duel)
    {
        using var pool = new BufferPool(slotSizeSamples: 4096, numSlots: 64);
        var (leases, arrays) = (new StructuresMailbox<BufferLease>(), new StructuresMailbox<float[]>());
        return Claim.AtMost(
            "Acquired on one thread, released on another: BufferPool no slower than ArrayPool.Shared", "× the time",
            duel.Cost(
                () => duel.Burst(
                    Writes,
                    () => Repeat(Writes, () =>
                    {
                        pool.TryAcquire(out var lease);
                        while (!leases.TryPut(lease))
                        {
                        }
                    }),
                    () => Repeat(Writes, () =>
                    {
                        BufferLease lease;
                        while (!leases.TryTake(out lease))
                        {
                        }

                        pool.Release(lease);
                    })),
                () => duel.Burst(
                    Writes,
                    () => Repeat(Writes, () =>
                    {
                        var array = ArrayPool<float>.Shared.Rent(4096);
                        while (!arrays.TryPut(array))
                        {
                        }
                    }),
                    () => Repeat(Writes, () =>
                    {
                        float[] array;
                        while (!arrays.TryTake(out array))
                        {
                        }

                        ArrayPool<float>.Shared.Return(array);
                    }))),
            1);
    }

    /// <summary>What the processor needs to move a line to the other core and one back.</summary>
    private static Func<double> CacheLineThereAndBack(StructuresDuel duel)
    {
        var lines = new long[64];
        return () =>
        {
            (lines[16], lines[32]) = (0, 0);
            return duel.Burst(RoundTrips, () => Send(lines, RoundTrips), () => Answer(lines, RoundTrips));
        };
    }

    private static void Send(long[] lines, int count)
    {
        for (var number = 1L; number <= count; number++)
        {
            Interlocked.Exchange(ref lines[16], number); // moves the line at once; a plain store waits in the store buffer
            while (Volatile.Read(ref lines[32]) != number)
            {
                Pause();
            }
        }
    }

    private static void Answer(long[] lines, int count)
    {
        for (var number = 1L; number <= count; number++)
        {
            while (Volatile.Read(ref lines[16]) != number)
            {
                Pause();
            }

            Interlocked.Exchange(ref lines[32], number);
        }
    }

    // On both sides alike: who polls without a pause takes the line away from the one who is about to write it.
    private static void Pause()
    {
        if (X86Base.IsSupported)
            X86Base.Pause();
    }

    private static void UntilOver(StructuresDuel duel, Action work)
    {
        while (!duel.IsOver)
            work();
    }

    private static void Repeat(int count, Action work)
    {
        for (var i = 0; i < count; i++)
            work();
    }
}
