using System.CommandLine;
using MigrationKit.Cli.Doctor;

namespace MigrationKit.Cli.Commands;

/// <summary>The <c>--format</c> of commands that print a checklist.</summary>
internal static class ChecklistFormat
{
    private const string Text = "text";
    private const string Json = "json";

    public static Option<string> Create()
    {
        var format = new Option<string>("--format") { Description = "text (default) or json", DefaultValueFactory = _ => Text };
        format.AcceptOnlyFromAmong(Text, Json);
        return format;
    }

    public static void Print(CommandEnvironment environment, Checklist checks, string format)
    {
        if (format == Json)
            environment.Out.WriteLine(checks.ToJson());
        else
            environment.Out.Write(checks.ToText());
    }
}
