using System.CommandLine;
using MigrationKit.Cli.Doctor;

namespace MigrationKit.Cli.Commands;

/// <summary><c>config init</c>.</summary>
internal static class ConfigCommand
{
    private static readonly string[] Names = ["config.yaml", "config.yml"];

    public static Command Create(CommandEnvironment environment)
    {
        var init = new Command("init", "Write a commented config.yaml with sizes that fit this machine into the current folder");
        init.SetAction(_ =>
        {
            var folder = environment.WorkingDirectory;
            if (Names.Select(name => Path.Combine(folder, name)).FirstOrDefault(Path.Exists) is { } there)
                throw new MigrationException(ExitCode.Usage, $"'{there}' exists already and was left as it is; move it away first.");

            var file = Path.Combine(folder, Names[0]);
            using (var stream = new FileStream(file, FileMode.CreateNew)) // never over a file that appeared just now
            using (var writer = new StreamWriter(stream))
                writer.Write(ConfigurationTemplate.For(Machine.MemoryGb));
            environment.Out.WriteLine($"wrote {file}");
            return (int)ExitCode.Success;
        });
        return new Command("config", "Settings of the V2 runtime") { init };
    }
}
