namespace VoiceForge.Audio;

/// <summary>What a <see cref="DeviceWatchdog"/> says of a device.</summary>
internal enum DeviceVerdict
{
    /// <summary>It calls.</summary>
    Alive,

    /// <summary>It does not; the time to open it again has not come.</summary>
    Lost,

    /// <summary>It is to be opened again now.</summary>
    Reopen,

    /// <summary>It was opened again too often.</summary>
    GivenUp,
}
