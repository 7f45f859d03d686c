namespace MigrationKit.Packaging.Tests;

/// <summary>A library project, as a user of the packages writes it.</summary>
internal sealed class Consumer
{
    private readonly Feed _feed;

    /// <param name="packages"><c>Id Version</c>, with attributes of the reference after it.</param>
    public Consumer(Feed feed, string name, params string[] packages)
    {
        _feed = feed;
        Folder = feed.PathOf(Path.Combine("consumers", name));
        Project = Path.Combine(Folder, name + ".csproj");
        var references = packages.Select(package => package.Split(' ', 3)).Select(p =>
            $"<PackageReference Include=\"{p[0]}\"{(p[1].Length > 0 ? $" Version=\"{p[1]}\"" : "")} {p.ElementAtOrDefault(2)} />");
        Write(name + ".csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                {string.Join("\n    ", references)}
              </ItemGroup>
            </Project>
            """);
    }

    public string Folder { get; }

    public string Project { get; }

    public Consumer Write(string relative, string text)
    {
        var path = Path.Combine(Folder, relative);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return this;
    }

    public string Read(string relative) => File.ReadAllText(Path.Combine(Folder, relative));

    /// <summary>Compiles anew: an up-to-date compilation would report nothing.</summary>
    public Task<ChildResult> BuildAsync(params string[] arguments) =>
        _feed.DotnetAsync(Folder, ["build", "--no-incremental", "-nologo", "-nodeReuse:false", "-tl:off", .. arguments]);

    public Task<ChildResult> DotnetAsync(params string[] arguments) => _feed.DotnetAsync(Folder, arguments);
}
