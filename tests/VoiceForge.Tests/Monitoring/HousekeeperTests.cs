using VoiceForge.Monitoring;

namespace VoiceForge.Tests.Monitoring;

public sealed class HousekeeperTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public void Duty_IsDoneOncePerPeriodAndOnceAfterALongSleep()
    {
        var done = 0;
        using var keeper = new Housekeeper(Unexpected, (Hour, () => done++));

        keeper.RunDue(Hour - TimeSpan.FromTicks(1));
        Assert.Equal(0, done);
        keeper.RunDue(Hour);
        keeper.RunDue(1.5 * Hour);
        Assert.Equal(1, done);
        keeper.RunDue(100 * Hour);
        keeper.RunDue(100.5 * Hour);
        Assert.Equal(2, done);
    }

    [Fact]
    public void PostedWork_IsDoneInOrderBeforeDisposeReturns()
    {
        var done = new List<int>();
        var keeper = new Housekeeper(Unexpected);
        for (var number = 0; number < 100; number++)
        {
            var own = number;
            keeper.Post(() => done.Add(own));
        }

        keeper.Dispose();
        keeper.Dispose();
        keeper.Post(() => done.Add(-1));

        Assert.Equal(Enumerable.Range(0, 100), done);
    }

    [Fact]
    public void WorkThatThrows_IsReportedAndTheRestGoesOn()
    {
        var faults = new List<Exception>();
        var done = 0;
        using var keeper = new Housekeeper(faults.Add, (Hour, () => throw new IOException("full")), (Hour, () => done++));

        keeper.RunDue(Hour);

        Assert.Equal("full", Assert.Single(faults).Message);
        Assert.Equal(1, done);
    }

    [Fact]
    public async Task F71_StarvedThreadPool_DoesNotDelayHousekeeping()
    {
        using var release = new ManualResetEventSlim();
        ThreadPool.GetMinThreads(out var workers, out _);
        var blockers = Enumerable.Range(0, 4 * workers).Select(_ => Task.Run(() => release.Wait(Limit))).ToArray();
        using var done = new ManualResetEventSlim();
        using var keeper = new Housekeeper(Unexpected, (TimeSpan.FromMilliseconds(1), done.Set));

        var isDone = done.Wait(Limit);
        release.Set();
        await Task.WhenAll(blockers);

        Assert.True(isDone);
    }

    [Fact]
    public void F73_DisposeFromItsOwnWork_DoesNotWaitForItself()
    {
        using var done = new ManualResetEventSlim();
        var keeper = new Housekeeper(Unexpected);

        keeper.Post(() =>
        {
            keeper.Dispose();
            done.Set();
        });

        Assert.True(done.Wait(Limit));
        keeper.Dispose();
    }

    private static void Unexpected(Exception exception) => Assert.Fail(exception.ToString());
}
