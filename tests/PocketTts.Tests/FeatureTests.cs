using System.Reflection;

namespace PocketTts.Tests;

public sealed class FeatureTests
{
    [Fact]
    public void RuntimeVersion_IsThatOfTheLoadedAssembly()
    {
        Assert.Equal(typeof(TtsModel).Assembly.GetName().Version, TtsModel.RuntimeVersion);
        Assert.Equal(1, TtsModel.RuntimeVersion.Major);
    }

    [Fact]
    public void Features_OfThisVersionAreSupported_UnknownOnesAreNot()
    {
        Assert.All(Enum.GetValues<TtsFeature>(), f => Assert.True(TtsModel.Supports(f)));
        Assert.False(TtsModel.Supports(default));
        Assert.False(TtsModel.Supports((TtsFeature)int.MaxValue));
    }

    [Fact]
    public void V2Only_SaysThatTheOldNamesAreGone()
    {
        var assembly = Flavour.Load("V2OnlyAssembly");
        var supports = assembly.GetType("PocketTts.TtsModel", throwOnError: true)!.GetMethod("Supports", BindingFlags.Public | BindingFlags.Static)!;
        var features = assembly.GetType("PocketTts.TtsFeature", throwOnError: true)!;

        Assert.Equal(false, supports.Invoke(null, [Enum.Parse(features, "OldNames")]));
        Assert.Equal(true, supports.Invoke(null, [Enum.Parse(features, "Async")]));
    }
}
