namespace MigrationKit.Analyzers.Swaps;

/// <summary>All that changes in a file when its VoiceForgeApps become VoiceForgeAppV2s.</summary>
internal static class AppSwap
{
    public static SwapFinder Find(FileContext file)
    {
        var row = MigrationMap.RenamedTypeOf(RuleIds.VoiceForgeApp);
        var sites = new SwapSites(file, row);
        var finder = new SwapFinder(file, row, sites);
        SwapChecks.Add(file, finder, row);
        SwapFlows.SpreadManual(file, row, sites, finder);
        return finder;
    }
}
