namespace VoiceForge;

/// <summary>Which backend a stream takes that is not given one.</summary>
public enum AudioBackendKind
{
    /// <summary>The machine's audio devices.</summary>
    Auto,

    /// <summary>A WAV file in, a WAV file out.</summary>
    Wav,

    /// <summary>The output comes back as input.</summary>
    Loopback,

    /// <summary>The machine's audio devices through PortAudio (Linux, macOS).</summary>
    PortAudio,

    /// <summary>The machine's audio devices through NAudio (Windows; needs the package VoiceForge.NAudio).</summary>
    NAudio,
}
