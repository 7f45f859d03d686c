using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>Which of .NET's own source generators are started for a project.</summary>
[Collection(RunsCollection.Name)]
public sealed class FrameworkGeneratorsTests
{
    [Theory]
    [InlineData("System.Text.RegularExpressions.Generator.dll", "[GeneratedRegex(\"a\")] static partial Regex A();", true)]
    [InlineData("System.Text.RegularExpressions.Generator.dll", "using G = System.Text.RegularExpressions.GeneratedRegexAttribute;", true)]
    [InlineData("System.Text.RegularExpressions.Generator.dll", "new Regex(\"a\")", false)]
    [InlineData("System.Text.Json.SourceGeneration.dll", "[JsonSerializable(typeof(int))]", true)]
    [InlineData("System.Text.Json.SourceGeneration.dll", "JsonSerializer.Serialize(1)", false)]
    [InlineData("Microsoft.Interop.LibraryImportGenerator.dll", "[LibraryImportAttribute(\"c\")]", true)]
    [InlineData("Microsoft.Interop.LibraryImportGenerator.dll", "[DllImport(\"c\")]", false)]
    [InlineData("Microsoft.Interop.ComInterfaceGenerator.dll", "[GeneratedComClass]", true)]
    [InlineData("Microsoft.Interop.JavaScript.JSImportGenerator.dll", "[JSExport]", true)]
    [InlineData("Somebodys.Generator.dll", "", true)]
    public void Generator_IsStartedWhereASourceNamesItsAttribute(string generator, string source, bool expected) =>
        Assert.Equal(expected, FrameworkGenerators.CanGenerate(Path.Combine("packs", generator), ["class Other { }", source]));

    [Fact]
    public async Task ProjectThatUsesOne_IsStillCompiledWithIt()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Patterns.cs", """
            using System.Text.RegularExpressions;

            static partial class Patterns
            {
                [GeneratedRegex("^a+$")]
                public static partial Regex Letters();
            }
            """);

        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--dry-run");

        Assert.True(result.ExitCode == ExitCode.Success, result.Error);
        Assert.Contains("compiles: yes", result.Out, StringComparison.Ordinal);
    }
}
