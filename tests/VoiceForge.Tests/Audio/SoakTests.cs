using System.Collections.Concurrent;
using System.Globalization;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

/// <summary>Two and more threads at full speed, a fixed number of times.</summary>
/// <remarks>
/// <c>VOICEFORGE_SOAK_ROUNDS=1000 dotnet test tests/VoiceForge.Tests --filter Category=Soak</c> does all of it a thousand times: the
/// triple buffer's part is then 6 × 10^8 blocks, the queue's 4 × 10^9 samples.
/// </remarks>
[Trait("Category", "Soak")]
public sealed class SoakTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("VOICEFORGE_SOAK_ROUNDS"), NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) ? rounds : 1;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task F45_TripleBuffer_BlocksArriveWholeInOrderAndAddUp(bool isPooled)
    {
        for (var round = 0; round < Rounds; round++)
            await SoakTripleBuffer(isPooled);
    }

    [Fact]
    public async Task SampleQueue_DeliversEverySampleOnceAndInOrder()
    {
        for (var round = 0; round < Rounds; round++)
            await SoakSampleQueue();
    }

    [Fact]
    public async Task BufferPool_NeverGivesASlotToTwoAndStaysWhole()
    {
        for (var round = 0; round < Rounds; round++)
            await SoakBufferPool();
    }

    [Fact]
    public async Task BufferPool_SlotsThatAreReturnedByAnotherThread_AllComeBack()
    {
        for (var round = 0; round < Rounds; round++)
            await SoakBufferPoolAcrossThreads();
    }

    [Fact]
    public async Task BufferPool_DisposedWhileInUse_FreesAfterTheLastLease()
    {
        for (var round = 0; round < Rounds; round++)
            await SoakDisposal();
    }

    private static async Task SoakTripleBuffer(bool isPooled)
    {
        const int blocks = 300_000;
        using var pool = new BufferPool(slotSizeSamples: 64, numSlots: 3);
        var buffer = isPooled ? new TripleBuffer(pool, bufferSize: 64) : new TripleBuffer(bufferSize: 64);

        var writer = Task.Factory.StartNew(() =>
        {
            var block = new float[64];
            for (var number = 1; number <= blocks; number++)
            {
                var length = 1 + number % 64;
                block.AsSpan(0, length).Fill(number);
                Assert.True(buffer.Write(block.AsSpan(0, length)));
            }
        }, TaskCreationOptions.LongRunning);

        var last = 0f;
        while (last < blocks)
        {
            if (!buffer.TryReadView(out var block))
                continue;

            var number = block[0];
            Assert.True(number > last);
            Assert.Equal(1 + (int)number % 64, block.Length);
            Assert.False(block.ContainsAnyExcept(number));
            last = number;
        }

        await writer.WaitAsync(Limit);
        var stats = buffer.GetStats();
        Assert.Equal(blocks, stats.Published);
        Assert.Equal(blocks, stats.Read + stats.Dropped);
    }

    private static async Task SoakSampleQueue()
    {
        const int samples = 4_000_000;
        var queue = new SampleQueue(capacitySamples: 1000);

        var writer = Task.Factory.StartNew(() =>
        {
            var chunk = new float[97];
            for (var next = 0; next < samples;)
            {
                var count = Math.Min(chunk.Length, samples - next);
                for (var index = 0; index < count; index++)
                    chunk[index] = next + index;
                var accepted = queue.Write(chunk.AsSpan(0, count));
                next += accepted;
                if (accepted == 0)
                    Thread.Yield(); // else, on one processor, each side would spin its time slice away
            }
        }, TaskCreationOptions.LongRunning);

        var destination = new float[61];
        for (var expected = 0; expected < samples;)
        {
            var count = queue.Read(destination.AsSpan());
            if (count == 0)
                Thread.Yield();
            for (var index = 0; index < count; index++)
                Assert.Equal(expected++, destination[index]);
        }

        await writer.WaitAsync(Limit);
        Assert.Equal(0, queue.Available);
    }

    private static async Task SoakBufferPool()
    {
        const int rounds = 100_000;
        using var pool = new BufferPool(slotSizeSamples: 16, numSlots: 5);
        var users = Enumerable.Range(1, 4).Select(user => Task.Factory.StartNew(() =>
        {
            var pairs = 0;
            for (var round = 0; round < rounds; round++)
            {
                if (!pool.TryAcquire(out var lease) || !pool.TryAcquire(out var second))
                {
                    lease.Dispose();
                    continue;
                }

                lease.Samples.Fill(user);
                second.Samples.Fill(-user);
                Assert.False(lease.Samples.ContainsAnyExcept(user));
                Assert.False(second.Samples.ContainsAnyExcept(-user));
                Assert.True(pool.Release(lease));
                Assert.True(pool.Release(second));
                pairs++;
            }

            return pairs;
        }, TaskCreationOptions.LongRunning)).ToArray();

        var everyone = Task.WhenAll(users);
        var reports = new List<IntegrityReport>();
        do
        {
            reports.Add(pool.ValidateIntegrity());
        }
        while (!everyone.IsCompleted);

        var granted = (await everyone.WaitAsync(Limit)).Sum();
        Assert.All(reports, report => Assert.Empty(report.Problems));
        Assert.Empty(pool.ValidateIntegrity().Problems);
        var stats = pool.GetUsageStats();
        Assert.Equal((0, 5, 0), (stats.InUse, stats.Free, stats.Quarantined));
        Assert.Equal(stats.Acquires, stats.Releases);
        Assert.InRange(granted, 1, stats.Acquires / 2);
    }

    private static async Task SoakBufferPoolAcrossThreads()
    {
        const int leases = 20_000;
        using var pool = new BufferPool(slotSizeSamples: 16, numSlots: 6);
        var onTheWay = new BlockingCollection<(BufferLease Lease, int Number)>(boundedCapacity: 4);
        var taker = Task.Factory.StartNew(() =>
        {
            for (var number = 0; number < leases; number++)
            {
                BufferLease lease;
                while (!pool.TryAcquire(out lease))
                    Thread.Yield();
                lease.Samples.Fill(number);
                onTheWay.Add((lease, number));
            }

            onTheWay.CompleteAdding();
        }, TaskCreationOptions.LongRunning);

        foreach (var (lease, number) in onTheWay.GetConsumingEnumerable())
        {
            Assert.False(lease.Samples.ContainsAnyExcept(number));
            Assert.True(pool.Release(lease));
        }

        await taker.WaitAsync(Limit);
        var stats = pool.GetUsageStats();
        Assert.Equal((leases, leases, 0, 6), (stats.Acquires, stats.Releases, stats.InUse, stats.Free));
        Assert.InRange(stats.PeakInUse, 1, 6);
        Assert.Empty(pool.ValidateIntegrity().Problems);
    }

    private static async Task SoakDisposal()
    {
        for (var round = 0; round < 500; round++)
        {
            var pool = new BufferPool(slotSizeSamples: 16, numSlots: 2);
            var user = Task.Run(() =>
            {
                while (pool.TryAcquire(out var lease))
                {
                    lease.Samples.Fill(1);
                    Assert.True(pool.Release(lease));
                }
            });
            pool.Dispose();
            await user.WaitAsync(Limit);
            Assert.False(pool.TryAcquire(out _));
        }
    }
}
