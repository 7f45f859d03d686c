using VoiceForge.Audio;
using static VoiceForge.Tests.Exploration.SlotStep;

namespace VoiceForge.Tests.Exploration;

/// <summary>Would the exploration notice a fault? Each of these is one that a maintainer could make; all must be found.</summary>
public sealed class MutantTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private const int Writer = 0;
    private const int Reader = 1;
    private const long TwoWords = 2L << TripleBufferCore<ExploredAtomics>.LengthShift;
    private const long Dirty = TripleBufferCore<ExploredAtomics>.DirtyBit;

    private static readonly Mutant[] TripleBufferMutants =
    [
        new("The reader overlooks the dirty bit") { Read = (execution, cell) => execution.Read(cell) & ~Dirty },
        new("The writer does not set the dirty bit") { Exchange = (execution, cell, value) => execution.Exchange(cell, value & ~Dirty) },
        new("The reader leaves the dirty bit set")
        {
            Exchange = (execution, cell, value) => execution.Exchange(cell, execution.Thread == Reader ? value | Dirty : value),
        },
        new("The writer reads and writes the shared word in two steps") { Exchange = (execution, cell, value) => InTwoSteps(execution, cell, value, Writer) },
        new("The reader reads and writes the shared word in two steps") { Exchange = (execution, cell, value) => InTwoSteps(execution, cell, value, Reader) },
        new("The reader takes the slot without giving its own")
        {
            Exchange = (execution, cell, value) => execution.Thread == Reader ? execution.Read(cell) : execution.Exchange(cell, value),
        },
        new("The writer keeps its slot after publishing it")
        {
            SetOwn = (execution, cell, value) =>
            {
                if (!Is(execution, cell, "Write"))
                    execution.SetOwn(cell, value);
            },
        },
        new("The reader keeps its old slot")
        {
            SetOwn = (execution, cell, value) =>
            {
                if (!Is(execution, cell, "Read"))
                    execution.SetOwn(cell, value);
            },
        },
        new("The index mask has one bit") { Exchange = (execution, cell, value) => execution.Exchange(cell, value) & ~2L },
        new("The length does not travel with the slot")
        {
            Exchange = (execution, cell, value) => execution.Exchange(cell, (value & 7) | (execution.Thread == Writer ? TwoWords : 0L)),
        },
        new("The block is published before it is filled")
        {
            Store = (execution, cell, value) => execution.Postpone(cell, value),
            Exchange = PublishBeforeFilling,
        },
        new("The exchange is no fence for earlier stores") { Exchange = (execution, cell, value) => execution.Exchange(cell, value, isFence: false) },
    ];

    private static readonly Mutant[] SampleQueueMutants =
    [
        new("The count is no release store") { Write = (execution, cell, value) => execution.Write(cell, value, isRelease: false) },
        new("The writer takes the reader for up to date")
        {
            Read = (execution, cell) => Is(execution, cell, "Tail") ? execution.Own(HeadCell(execution)) : execution.Read(cell),
        },
        new("The reader believes in one sample more")
        {
            Read = (execution, cell) => execution.Read(cell) + (Is(execution, cell, "Head") ? 1 : 0),
        },
        new("The reader does not move its count")
        {
            Write = (execution, cell, value) => execution.Write(cell, Is(execution, cell, "Tail") ? 0 : value, isRelease: true),
        },
    ];

    private static readonly Mutant[] BufferSlotTableMutants =
    [
        new("The head of the free list has no tag")
        {
            CompareExchange = (execution, cell, value, comparand) =>
                execution.CompareExchange(cell, Is(execution, cell, "Head") ? (uint)value : value, comparand),
        },
        new("A slot is taken in two steps")
        {
            CompareExchange = (execution, cell, value, comparand) =>
            {
                if (!execution.NameOf(cell).StartsWith("Word", StringComparison.Ordinal))
                    return execution.CompareExchange(cell, value, comparand);

                var seen = execution.Read(cell);
                if (seen == comparand)
                    execution.Write(cell, value, isRelease: true);
                return seen;
            },
        },
        new("The head of the free list is changed in two steps")
        {
            CompareExchange = (execution, cell, value, comparand) =>
            {
                if (!Is(execution, cell, "Head"))
                    return execution.CompareExchange(cell, value, comparand);

                var seen = execution.Read(cell);
                if (seen == comparand)
                    execution.Write(cell, value, isRelease: true);
                return seen;
            },
        },
        new("A returned slot is not marked as listed")
        {
            CompareExchange = (execution, cell, value, comparand) => execution.CompareExchange(
                cell, IsReturn(execution, cell, value, comparand) ? value & ~BufferSlotTable<ExploredAtomics>.ListedBit : value, comparand),
        },
        new("A slot passed over in the free list stays marked as listed")
        {
            CompareExchange = (execution, cell, value, comparand) =>
                execution.CompareExchange(cell, IsUnlisting(execution, cell, value, comparand) ? comparand : value, comparand),
        },
        new("A pool that is closed while a slot is being taken is not noticed")
        {
            Read = (execution, cell) => Is(execution, cell, "Closed") && !execution.IsFirstAccess ? 0 : execution.Read(cell),
        },
        new("The memory is freed by all who see no lease") { Exchange = (execution, cell, value) => execution.Exchange(cell, value) & 0 },
    ];

    public static TheoryData<string> TripleBufferFaults => [.. TripleBufferMutants.Select(mutant => mutant.Name)];

    public static TheoryData<string> SampleQueueFaults => [.. SampleQueueMutants.Select(mutant => mutant.Name)];

    public static TheoryData<string> BufferSlotTableFaults => [.. BufferSlotTableMutants.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(TripleBufferFaults))]
    public void TripleBufferMutant_IsFound(string fault) => AssertFound(
        () => new TripleBufferExploration(StoreOrder.Delayed, publishes: 4, reads: 4, Named(TripleBufferMutants, fault)).Run());

    [Theory]
    [MemberData(nameof(SampleQueueFaults))]
    public void SampleQueueMutant_IsFound(string fault) => AssertFound(
        () => new SampleQueueExploration(StoreOrder.Reordered, storage: 2, capacity: 2, Named(SampleQueueMutants, fault)).Run([2, 1, 2], [1, 2, 1]));

    /// <summary>One program each for the ways of a slot: between threads, with a race for the free list, and with the end of the pool.</summary>
    [Theory]
    [MemberData(nameof(BufferSlotTableFaults))]
    public void BufferSlotTableMutant_IsFound(string fault) => AssertFound(() =>
    {
        var mutant = Named(BufferSlotTableMutants, fault);
        new BufferSlotTableExploration(StoreOrder.Immediate, slots: 2, mutant).Run([Take, Return, Take, Return], [Take, Take, Return, Return]);
        new BufferSlotTableExploration(StoreOrder.Immediate, slots: 1, mutant).Run([Take, Return, Take, Return], [Close]);
        new BufferSlotTableExploration(StoreOrder.Immediate, slots: 1, mutant).Run([Take, Return], [Take, Return], [Close]);
    });

    [Fact]
    public void ExchangeWithoutFence_IsOnlyFoundWithDelayedStores()
    {
        var mutant = Named(TripleBufferMutants, "The exchange is no fence for earlier stores");

        new TripleBufferExploration(StoreOrder.Immediate, publishes: 4, reads: 4, mutant).Run();
        Assert.Throws<ExplorationFailedException>(() => new TripleBufferExploration(StoreOrder.Delayed, publishes: 4, reads: 4, mutant).Run());
    }

    private void AssertFound(Action explore)
    {
        var found = Assert.Throws<ExplorationFailedException>(explore);
        output.WriteLine(found.Message);
    }

    private static Mutant Named(Mutant[] mutants, string name) => mutants.Single(mutant => mutant.Name == name);

    private static bool Is(Execution execution, int cell, string name) => execution.NameOf(cell) == name;

    private static int HeadCell(Execution execution) => execution.CellNamed("Head");

    private static long InTwoSteps(Execution execution, int cell, long value, int thread)
    {
        if (execution.Thread != thread)
            return execution.Exchange(cell, value);

        var previous = execution.Read(cell);
        execution.Exchange(cell, value);
        return previous;
    }

    private static long PublishBeforeFilling(Execution execution, int cell, long value)
    {
        var previous = execution.Exchange(cell, value);
        if (execution.Thread == Writer)
            execution.StorePostponed();
        return previous;
    }

    private static bool IsReturn(Execution execution, int cell, long value, long comparand) =>
        execution.NameOf(cell).StartsWith("Word", StringComparison.Ordinal)
        && BufferSlotTable<ExploredAtomics>.StateOf(comparand) == BufferSlotTable<ExploredAtomics>.SlotState.Used
        && BufferSlotTable<ExploredAtomics>.StateOf(value) == BufferSlotTable<ExploredAtomics>.SlotState.Free;

    private static bool IsUnlisting(Execution execution, int cell, long value, long comparand) =>
        execution.NameOf(cell).StartsWith("Word", StringComparison.Ordinal) && comparand == (value | BufferSlotTable<ExploredAtomics>.ListedBit);
}
