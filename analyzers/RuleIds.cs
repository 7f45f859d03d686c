namespace MigrationKit.Analyzers;

/// <summary>The rule IDs. An ID never changes its meaning and is never reused.</summary>
public static class RuleIds
{
    public const string TtsModelConstructor = "MK0001";
    public const string TtsParameterName = "MK0002";
    public const string TtsMethodName = "MK0003";
    public const string BlockingCall = "MK0004";
    public const string OldNameProbe = "MK0005";
    public const string RingBuffer = "MK0101";
    public const string UncheckedRead = "MK0102";
    public const string AudioStream = "MK0103";
    public const string UncheckedStart = "MK0104";
    public const string ProcessingCallback = "MK0105";
    public const string UncachedModel = "MK0106";
    public const string VoiceForgeApp = "MK0107";
    public const string HardCodedSetting = "MK0108";
    public const string SkippedState = "MK0109";
    public const string UnreleasedLease = "MK0110";
    public const string RingBufferAsQueue = "MK0111";
    public const string ReplaceWith = "MK0901";
    public const string BadReplaceWith = "MK0902";

    /// <summary>The page that explains a rule.</summary>
    public static string HelpLink(string id) => $"https://github.com/migrationkit/migrationkit/blob/main/docs/rules/{id}.md";
}
