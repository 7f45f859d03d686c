using System.Linq;
using MigrationKit.Analyzers.Checks;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Brings the checks of results that V1 did not have along with the swap of the type.</summary>
internal static class SwapChecks
{
    public static void Add(FileContext file, SwapFinder finder, RenamedType row)
    {
        foreach (var method in MigrationMap.CheckedMethods.Where(method => method.OldType == row.Old))
        {
            foreach (var (name, _, group) in finder.Uses(method.Name))
            {
                if (ResultCheck.Describe(file, name, method) is not { } check)
                    continue;

                if (check.FitsUnchecked)
                    continue;
                if (check.Safety == Facts.Manual)
                    finder.KeepNew(name, check.Reason!);
                if (group is null)
                    continue;

                group.Add(check.Node, check.Action);
                if (check.Safety == Facts.Manual)
                    group.Manual(check.Reason!);
                else if (check.Safety == Facts.Review)
                    group.Review(check.Reason!);
            }
        }
    }
}
