using MigrationKit.Tests.Verifiers;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0108HardCodedSettingAnalyzer, MigrationKit.CodeFixes.Rules.MK0108HardCodedSettingFix>;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0108HardCodedSettingTests
{
    // V2's types are not there in S1.
    private const CodeState V2 = CodeState.S2 | CodeState.S3;

    private const string Usings = "using System;\nusing VoiceForge;\nusing VoiceForge.Audio;\nusing VoiceForge.Core;\n\n";

    [Fact]
    public Task Literals_OfTopLevelCode_AreReadFromTheFile() => VerifyAsync(
        """
        using var pool = new BufferPool(channels: 2);
        // the speakers
        var stream = new AudioStreamV2(0, 1, pool, sampleRate: [|44100|] /* Hz */, bufferSize: 512);
        """,
        """
        using var pool = new BufferPool(channels: 2);
        // the speakers
        var config = VoiceForgeConfig.Load();
        var stream = new AudioStreamV2(0, 1, pool, sampleRate: config.Audio.SampleRate /* Hz */, bufferSize: config.Audio.BufferSize);
        """);

    [Fact]
    public Task EveryKindOfCreation_SharesOneConfiguration() => VerifyAsync(
        """
        var pool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
        AudioStreamV2 stream = new(0, 1, pool, [|44_100|], 256);
        var cache = new ModelCache([|4|]);
        """,
        """
        var pool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
        var config = VoiceForgeConfig.Load();
        AudioStreamV2 stream = new(0, 1, pool, config.Audio.SampleRate, config.Audio.BufferSize);
        var cache = new ModelCache(config.Resources.Allocation.ModelCacheGb);
        """);

    [Fact]
    public Task LocalConstants_BecomeVariablesSoThatAllUsesFollow() => VerifyAsync(
        """
        const int Rate = 44100; // Hz
        Console.WriteLine(Rate);
        using var pool = new BufferPool();
        var stream = new AudioStreamV2(0, 1, pool, sampleRate: [|Rate|]);
        var second = new float[Rate];
        """,
        """
        var config = VoiceForgeConfig.Load();
        int Rate = config.Audio.SampleRate; // Hz
        Console.WriteLine(Rate);
        using var pool = new BufferPool();
        var stream = new AudioStreamV2(0, 1, pool, sampleRate: Rate);
        var second = new float[Rate];
        """);

    [Theory]
    [InlineData("switch (args.Length) { case Rate: return; }")]
    [InlineData("if (args.Length is > Rate) return;")]
    [InlineData("const int Twice = 2 * Rate; Console.WriteLine(Twice);")]
    [InlineData("void Say(int rate = Rate) => Console.WriteLine(rate); Say();")]
    [InlineData("ushort packed = Rate; Console.WriteLine(packed);")]
    [InlineData("static int Double() => 2 * Rate; Console.WriteLine(Double());")]
    [InlineData("int Twice() => 2 * Rate; Console.WriteLine(Twice());")]
    [InlineData("Func<int> half = static () => Rate / 2; Console.WriteLine(half());")]
    public Task ConstantThatMustStayOne_IsReportedWithoutFix(string use) =>
        VerifyManualAsync($"const int Rate = 44100;\n{use}\nvar stream = new AudioStreamV2(0, 1, new BufferPool(), sampleRate: [|Rate|]);\n");

    [Fact]
    public Task ComputedValue_IsReportedWithoutFix() =>
        VerifyManualAsync("const int Rate = 22050;\nvar stream = new AudioStreamV2(0, 1, new BufferPool(), sampleRate: [|Rate * 2|]);\n");

    [Fact]
    public Task ConstantThatIsTwoSettings_IsReportedWithoutFix() =>
        VerifyManualAsync("const int Size = 8000;\nusing var pool = new BufferPool();\nvar stream = new AudioStreamV2(0, 1, pool, sampleRate: [|Size|]);\nvar cache = new ModelCache(Size);\n");

    [Fact]
    public Task ValueThatTheFileDoesNotAllow_IsReportedWithoutFix() =>
        VerifyManualAsync("var stream = new AudioStreamV2(0, 1, new BufferPool(), bufferSize: [|8192|]);\n");

    [Fact]
    public Task TwoValuesOfOneKey_AreReportedWithoutFix() => VerifyManualAsync(
        "using var pool = new BufferPool();\nvar a = new AudioStreamV2(0, 1, pool, sampleRate: [|44100|]);\nvar b = new AudioStreamV2(0, 2, pool, sampleRate: [|32000|]);\n");

    [Fact]
    public async Task Conflict_NamesBothPlaces()
    {
        const string Source = Usings + "using var pool = new BufferPool();\nvar a = new AudioStreamV2(0, 1, pool, sampleRate: [|44100|]);\nvar b = new AudioStreamV2(0, 2, pool, sampleRate: [|32000|]);\n";
        var found = await CSharpAnalyzerVerifier<MigrationKit.Analyzers.Rules.MK0108HardCodedSettingAnalyzer>.VerifyAsync(Source, CodeState.S3);
        Assert.Equal("'audio.sample_rate' would have to be 44100 in line 7 and 32000 in line 8", found[0].Properties["reason"]);
    }

    [Fact]
    public async Task Finding_SaysWhatTheFileMustHold()
    {
        const string Source = Usings + "var stream = new AudioStreamV2(0, 1, new BufferPool(), [|44100|], 512);\n";
        var found = await CSharpAnalyzerVerifier<MigrationKit.Analyzers.Rules.MK0108HardCodedSettingAnalyzer>.VerifyAsync(Source, CodeState.S3);
        Assert.Equal("Read 'audio.sample_rate: 44100', 'audio.buffer_size: 512' from config.yaml", found[0].GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal("audio.sample_rate=44100\naudio.buffer_size=512", found[0].Properties["settings"]);
        Assert.Equal("review", found[0].Properties["safety"]);
    }

    [Fact]
    public Task ConfigurationInScope_IsUsed() => VerifyAsync(
        """
        class Chain(BufferPool pool)
        {
            public AudioStreamV2 Open(VoiceForgeConfig settings) => new(0, 1, pool, [|44100|]);
        }
        """,
        """
        class Chain(BufferPool pool)
        {
            public AudioStreamV2 Open(VoiceForgeConfig settings) => new(0, 1, pool, settings.Audio.SampleRate);
        }
        """);

    [Fact]
    public Task PrivateConstantOfALibrary_IsRemovedWhereTheConfigurationReplacesIt() => VerifyAsync(
        """
        class Chain(VoiceForgeConfig config)
        {
            private const int Rate = 44100;

            private static readonly int Size = 512;

            public AudioStreamV2 Open(BufferPool pool) => new(0, 1, pool, [|Rate|], Size);

            public AudioStreamV2 Monitor(BufferPool pool) => new(0, 2, pool, Rate);
        }
        """,
        """
        class Chain(VoiceForgeConfig config)
        {
            public AudioStreamV2 Open(BufferPool pool) => new(0, 1, pool, config.Audio.SampleRate, config.Audio.BufferSize);

            public AudioStreamV2 Monitor(BufferPool pool) => new(0, 2, pool, config.Audio.SampleRate);
        }
        """);

    [Fact]
    public Task ConstantWithAComment_StaysUnused() => VerifyAsync(
        """
        class Chain(VoiceForgeConfig config)
        {
            // what the card takes
            private const int Rate = 44100;

            public AudioStreamV2 Open(BufferPool pool) => new(0, 1, pool, [|Rate|]);
        }
        """,
        """
        class Chain(VoiceForgeConfig config)
        {
            // what the card takes
            private const int Rate = 44100;

            public AudioStreamV2 Open(BufferPool pool) => new(0, 1, pool, config.Audio.SampleRate);
        }
        """);

    [Theory]
    [InlineData("private const int Rate = 44100;", "public int Other => Rate;")]
    [InlineData("public const int Rate = 44100;", "")]
    [InlineData("private const int Rate = 44100;", "[Obsolete(nameof(Rate), Rate > 1)] public void Old() { }")]
    [InlineData("private const int Rate = 44100;", "public int Next(int rate = Rate) => rate;")]
    public Task ConstantThatOthersUse_IsReportedWithoutFix(string constant, string other) =>
        VerifyManualAsync($$"""
            class Chain(VoiceForgeConfig config)
            {
                {{constant}}
                {{other}}
                public AudioStreamV2 Open(BufferPool pool) => new(0, 1, pool, [|Rate|], config.Audio.BufferSize);
            }
            """);

    [Theory]
    [InlineData("class Chain { public AudioStreamV2 Open(BufferPool pool) => new(0, 1, pool, [|44100|]); }")]
    [InlineData("class Chain { public ModelCache Cache { get; } = new([|2.5|]); }")]
    [InlineData("class Chain { public AudioStreamV2 Open(BufferPool pool, VoiceForgeConfig? config) => new(0, 1, pool, [|44100|]); }")]
    public Task Library_IsReportedWithoutFix(string code) => VerifyManualAsync(code);

    [Theory]
    [InlineData("class Chain { public AudioStreamV2 Open(BufferPool pool) => new(0, 1, pool, 48000, 256); }")]
    [InlineData("class Chain { private readonly BufferPool _pool = new BufferPool(slotSizeSamples: 480000, numSlots: 100); }")]
    [InlineData("class Chain { public AudioStreamV2 Open(BufferPool pool, int rate) => new(0, 1, pool, rate, rate / 100); }")]
    [InlineData("class Chain { public TripleBuffer Meter() => new(bufferSize: 48000); }")]
    [InlineData("class AudioStreamV2(int sampleRate) { public static AudioStreamV2 Own() => new(44100); public int Rate => sampleRate; }")]
    public Task DefaultsOfALibraryVariablesAndOtherTypes_AreNotReported(string code) => Verify.VerifyAnalyzerAsync(Usings + code + "\n", V2);

    [Fact]
    public Task MethodBesideTheStartOfTheProgram_IsReportedWithoutFix() => VerifyManualAsync(
        "using var stream = Audio.Open();\n\nstatic class Audio { public static AudioStreamV2 Open() => new(0, 1, new BufferPool(), [|44100|]); }\n");

    [Fact]
    public Task LocalFunction_GetsTheConfigurationAtTheTop() => VerifyAsync(
        """
        Console.WriteLine("start");
        using var stream = Open();

        AudioStreamV2 Open() => new(0, 1, new BufferPool(), [|44100|]);
        """,
        """
        var config = VoiceForgeConfig.Load();
        Console.WriteLine("start");
        using var stream = Open();

        AudioStreamV2 Open() => new(0, 1, new BufferPool(), config.Audio.SampleRate);
        """);

    [Fact]
    public Task StaticLocalFunction_IsReportedWithoutFix() => VerifyManualAsync(
        "using var stream = Open();\n\nstatic AudioStreamV2 Open() => new(0, 1, new BufferPool(), [|44100|]);\n");

    [Fact]
    public Task NameThatIsTaken_IsMadeUnique() => VerifyAsync(
        "var config = 1;\nusing var stream = new AudioStreamV2(config, 1, new BufferPool(), [|44100|]);\n",
        "var config = 1;\nvar config2 = VoiceForgeConfig.Load();\nusing var stream = new AudioStreamV2(config, 1, new BufferPool(), config2.Audio.SampleRate);\n");

    [Fact]
    public Task OwnTypeOfTheSameName_IsToldApart() => Verify.VerifyCodeFixAsync(
        "using VoiceForge.Audio;\n\nusing var stream = new AudioStreamV2(0, 1, new BufferPool(), [|44100|]);\n\nclass VoiceForgeConfig { }\n",
        "using VoiceForge.Audio;\n\nvar config = VoiceForge.VoiceForgeConfig.Load();\nusing var stream = new AudioStreamV2(0, 1, new BufferPool(), config.Audio.SampleRate);\n\nclass VoiceForgeConfig { }\n",
        V2);

    [Fact]
    public async Task V1Program_EndsWithTheConfiguration()
    {
        const string Before = "using VoiceForge.Audio;\n\nusing var stream = new AudioStream(0, 1, 44100, 512);\nstream.Start();\n";
        const string After = """
            using VoiceForge.Audio;

            using var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            var config = VoiceForge.VoiceForgeConfig.Load();
            using var stream = new AudioStreamV2(0, 1, sampleRate: config.Audio.SampleRate, bufferSize: config.Audio.BufferSize, bufferPool: bufferPool);
            if (!stream.Start())
            {
                System.Console.Error.WriteLine("Audio stream failed to start.");
                return 1;
            }
            return 0;

            """;
        await MigrationVerifier.VerifyAsync(Before, After);
    }

    private static Task VerifyAsync(string before, string after) => Verify.VerifyCodeFixAsync(Usings + before + "\n", Usings + after + "\n", V2);

    private static Task VerifyManualAsync(string source) => VerifyAsync(source, source);
}
