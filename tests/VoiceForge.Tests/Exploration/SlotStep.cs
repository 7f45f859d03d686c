using VoiceForge.Audio;

namespace VoiceForge.Tests.Exploration;

/// <summary>What threads do with the slots of a <see cref="BufferPool"/>.</summary>
public enum SlotStep
{
    Take,

    /// <summary>Returns the lease taken first, if there is one.</summary>
    Return,

    /// <summary>The same in the two steps of a strict pool.</summary>
    ReturnPoisoned,

    /// <summary>Returns it and takes it out of service.</summary>
    ReturnDamaged,

    /// <summary>Returns the lease that was returned last once more.</summary>
    ReturnAgain,

    /// <summary>What <see cref="BufferPool.Dispose"/> does.</summary>
    Close,
}
