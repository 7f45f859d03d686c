namespace VoiceForge.Tests.Exploration;

/// <summary>A fault put into a structure through its accesses: what is set replaces the access of that kind.</summary>
/// <param name="Name">The fault, as one would make it.</param>
internal sealed record Mutant(string Name)
{
    public Func<Execution, int, long>? Read { get; init; }

    public Action<Execution, int, long>? Write { get; init; }

    public Action<Execution, int, long>? Store { get; init; }

    public Func<Execution, int, long, long>? Exchange { get; init; }

    public Func<Execution, int, long, long, long>? CompareExchange { get; init; }

    public Action<Execution, int, long>? SetOwn { get; init; }

    /// <summary>The lane of all threads, where it is not each thread's own. No fault: threads may share one.</summary>
    public int? Lane { get; init; }

    public override string ToString() => Name;
}
