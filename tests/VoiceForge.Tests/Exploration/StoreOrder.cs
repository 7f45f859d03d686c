namespace VoiceForge.Tests.Exploration;

/// <summary>When a store becomes visible to other threads.</summary>
public enum StoreOrder
{
    /// <summary>At once: sequential consistency.</summary>
    Immediate,

    /// <summary>At any later time, in program order: the store buffers of x86 (TSO).</summary>
    Delayed,

    /// <summary>At any later time; plain stores overtake each other, a release store waits for all before it (PSO, the stores of Arm).</summary>
    Reordered,
}
