using System.Reflection;
using System.Text.RegularExpressions;

namespace PocketTts.Tests.Items;

/// <summary>The item of the specification about old names, and the proof that no item is left out.</summary>
public sealed partial class ApiItems
{
    private const int LastItem = 60;

#pragma warning disable MKOBSOLETE // the test is about the old names
    // That 'steps' and 'lsdDecodeSteps' are both given cannot be written: no overload has both.
    [Fact]
    public void T57_OldNames_ForwardTheirValuesAndAreMarked()
    {
        Assert.Equal(("lsdDecodeSteps", 0), Refused(() => TtsModel.LoadModel("tone", steps: 0)));
        Assert.Equal(("lsdDecodeSteps", -2), Refused(() => new TtsModel("tone", steps: -2)));
        Assert.Equal(("eosThreshold", double.NaN), Refused(() => TtsModel.LoadModel("tone", eos: double.NaN)));
        Assert.Equal(("temp", -1.0), Refused(() => new TtsModel("tone", temp: -1)));
        Assert.All(
            typeof(TtsModel).GetMembers().Where(m => m is MethodBase method && (m.Name is "LoadVoice" or "Generate" or "Stream" || Old(method))),
            m => Assert.Equal("MKOBSOLETE", m.GetCustomAttribute<ObsoleteAttribute>()!.DiagnosticId));

        static (string?, object?) Refused(Func<TtsModel> load)
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(load);
            return (error.ParamName, error.ActualValue);
        }

        static bool Old(MethodBase method) => method.GetParameters().Any(p => p.Name is "steps" or "eos");
    }
#pragma warning restore MKOBSOLETE

    [Fact]
    public void EveryItem_HasOneTest()
    {
        var numbers = typeof(ApiItems).Assembly.GetTypes()
            .SelectMany(t => t.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(m => m.GetCustomAttribute<FactAttribute>() is { Skip: null })
            .Select(m => Number().Match(m.Name))
            .Where(m => m.Success)
            .Select(m => int.Parse(m.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(Enumerable.Range(1, LastItem), numbers.Order());
    }

    [GeneratedRegex("^T([0-9]{2})_")]
    private static partial Regex Number();
}
