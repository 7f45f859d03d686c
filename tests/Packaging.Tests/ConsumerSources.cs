namespace MigrationKit.Packaging.Tests;

/// <summary>Code of users.</summary>
internal static class ConsumerSources
{
    /// <summary>V1 names in bodies only: without them in the packages, declarations still compile.</summary>
    public const string V1InBodies = """
        using PocketTts;

        public static class Speech
        {
            public static float[] Say(string text)
            {
                using var model = new TtsModel(steps: 4);
                return model.Generate(model.LoadVoice("alba"), text);
            }
        }
        """;

    /// <summary>V1 names in declarations; and characters that MSBuild would read, were they not taken as they are.</summary>
    public const string V1InDeclarations = """
        using VoiceForge.Audio;

        public sealed class Meter
        {
            private readonly RingBuffer _ring = new(48000, 1);

            public string Text => "%41; $(Configuration) @(Compile) 'x' \"y\", )";

            public void Put(float[] block) => _ring.Write(block);
        }
        """;

    /// <summary>V2's names alone.</summary>
    public const string V2 = """
        using VoiceForge.Audio;

        public sealed class Meter
        {
            private readonly TripleBuffer _newest = new(bufferSize: 256);

            public bool Put(float[] block) => _newest.Write(block);
        }
        """;
}
