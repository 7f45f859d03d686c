namespace MigrationKit.Packaging.Tests;

/// <summary>A library that declares replacements, and its users.</summary>
[Collection(FeedTests.Name)]
public sealed class AnnotationsTests(Feed feed)
{
    private const string Library = """
        using MigrationKit;

        namespace Acme;

        public static class Greeter
        {
            [ReplaceWith("Greet({name}, loud: false)")]
            public static string Hello(string name) => Greet(name, loud: false);

            public static string Greet(string name, bool loud) => loud ? name.ToUpperInvariant() : name;
        }
        """;

    private const string User = """
        public static class User
        {
            public static string Say() => Acme.Greeter.Hello("Ada");
        }
        """;

    [Fact]
    public async Task DeclaredReplacement_IsOfferedToUsersOfThePackageAndOfTheProject()
    {
        var library = feed.NewConsumer("Acme", "MigrationKit.Annotations 1.0.0 PrivateAssets=\"all\"", "MigrationKit 1.0.0 PrivateAssets=\"all\"").Write("Greeter.cs", Library);
        var packed = (await library.DotnetAsync("pack", "-o", feed.Packages, "-nologo", "-nodeReuse:false")).ShouldSucceed();
        var ofPackage = feed.NewConsumer("OfPackage", "Acme 1.0.0", "MigrationKit 1.0.0 PrivateAssets=\"all\"").Write("User.cs", User);
        var ofProject = feed.NewConsumer("OfProject", "MigrationKit 1.0.0 PrivateAssets=\"all\"").Write("User.cs", User)
            .Write("Directory.Build.targets", "<Project><ItemGroup><ProjectReference Include=\"../Acme/Acme.csproj\" /></ItemGroup></Project>");

        var metadata = (await ofPackage.BuildAsync()).ShouldSucceed();
        var source = (await ofProject.BuildAsync()).ShouldSucceed();

        Assert.DoesNotContain("MK090", packed.Output, StringComparison.Ordinal);
        Assert.Contains("User.cs(3,48): warning MK0901", metadata.Output, StringComparison.Ordinal);
        Assert.Contains("User.cs(3,48): warning MK0901", source.Output, StringComparison.Ordinal);
        Assert.Empty(new Package(Path.Combine(feed.Packages, "Acme.1.0.0.nupkg")).Dependencies);
    }

    [Fact]
    public async Task TemplateThatDoesNotBind_FailsTheBuildOfItsLibrary()
    {
        var library = feed.NewConsumer("BadTemplate", "MigrationKit.Annotations 1.0.0 PrivateAssets=\"all\"", "MigrationKit 1.0.0 PrivateAssets=\"all\"")
            .Write("Greeter.cs", Library.Replace("{name}, loud", "{nobody}, loud", StringComparison.Ordinal));

        var build = await library.BuildAsync();

        Assert.Contains(build.ShouldFail(), error => error.Contains("Greeter.cs", StringComparison.Ordinal) && error.Contains("error MK0902", StringComparison.Ordinal));
    }
}
