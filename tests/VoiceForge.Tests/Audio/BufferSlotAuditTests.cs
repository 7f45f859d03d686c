using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

/// <summary>Damage as a stray write into the bookkeeping would do it.</summary>
public sealed class BufferSlotAuditTests
{
    private const int Slots = 4;

    private readonly BufferSlotTable<HardwareAtomics> _table = new(Slots);
    private readonly BufferSlotAudit _audit;

    public BufferSlotAuditTests() => _audit = new BufferSlotAudit(_table, Slots);

    [Fact]
    public void SlotsInUseAndFree_AreHealthy()
    {
        Assert.True(_table.TryTake(out var first, out var generation));
        Assert.True(_table.TryTake(out _, out _));
        Assert.True(_table.TryReturn(first, generation, isIntact: true));

        Assert.Empty(Check(TimeSpan.Zero));
        Assert.Empty(Check(BufferSlotAudit.Patience));
    }

    [Fact]
    public void CycleInTheFreeList_IsReported()
    {
        _table.BelowOf(2) = 1; // slot 0

        Assert.Contains("broken at slot 0", Assert.Single(Check(TimeSpan.Zero)));
    }

    [Fact]
    public void WildLinkInTheFreeList_IsReported()
    {
        _table.BelowOf(1) = 1000;

        Assert.Contains("broken at slot 999", Assert.Single(Check(TimeSpan.Zero)));
    }

    [Fact]
    public void FreeSlotThatIsNotListed_IsReportedOnlyOnceItHasBeenSoForLong()
    {
        _table.BelowOf(2) = 0; // cuts slot 3 off

        Assert.Empty(Check(TimeSpan.Zero));
        Assert.Empty(Check(BufferSlotAudit.Patience / 2));
        Assert.Contains("Slot 3 is free but not in the free list", Assert.Single(Check(BufferSlotAudit.Patience)));
    }

    [Fact]
    public void FreeSlotMarkedAsUnlisted_IsReportedAtOnce()
    {
        _table.WordOf(1) &= ~BufferSlotTable<HardwareAtomics>.ListedBit;

        Assert.Contains("Slot 1 is free but marked", Assert.Single(Check(TimeSpan.Zero)));
    }

    private List<string> Check(TimeSpan now)
    {
        var problems = new List<string>();
        _audit.Check(problems, now);
        return problems;
    }
}
