using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class FailsafePolicyTests
{
    private const int RecoveryBlocks = 7;

    [Theory]
    [InlineData("bbbb", false)]
    [InlineData("bbbbb", true)]
    [InlineData("bbbbgbbbb", false)]
    [InlineData("bbgbbgbbgbbgb", false)] // nine
    [InlineData("bbgbbgbbgbbgbgb", true)] // the tenth of 15
    public void Errors_EnterAtFiveInARowOrTenOfForty(string blocks, bool isActive) =>
        Assert.Equal(isActive, Feed(new FailsafePolicy(5, autoRecover: true, RecoveryBlocks), blocks).IsActive);

    [Theory]
    [InlineData(4, true)] // every fourth block: ten of 40
    [InlineData(5, false)] // every fifth: eight of 40
    public void SteadyErrorRate_EntersAtTenOfForty(int period, bool isActive)
    {
        var policy = new FailsafePolicy(5, autoRecover: true, RecoveryBlocks);

        for (var block = 1; block <= 400 && !policy.IsActive; block++)
            policy.Feed(isBad: block % period == 0);

        Assert.Equal(isActive, policy.IsActive);
    }

    [Fact]
    public void TenthError_CountsOnlyWhileTheFirstIsAmongTheLastForty()
    {
        var inWindow = "bgg" + string.Concat(Enumerable.Repeat("gggb", 9)); // errors at 0 and at 6, 10, ... 38
        var outside = "bgggg" + string.Concat(Enumerable.Repeat("gggb", 9)); // the last at 40

        Assert.True(Feed(new FailsafePolicy(5, true, RecoveryBlocks), inWindow).IsActive);
        Assert.False(Feed(new FailsafePolicy(5, true, RecoveryBlocks), outside).IsActive);
    }

    [Fact]
    public void Recovery_NeedsAllGoodBlocksInARow()
    {
        var policy = Feed(new FailsafePolicy(5, autoRecover: true, RecoveryBlocks), "bbbbb");

        Assert.True(Feed(policy, "ggggggbgggggg").IsActive);
        Assert.False(Feed(policy, "g").IsActive);
        Assert.False(Feed(policy, "bbbb").IsActive); // what came before recovery does not count
        Assert.True(Feed(policy, "b").IsActive);
    }

    [Fact]
    public void WithoutAutoRecover_FailsafeStays() =>
        Assert.True(Feed(new FailsafePolicy(5, autoRecover: false, RecoveryBlocks), "bbbbb" + new string('g', 10_000)).IsActive);

    [Fact]
    public void EachRelapse_DoublesTheGoodBlocksThatLeaveFailsafeUpToThirtyTimes()
    {
        var policy = new FailsafePolicy(5, autoRecover: true, RecoveryBlocks);

        foreach (var wanted in new[] { 1, 2, 4, 8, 16, 30, 30 })
        {
            Assert.True(Feed(policy, "bbbbb").IsActive);
            Assert.True(Feed(policy, new string('g', wanted * RecoveryBlocks - 1)).IsActive);
            Assert.False(Feed(policy, "g").IsActive);
        }

        Feed(policy, new string('g', 30 * RecoveryBlocks)); // long enough: forgiven
        Feed(policy, "bbbbb");
        Assert.False(Feed(policy, new string('g', RecoveryBlocks)).IsActive);
    }

    [Fact]
    public void LateTrialInFailsafe_RestsBeforeTheNext()
    {
        var policy = new FailsafePolicy(5, autoRecover: true, RecoveryBlocks);
        Feed(policy, "bbbb");
        Assert.False(policy.TakeRest());
        policy.Feed(isBad: true, isLate: true);

        for (var block = 0; block < RecoveryBlocks; block++)
            Assert.True(policy.TakeRest());
        Assert.False(policy.TakeRest());
        Assert.False(Feed(policy, new string('g', RecoveryBlocks)).IsActive);
    }

    private static FailsafePolicy Feed(FailsafePolicy policy, string blocks)
    {
        foreach (var block in blocks)
        {
            var before = policy.IsActive;
            Assert.Equal(policy.Feed(isBad: block == 'b'), before != policy.IsActive);
        }

        return policy;
    }
}
