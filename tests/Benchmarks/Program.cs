using MigrationKit.Benchmarks;

// Areas are added with the parts that make claims.
var areas = new Dictionary<string, Func<IEnumerable<Claim>>>(StringComparer.Ordinal)
{
    ["structures"] = Structures.Run,
    ["analyzers"] = AnalyzersArea.Run,
    ["cli"] = CliBenchmarks.Run,
    ["tts"] = TtsArea.Run,
    ["caches"] = CachesArea.Run,
    ["guide"] = GuideArea.Run,
    ["stream"] = StreamArea.Run,
};

if (args is not [var wanted] || (wanted != "all" && !areas.ContainsKey(wanted)))
{
    Console.Error.WriteLine($"error: '{string.Join(' ', args)}' is not one benchmark area; use {string.Join(", ", areas.Keys)} or all.");
    return 2;
}

Console.WriteLine($"{Environment.ProcessorCount} processors, {System.Runtime.InteropServices.RuntimeInformation.OSDescription.Trim()}, .NET {Environment.Version}");
foreach (var (name, run) in areas.Where(area => wanted == "all" || area.Key == wanted))
{
    Console.WriteLine();
    Console.WriteLine($"## {name}");
    Console.WriteLine();
    Console.WriteLine("| claim | measured | 95 % interval | |");
    Console.WriteLine("|---|---|---|---|");
    foreach (var claim in run())
        Console.WriteLine(claim);
}

return 0;
