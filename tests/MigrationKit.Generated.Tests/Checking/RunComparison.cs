using MigrationKit.Generated.Model;
using MigrationKit.Generated.Running;

namespace MigrationKit.Generated.Checking;

/// <summary>Whether a program does after the migration what it did before.</summary>
internal static class RunComparison
{
    /// <param name="isSafe">Whether every fix promised to keep the behaviour; otherwise the order of effects alone is compared, where everything works.</param>
    public static Violation? Compare(GeneratedProgram program, IReadOnlyList<string> before, IReadOnlyList<string> after, bool isSafe, RunMode mode)
    {
        if (!isSafe && mode != RunMode.Works)
            return null;

        var keep = isSafe ? (Func<string, bool>)(_ => true) : entry => entry.StartsWith("effect ", StringComparison.Ordinal);
        // 'void Main' answers a failure by Environment.ExitCode, where V1 threw through it.
        bool Counts(string entry) => keep(entry) && !(program.Place is Place.VoidMain && mode == RunMode.StartFails && entry.StartsWith("throws ", StringComparison.Ordinal));
        var (old, current) = (before.Where(Counts).ToList(), after.Where(Counts).ToList());
        return old.SequenceEqual(current)
            ? null
            : new(isSafe ? $"safe fixes keep the behaviour ({mode})" : "effects keep their order", $"before:\n  {string.Join("\n  ", old)}\nafter:\n  {string.Join("\n  ", current)}");
    }
}
