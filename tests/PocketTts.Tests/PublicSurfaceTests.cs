using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace PocketTts.Tests;

/// <summary>Pins the public names of the three flavours: V1 alone, both, V2 alone.</summary>
public sealed class PublicSurfaceTests
{
    private static readonly string[] Common = ["VoiceState.Dispose()", "TtsModel.Dispose()", "TtsModel.SampleRate"];

    private static readonly string[] V1 =
    [
        "TtsModel..ctor(variant, temp, steps, eos)", "TtsModel.Generate(voiceState, text)", "TtsModel.LoadVoice(voice)", "TtsModel.Stream(voiceState, text)",
    ];

    private static readonly string[] V2 =
    [
        "GenerationOptions.CopyState", "GenerationOptions.FramesAfterEos", "GenerationOptions.MaxTokens", "GenerationOptions.Seed",
        "ITextNormalizer.Normalize(text)", "TextNormalizer.English", "TextNormalizer.None",
        "SpeechFile.WriteWav(path, samples, sampleRate)", "TtsFeature.Async", "TtsFeature.OldNames", "TtsFeature.TextNormalization", "TtsFeature.VoiceFiles",
        "TtsModel.RuntimeVersion", "TtsModel.Supports(feature)", "TtsModelOptions.TextNormalizer",
        "LoadProgress..ctor(Loaded, Total, File)", "LoadProgress.File", "LoadProgress.Loaded", "LoadProgress.Total",
        "ModelPrecision.Auto", "ModelPrecision.Float32", "ModelPrecision.Int8",
        "TtsModel.GenerateAudio(voiceState, text)", "TtsModel.GenerateAudio(voiceState, text, options)",
        "TtsModel.GenerateAudioAsync(voiceState, text, options, cancellationToken)",
        "TtsModel.GenerateAudioStreamAsync(voiceState, text, onChunk, options, cancellationToken)",
        "TtsModel.GenerateAudioStreamAsync(voiceState, text, options, cancellationToken)",
        "TtsModel.LoadModelAsync(options, progress, cancellationToken)",
        "TtsModel.LoadModelAsync(variant, temp, lsdDecodeSteps, noiseClamp, eosThreshold, progress, cancellationToken)",
        "TtsModel.GenerateAudioStream(voiceState, text)", "TtsModel.GenerateAudioStream(voiceState, text, options)",
        "TtsModel.GetStateForAudioPrompt(audio, sampleRate, truncate)", "TtsModel.GetStateForAudioPrompt(audioConditioning)",
        "TtsModel.GetStateForAudioPrompt(audioConditioning, truncate)",
        "TtsModel.LoadModel()", "TtsModel.LoadModel(options)", "TtsModel.LoadModel(variant, temp, lsdDecodeSteps, noiseClamp, eosThreshold)",
        "TtsModelOptions.EosThreshold", "TtsModelOptions.LsdDecodeSteps", "TtsModelOptions.MinFramesBeforeEos", "TtsModelOptions.ModelDirectory",
        "TtsModelOptions.NoiseClamp", "TtsModelOptions.Precision", "TtsModelOptions.Resolver", "TtsModelOptions.Seed", "TtsModelOptions.Temp", "TtsModelOptions.Threads",
        "TtsModelOptions.Variant", "VoiceState.Load(path)", "VoiceState.Save(path)",
    ];

    [Fact]
    public void Legacy_HasV1Alone()
    {
        var legacy = Flavour.Load("LegacyAssembly");

        AssertSurface([.. Common, .. V1], legacy);
        Assert.Equal(new Version(0, 2, 3, 0), legacy.GetName().Version);
        Assert.DoesNotContain(legacy.GetExportedTypes().SelectMany(t => t.GetMembers()), m => m.GetCustomAttribute<ObsoleteAttribute>() is not null);
    }

    [Fact]
    public void Runtime_HasBoth() =>
        AssertSurface([.. Common, .. V1, .. V2, "TtsModel.LoadModel(variant, temp, steps, eos)"], typeof(TtsModel).Assembly);

    [Fact]
    public void V2Only_HasNoOldName_AndIsSealed()
    {
        var assembly = Flavour.Load("V2OnlyAssembly");

        AssertSurface([.. Common, .. V2], assembly);
        Assert.True(assembly.GetType("PocketTts.TtsModel", throwOnError: true)!.IsSealed);
        Assert.False(typeof(TtsModel).IsSealed);
    }

    [Fact]
    public void OldNames_AreMarkedWithTheirRule()
    {
        var marked = typeof(TtsModel).GetMembers()
            .Select(m => (Member: m, Obsolete: m.GetCustomAttribute<ObsoleteAttribute>()))
            .Where(m => m.Obsolete is not null)
            .ToDictionary(m => Describe(m.Member), m => m.Obsolete!.UrlFormat![^"MK0000.md".Length..]);

        Assert.Equal(5, marked.Count);
        Assert.Equal("MK0001.md", marked["TtsModel..ctor(variant, temp, steps, eos)"]);
        Assert.Equal("MK0002.md", marked["TtsModel.LoadModel(variant, temp, steps, eos)"]);
        Assert.All(["TtsModel.LoadVoice(voice)", "TtsModel.Generate(voiceState, text)", "TtsModel.Stream(voiceState, text)"], m => Assert.Equal("MK0003.md", marked[m]));
        Assert.All(typeof(TtsModel).GetMembers().Where(m => m.GetCustomAttribute<ObsoleteAttribute>() is not null), m =>
        {
            Assert.Equal("MKOBSOLETE", m.GetCustomAttribute<ObsoleteAttribute>()!.DiagnosticId);
            Assert.Equal(EditorBrowsableState.Never, m.GetCustomAttribute<EditorBrowsableAttribute>()!.State);
        });
    }

    [Fact]
    public void LegacyAssembly_Speaks()
    {
        var type = Flavour.Load("LegacyAssembly").GetType("PocketTts.TtsModel", throwOnError: true)!;
        dynamic model = Activator.CreateInstance(type, "tone", 0.7, 1, -4.0)!;
        dynamic voice = model.LoadVoice("cosette");

        float[] audio = model.Generate(voice, "Old voice");
        IEnumerable<float[]> stream = model.Stream(voice, "Old voice");

        Assert.Equal("old voice.", ToneReader.Read(audio, "cosette"));
        Assert.Equal(audio, stream.SelectMany(f => f));
        Assert.Equal(24000, model.SampleRate);
        voice.Dispose();
        model.Dispose();
    }

    private static void AssertSurface(string[] expected, Assembly assembly) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), Surface(assembly).Order(StringComparer.Ordinal));

    private static IEnumerable<string> Surface(Assembly assembly) =>
        from type in assembly.GetExportedTypes()
        from member in type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        let isOfRecord = type.GetMethod("<Clone>$") is not null && member is MethodBase
        let isAccessor = member is MethodInfo { IsSpecialName: true } || member.Name == "value__"
        where !isOfRecord && !isAccessor && member.GetCustomAttribute<CompilerGeneratedAttribute>() is null
        select Describe(member);

    private static string Describe(MemberInfo member) =>
        $"{member.DeclaringType!.Name}.{member.Name}" + (member is MethodBase method ? $"({string.Join(", ", method.GetParameters().Select(p => p.Name))})" : "");
}
