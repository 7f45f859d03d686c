using static VoiceForge.Tests.Exploration.SlotStep;

namespace VoiceForge.Tests.Exploration;

/// <summary>The production code of the structures in every interleaving of small programs.</summary>
public sealed class ExplorationTests(Xunit.Abstractions.ITestOutputHelper output)
{
    [Theory]
    [InlineData(StoreOrder.Immediate, 7, 9)]
    [InlineData(StoreOrder.Delayed, 7, 9)]
    [InlineData(StoreOrder.Reordered, 7, 9)]
    public void F47_TripleBuffer_KeepsP1ToP8InEveryInterleaving(StoreOrder order, int publishes, int reads)
    {
        var explorer = new TripleBufferExploration(order, publishes, reads).Run();

        Report(explorer);
        Assert.InRange(explorer.States, 1000, int.MaxValue); // a search that ends early proves nothing
    }

    [Theory]
    [InlineData(StoreOrder.Immediate, 2, 2)]
    [InlineData(StoreOrder.Delayed, 2, 2)]
    [InlineData(StoreOrder.Reordered, 2, 2)]
    [InlineData(StoreOrder.Reordered, 4, 3)] // the capacity ends before the storage does
    public void SampleQueue_KeepsOrderAndLosesNothingInEveryInterleaving(StoreOrder order, int storage, int capacity)
    {
        var explorer = new SampleQueueExploration(order, storage, capacity).Run(writes: [2, 1, 2, 1, 2], reads: [1, 2, 1, 3, 2]);

        Report(explorer);
        Assert.InRange(explorer.States, 1000, int.MaxValue);
    }

    public static TheoryData<StoreOrder, int, int?, SlotStep[][]> SlotPrograms => new()
    {
        { StoreOrder.Immediate, 2, null, [[Take, Return, Take, Return], [Take, Take, Return, Return]] },
        { StoreOrder.Immediate, 1, 0, [[Take, Return, Take, Return], [Take, Return, Take, Return]] }, // both threads on one lane
        { StoreOrder.Immediate, 2, null, [[Take, ReturnPoisoned, Take], [Take, Return, Take, Return]] },
        { StoreOrder.Immediate, 2, null, [[Take, ReturnDamaged, Take, Return], [Take, Return]] },
        { StoreOrder.Immediate, 2, null, [[Take, Return, ReturnAgain], [Take, Return, Take, Return]] },
        { StoreOrder.Immediate, 1, null, [[Take, Return, Take, Return], [Close]] },
        { StoreOrder.Immediate, 1, null, [[Take, Return], [Take, Return], [Close]] },
        { StoreOrder.Immediate, 1, null, [[Take, Return], [Take, Return], [Take, Return]] },
        { StoreOrder.Reordered, 2, null, [[Take, Return, Take], [Take, Return]] },
        { StoreOrder.Reordered, 1, null, [[Take, Return], [Close]] },
    };

    [Theory]
    [MemberData(nameof(SlotPrograms))]
    public void BufferSlotTable_GivesEachSlotToOneAndLosesNoneInEveryInterleaving(StoreOrder order, int slots, int? lane, SlotStep[][] programs)
    {
        var explorer = new BufferSlotTableExploration(order, slots, new Mutant("none") { Lane = lane }).Run(programs);

        Report(explorer);
        Assert.InRange(explorer.States, 100, int.MaxValue);
    }

    private void Report(Explorer explorer) => output.WriteLine($"{explorer.States} states, at most {explorer.LongestOperation} accesses in one operation");
}
