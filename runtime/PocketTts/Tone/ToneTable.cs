namespace PocketTts.Tone;

/// <summary>
/// What the tone voice says: a token of class <c>k</c> in voice <c>v</c> is a sine of <c>400 + 20·k + 50·v</c> Hz, two frames (160 ms) long.
/// </summary>
/// <remarks>
/// Classes: 0–25 the letters a–z (upper and lower case alike), 26–35 the digits, 36 the space, 37 everything else, one per code point.
/// Voices: the order of <see cref="Voices"/>. A WAV prompt of level L (mean over its frames of their root mean square, 0 to 1) speaks
/// 400·L Hz higher, rounded to 5 Hz. Pitches are counted in steps of 5 Hz, so that every value in the graphs is a whole number and rounding
/// takes away what the noise leaves behind.
/// </remarks>
internal static class ToneTable
{
    public const int StepHz = 5;
    public const int FirstTokenSteps = 400 / StepHz;
    public const int TokenSteps = 20 / StepHz;
    public const int VoiceSteps = 50 / StepHz;
    public const int LevelSteps = 400 / StepHz;
    public const int FramesPerToken = 2;
    public const int SpaceClass = 36;
    public const int OtherClass = 37;

    public static readonly string[] Voices = ["alba", "marius", "javert", "jean", "fantine", "cosette", "eponine", "azelma"];

    public static int ClassOf(char character) => character switch
    {
        >= 'a' and <= 'z' => character - 'a',
        >= 'A' and <= 'Z' => character - 'A',
        >= '0' and <= '9' => 26 + character - '0',
        ' ' => SpaceClass,
        _ => OtherClass,
    };
}
