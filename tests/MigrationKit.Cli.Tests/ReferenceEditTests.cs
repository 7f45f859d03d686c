using MigrationKit.Analyzers;
using MigrationKit.Cli.Fixing;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Tests;

public sealed class ReferenceEditTests
{
    [Theory]
    [InlineData("""<PackageReference Include="PocketTts" Version="0.2.3" />""", """<PackageReference Include="PocketTts" Version="[1.0.0,2.0.0)" />""")]
    [InlineData("""<PackageReference Version='0.2.*' Include='PocketTts' Condition="'$(A)' == '>'"/>""", """<PackageReference Version='[1.0.0,2.0.0)' Include='PocketTts' Condition="'$(A)' == '>'"/>""")]
    [InlineData("<PackageReference Include=\"PocketTts\">\r\n  <Version>0.2.3</Version> <!-- old -->\r\n</PackageReference>", "<PackageReference Include=\"PocketTts\">\r\n  <Version>[1.0.0,2.0.0)</Version> <!-- old -->\r\n</PackageReference>")]
    [InlineData("""<PackageVersion Include="PocketTts" Version="0.2.3" />""", """<PackageVersion Include="PocketTts" Version="[1.0.0,2.0.0)" />""")]
    [InlineData("<Reference Include=\"PocketTts, Version=0.2.3.0\" Condition=\"true\">\n  <!-- </Reference> -->\n  <HintPath>x.dll</HintPath>\n</Reference>", """<PackageReference Include="PocketTts" Version="[1.0.0,2.0.0)" Condition="true" />""")]
    [InlineData("""<ProjectReference Include="..\PocketTts\PocketTts.csproj" />""", """<PackageReference Include="PocketTts" Version="[1.0.0,2.0.0)" />""")]
    public void Element_BecomesTheV2PackageAndNothingAroundItChanges(string before, string after) =>
        Assert.Equal(Around(after), Apply(before, null, central: false));

    [Theory]
    [InlineData("""<ProjectReference Include="..\V1\PocketTts.csproj" Aliases="tts"/>""", """<ProjectReference Include="../v2/PocketTts.csproj" Aliases="tts"/>""")]
    [InlineData("""<PackageReference Include="PocketTts" Version="0.2.3" PrivateAssets="all" />""", """<ProjectReference Include="../v2/PocketTts.csproj" PrivateAssets="all" />""")]
    public void Element_BecomesTheProjectThatReplacesIt(string before, string after) =>
        Assert.Equal(Around(after), Apply(before, "../v2/PocketTts.csproj", central: false));

    [Fact]
    public void ProjectReferenceUnderCentralVersions_CarriesAnOverride() =>
        Assert.Equal(
            Around("""<PackageReference Include="PocketTts" VersionOverride="[1.0.0,2.0.0)" />"""),
            Apply("""<ProjectReference Include="../PocketTts/PocketTts.csproj" />""", null, central: true));

    private static string Around(string element) => $"<Project>\r\n\t<!-- PocketTts -->\r\n\t<ItemGroup>\r\n    {element} <!-- stays -->\r\n\t</ItemGroup></Project>";

    private static string Apply(string element, string? project, bool central)
    {
        var type = element[1..element.IndexOf(' ', StringComparison.Ordinal)];
        var reference = new LibraryReference("PocketTts", type, "x.csproj", Line: 4, Column: 5, type == "ProjectReference" ? null : "0.2.3", Names: 1);
        return ReferenceEdit.Apply(Around(element), reference, MigrationMap.Libraries.First(l => l.Name == "PocketTts"), project, central);
    }
}
