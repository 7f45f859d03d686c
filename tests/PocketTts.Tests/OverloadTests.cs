using System.Linq.Expressions;
using System.Reflection;

namespace PocketTts.Tests;

/// <summary>What calls bind to: old names to V1's overloads, everything else to V2's; delegates and expression trees keep binding.</summary>
public sealed class OverloadTests
{
    [Fact]
    public void Positional_BindsToV2() => Assert.Equal(
        ["variant", "temp", "lsdDecodeSteps", "noiseClamp", "eosThreshold"],
        MethodOf(() => TtsModel.LoadModel("tone", 0.7, 1, null, -4.0)).GetParameters().Select(p => p.Name));

    [Fact]
    public void NoArguments_BindToTheShortOverload() => Assert.Empty(MethodOf(() => TtsModel.LoadModel()).GetParameters());

    [Fact]
    public void DelegatesAndExpressionTrees_Bind()
    {
        Func<TtsModel> load = TtsModel.LoadModel;
        Func<TtsModelOptions, TtsModel> loadWithOptions = TtsModel.LoadModel;
        using var model = loadWithOptions(new TtsModelOptions { Variant = "tone" });
        Func<string, VoiceState> getState = model.GetStateForAudioPrompt;
        Func<VoiceState, string, float[]> generate = model.GenerateAudio;
        Func<VoiceState, string, IEnumerable<float[]>> stream = model.GenerateAudioStream;
        Expression<Func<VoiceState, string, float[]>> tree = (state, text) => model.GenerateAudio(state, text);
        using var voice = getState("alba");

        Assert.Throws<FileNotFoundException>(() => load());
        Assert.Equal(generate(voice, "hi"), stream(voice, "hi").SelectMany(f => f));
        Assert.Equal(generate(voice, "hi"), tree.Compile()(voice, "hi"));
    }

#pragma warning disable MKOBSOLETE // these tests are about the old names
    [Fact]
    public void OldNames_BindToV1AndForwardTheirValues()
    {
        Assert.Equal("lsdDecodeSteps", Assert.Throws<ArgumentOutOfRangeException>(() => TtsModel.LoadModel("tone", steps: 0)).ParamName);
        Assert.Equal("eosThreshold", Assert.Throws<ArgumentOutOfRangeException>(() => TtsModel.LoadModel("tone", eos: double.NaN)).ParamName);
        Assert.Equal("temp", Assert.Throws<ArgumentOutOfRangeException>(() => new TtsModel("tone", temp: -1)).ParamName);
    }

    [Fact]
    public void PositionalV1Call_IsCaughtByTheNoiseClamp() =>
        Assert.Equal("noiseClamp", Assert.Throws<ArgumentOutOfRangeException>(() => TtsModel.LoadModel("tone", 0.7, 4, -4.0)).ParamName);

    [Fact]
    public void V1_SpeaksTheSamplesOfV2()
    {
        using var old = new TtsModel("tone", 0.7, 1, -4.0);
        using var oldVoice = old.LoadVoice("jean");
        using var model = TtsModel.LoadModel("tone");
        using var voice = model.GetStateForAudioPrompt("jean");

        var audio = old.Generate(oldVoice, "Old and new");

        Assert.Equal(model.GenerateAudio(voice, "Old and new"), audio);
        Assert.Equal(audio, old.Stream(oldVoice, "Old and new").SelectMany(f => f));
    }

    [Fact]
    public void Constructor_BindsWithoutArguments() => Assert.Throws<FileNotFoundException>(() => new TtsModel());
#pragma warning restore MKOBSOLETE

    private static MethodInfo MethodOf(Expression<Func<TtsModel>> call) => ((MethodCallExpression)call.Body).Method;
}
