using Spectre.Console;

namespace MigrationKit.Cli.Commands;

/// <summary>Where a command reads relative paths from and writes to; tests bring their own.</summary>
/// <param name="Out">Results.</param>
/// <param name="Error">Everything else.</param>
/// <param name="WorkingDirectory">Full path.</param>
/// <param name="IsTerminal">Whether a person watches <paramref name="Error"/>.</param>
/// <param name="Answers">Where a person's answers come from; null when nobody is there to ask.</param>
internal sealed record CommandEnvironment(TextWriter Out, TextWriter Error, string WorkingDirectory, bool IsTerminal, TextReader? Answers = null)
{
    /// <summary>Wide enough that no table is ever wrapped where a program reads it.</summary>
    private const int UnlimitedWidth = 10_000;

    /// <summary>This process's own streams.</summary>
    public static CommandEnvironment Process { get; } =
        new(Console.Out, Console.Error, Environment.CurrentDirectory, !Console.IsErrorRedirected, Console.IsInputRedirected || Console.IsErrorRedirected ? null : Console.In);

    private static IAnsiConsole ConsoleOn(TextWriter writer, bool isRedirected)
    {
        var isPlain = isRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var console = AnsiConsole.Create(new()
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isPlain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPlain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
        });
        if (isRedirected)
            console.Profile.Width = UnlimitedWidth;
        return console;
    }

    public IAnsiConsole Results() => ConsoleOn(Out, !IsTerminal || Console.IsOutputRedirected);

    /// <summary>A console that writes nothing but text.</summary>
    public static IAnsiConsole Plain(TextWriter writer) => ConsoleOn(writer, isRedirected: true);

    public string Full(string path) => Path.GetFullPath(Path.Combine(WorkingDirectory, path));
}
