using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>The awkward cases are numbered from 1 to 82, and each has a test with its number.</summary>
public sealed partial class EveryCaseTests
{
    private const int Cases = 82;

    [Fact]
    public void EveryNumber_HasATest()
    {
        var numbers = typeof(EveryCaseTests).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => method.GetCustomAttributes<FactAttribute>().Any(fact => fact.Skip is null))
            .Select(method => NumberOf().Match(method.Name))
            .Where(match => match.Success)
            .Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
            .Distinct()
            .Order();
        Assert.Equal(Enumerable.Range(1, Cases), numbers);
    }

    [Fact]
    public async Task A77_WithoutTheLibraries_NothingIsReported()
    {
        const string Source = "using VoiceForge.Audio; class C { object M() => new RingBuffer(480).Read(3); }";
        var project = TestProject.Create(CodeState.S2, Source).WithMetadataReferences(StateReferences.FrameworkOnly);
        Assert.Empty(await TestProject.AnalyzeAsync(project, RuleCatalog.CreateAnalyzers()));
    }

    [GeneratedRegex("^A([0-9]{2})_")]
    private static partial Regex NumberOf();
}
