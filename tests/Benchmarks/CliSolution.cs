using System.Globalization;
using System.Text;

namespace MigrationKit.Benchmarks;

/// <summary>Writes a solution of C# 14 projects that reference each other, of which some use V1, in state S2: V2's assemblies with V1's obsolete names.</summary>
/// <param name="Projects">How many projects; each but the first references one or two before it.</param>
/// <param name="WithV1">How many of them use V1, evenly spread.</param>
/// <param name="V1Files">Files with ten deprecated uses each, in every project that uses V1.</param>
internal sealed record CliSolution(int Projects, int WithV1, int V1Files = 3)
{
    private const int PlainFiles = 12;
    private const int MethodsPerFile = 6;

    /// <summary>Deprecated uses in one file that uses V1: two constructions, four voices, four speeches.</summary>
    public const int UsesPerFile = 10;

    /// <param name="folder">Does not exist yet.</param>
    /// <param name="feed">Folder of the packed rules, which every project references.</param>
    /// <param name="runtime">Folder with the assemblies of the V2 runtime.</param>
    /// <returns>Full path of the solution file.</returns>
    public string Write(string folder, string feed, string runtime)
    {
        WriteFile(folder, "nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="packages" /></config>
              <packageSources><clear /><add key="feed" value="{feed}" /></packageSources>
            </configuration>
            """);
        WriteFile(folder, "Directory.Build.props", """
            <Project>
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <NuGetAudit>false</NuGetAudit>
                <NoWarn>$(NoWarn);MKOBSOLETE</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="MigrationKit" Version="1.0.0" PrivateAssets="all" />
              </ItemGroup>
            </Project>
            """);
        WriteFile(folder, "Directory.Build.targets", "<Project />");
        WriteFile(folder, ".editorconfig", "root = true\n");
        var list = new StringBuilder("<Solution>\n");
        for (var i = 1; i <= Projects; i++)
        {
            list.Append(CultureInfo.InvariantCulture, $"  <Project Path=\"P{i:000}/P{i:000}.csproj\" />\n");
            WriteProject(Path.Combine(folder, $"P{i:000}"), i, runtime);
        }

        return WriteFile(folder, "All.slnx", list.Append("</Solution>\n").ToString());
    }

    private bool UsesV1(int project) => project * WithV1 / Projects > (project - 1) * WithV1 / Projects;

    private void WriteProject(string folder, int number, string runtime)
    {
        var references = new StringBuilder();
        foreach (var other in new[] { number / 2, number / 3 }.Where(p => p > 0).Distinct())
            references.Append(CultureInfo.InvariantCulture, $"    <ProjectReference Include=\"../P{other:000}/P{other:000}.csproj\" />\n");
        if (UsesV1(number))
            references.Append(CultureInfo.InvariantCulture, $"    <Reference Include=\"PocketTts\" HintPath=\"{Path.Combine(runtime, "PocketTts.dll")}\" />\n");
        WriteFile(folder, $"P{number:000}.csproj", $"<Project Sdk=\"Microsoft.NET.Sdk\">\n  <ItemGroup>\n{references}  </ItemGroup>\n</Project>\n");
        for (var file = 1; file <= PlainFiles; file++)
            WriteFile(folder, $"Orders{file:00}.cs", Plain(number, file));
        for (var file = 1; UsesV1(number) && file <= V1Files; file++)
            WriteFile(folder, $"Speech{file:00}.cs", Speech(number, file));
    }

    // What ordinary code costs to bind: LINQ, async, patterns, generics, and C# 14's 'field'.
    private static string Plain(int project, int file)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"namespace P{project:000};\n\npublic sealed record Order{file}(int Id, string Customer, decimal Total, DateTimeOffset Placed);\n\n");
        text.Append(CultureInfo.InvariantCulture, $"public sealed class Orders{file}\n{{\n    private readonly Dictionary<int, Order{file}> _orders = [];\n\n");
        text.Append("    public string Region { get; set => field = value.Trim(); } = \"\";\n");
        for (var method = 1; method <= MethodsPerFile; method++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""

                    public async Task<IReadOnlyList<string>> Report{{method}}Async(IAsyncEnumerable<Order{{file}}> orders, CancellationToken cancellationToken)
                    {
                        await foreach (var order in orders.WithCancellation(cancellationToken))
                            _orders[order.Id] = order;
                        var rows = _orders.Values
                            .Where(o => o is { Total: > {{method}}m, Customer.Length: > 0 })
                            .GroupBy(o => (o.Customer, o.Placed.Year))
                            .Select(g => new { g.Key.Customer, g.Key.Year, Sum = g.Sum(o => o.Total), Largest = g.MaxBy(o => o.Total) })
                            .OrderByDescending(g => g.Sum)
                            .ThenBy(g => g.Customer, StringComparer.Ordinal);
                        var result = new List<string>();
                        foreach (var row in rows)
                        {
                            var size = row.Sum switch
                            {
                                < 100m => "small",
                                < 10_000m when row.Year > 2020 => "medium",
                                _ => "large",
                            };
                            result.Add($"{Region}: {row.Customer} {row.Year} {size} {row.Sum:0.00} ({row.Largest?.Id ?? 0})");
                        }

                        return result;
                    }

                """);
        }

        return text.Append("}\n").ToString();
    }

    private static string Speech(int project, int file) => $$"""
        using PocketTts;

        namespace P{{project:000}};

        public static class Speech{{file}}
        {
            public static float[] Greet(string name)
            {
                using var model = new TtsModel("tone", steps: 4);
                using var alba = model.LoadVoice("alba");
                using var marius = model.LoadVoice("marius");
                var first = model.Generate(alba, $"Good morning, {name}.");
                var second = model.Generate(marius, "How are you?");
                return [.. first, .. second];
            }

            public static int Count(string text)
            {
                using var model = new TtsModel();
                using var alba = model.LoadVoice("alba");
                using var marius = model.LoadVoice("marius");
                var samples = model.Generate(alba, text).Length;
                foreach (var piece in model.Stream(marius, text))
                    samples += piece.Length;
                return samples;
            }
        }

        """;

    private static string WriteFile(string folder, string name, string text)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
