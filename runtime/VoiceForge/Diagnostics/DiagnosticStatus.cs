namespace VoiceForge;

/// <summary>What a diagnostic check came to.</summary>
public enum DiagnosticStatus
{
    /// <summary>Within its limit.</summary>
    Pass,

    /// <summary>Works, with less than is recommended.</summary>
    Warning,

    /// <summary>Does not work; the remedy says what to change.</summary>
    Fail,

    /// <summary>Could not be looked at here; the measured text says why.</summary>
    NotMeasured,
}
