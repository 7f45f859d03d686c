using Spectre.Console;

namespace MigrationKit.Cli.Reporting;

/// <summary>Tables that read the same on a terminal and in a file.</summary>
internal static class PlainTable
{
    public static Table Create() => new() { Border = TableBorder.None };
}
