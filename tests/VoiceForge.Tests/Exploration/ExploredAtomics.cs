using System.Runtime.CompilerServices;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Exploration;

/// <summary>Sends each access of a structure to the <see cref="Execution"/> under way. The real memory only lends its addresses.</summary>
internal readonly unsafe struct ExploredAtomics : IAtomics
{
    private static Execution Now => Execution.Current;

    public static int Lane => Now.Mutant?.Lane ?? Now.Thread;

    public static long Read(ref long location) =>
        Now.Mutant?.Read is { } mutated ? mutated(Now, Cell(ref location)) : Now.Read(Cell(ref location));

    public static void Write(ref long location, long value)
    {
        if (Now.Mutant?.Write is { } mutated)
            mutated(Now, Cell(ref location), value);
        else
            Now.Write(Cell(ref location), value, isRelease: true);
    }

    public static long Exchange(ref long location, long value) =>
        Now.Mutant?.Exchange is { } mutated ? mutated(Now, Cell(ref location), value) : Now.Exchange(Cell(ref location), value);

    public static long CompareExchange(ref long location, long value, long comparand) =>
        Now.Mutant?.CompareExchange is { } mutated
            ? mutated(Now, Cell(ref location), value, comparand)
            : Now.CompareExchange(Cell(ref location), value, comparand);

    public static long Own(ref long location) => Now.Own(Cell(ref location));

    public static void SetOwn(ref long location, long value)
    {
        if (Now.Mutant?.SetOwn is { } mutated)
            mutated(Now, Cell(ref location), value);
        else
            Now.SetOwn(Cell(ref location), value);
    }

    public static void Add(ref long counter, long amount) => Now.SetOwn(Cell(ref counter), Now.Own(Cell(ref counter)) + amount);

    public static void Store(ReadOnlySpan<float> source, Span<float> shared)
    {
        for (var index = 0; index < source.Length; index++)
        {
            var cell = Explorer.Current.CellOf((nint)Unsafe.AsPointer(ref shared[index]), isSample: true, Now.State);
            if (Now.Mutant?.Store is { } mutated)
                mutated(Now, cell, (long)source[index]);
            else
                Now.Write(cell, (long)source[index], isRelease: false);
        }
    }

    public static void Load(ReadOnlySpan<float> shared, Span<float> destination)
    {
        for (var index = 0; index < shared.Length; index++)
            destination[index] = Now.Read(Explorer.Current.CellOf((nint)Unsafe.AsPointer(in shared[index]), isSample: true, Now.State));
    }

    private static int Cell(ref long location) => Explorer.Current.CellOf((nint)Unsafe.AsPointer(ref location), isSample: false, Now.State);
}
