namespace PocketTts;

/// <summary>What a version of the runtime may or may not have; ask <c>TtsModel.Supports</c>.</summary>
/// <remarks>Values are never reused, so code built against a later version gets an honest <see langword="false"/> from an earlier one.</remarks>
#if LEGACY_SDK
internal
#else
public
#endif
enum TtsFeature
{
    /// <summary>The names of Pocket TTS 0.2: the constructor, <c>LoadVoice</c>, <c>Generate</c> and <c>Stream</c>. Gone from 2.0 on.</summary>
    OldNames = 1,

    /// <summary><c>LoadModelAsync</c>, <c>GenerateAudioAsync</c> and <c>GenerateAudioStreamAsync</c>.</summary>
    Async = 2,

    /// <summary><c>VoiceState.Save</c> and <c>VoiceState.Load</c>.</summary>
    VoiceFiles = 3,

    /// <summary><c>TtsModelOptions.TextNormalizer</c>.</summary>
    TextNormalization = 4,
}
