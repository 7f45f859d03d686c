using System.CommandLine;
using MigrationKit.Cli.Doctor;
using VoiceForge;

namespace MigrationKit.Cli.Commands;

/// <summary><c>diagnose</c>: the runtime's own checks on this machine.</summary>
internal static class DiagnoseCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var config = new Option<string>("--config") { Description = "The settings to check against; default config.yaml in the current folder", DefaultValueFactory = _ => "config.yaml" };
        var format = ChecklistFormat.Create();
        var bundle = new Option<string?>("--bundle") { Description = "Also write an archive for a bug report: checks, settings, logs, snapshots" };
        var withAudio = new Option<bool>("--with-audio") { Description = "Let the archive hold recorded audio" };
        var command = new Command("diagnose", "Check whether this machine can run V2 with a config.yaml") { config, format, bundle, withAudio };
        command.SetAction(parsed =>
        {
            var file = environment.Full(parsed.GetRequiredValue(config));
            var settings = Read(file);
            var archive = parsed.GetValue(bundle) is { } path ? new DiagnosticBundle(environment.Full(path), Path.GetDirectoryName(file)!, parsed.GetValue(withAudio)) : null;
            if (archive is null && parsed.GetValue(withAudio))
                throw new MigrationException(ExitCode.Usage, "--with-audio is about the archive of --bundle, which is not asked for.");
            archive?.Check();

            var checks = new Checklist("diagnose", [.. VoiceForgeDiagnostics.Run(settings, Path.GetDirectoryName(file)!).Checks]);
            ChecklistFormat.Print(environment, checks, parsed.GetRequiredValue(format));
            if (archive is not null)
                environment.Error.WriteLine($"{parsed.GetValue(bundle)} holds {string.Join(", ", archive.Write(checks.ToJson(), file))}; look through it before you send it.");
            return (int)(checks.Passed ? ExitCode.Success : ExitCode.FindingsLeft);
        });
        return command;
    }

    private static VoiceForgeConfig Read(string file)
    {
        if (!File.Exists(file))
            throw new MigrationException(ExitCode.Usage, $"'{file}' does not exist; 'migrationkit config init' writes one, --config names another.");
        try
        {
            return VoiceForgeConfig.Load(file);
        }
        catch (VoiceForgeConfigException e)
        {
            throw new MigrationException(ExitCode.Usage, $"'{file}' cannot be used:{Environment.NewLine}{e.Message}", e);
        }
    }
}
