namespace VoiceForge.Audio;

/// <summary>Why a block was not played as it was.</summary>
internal enum BlockFault
{
    None,
    DeviceBlockSize,
    InputNotFinite,
    CallbackThrew,
    ReturnedNull,
    ReturnedWrongLength,
    OutputNotFinite,
    OutputTooLoud,
    ProcessingLate,
    InputMissing,
    FloatingPointModeChanged,
}
