using System.ComponentModel;
using System.Diagnostics;
using VoiceForge;

namespace MigrationKit.Cli.Doctor;

/// <summary>Which SDK a build of the solution takes.</summary>
internal static class SdkCheck
{
    private const string Name = "sdk";
    private const string Limit = "a .NET SDK 10 or later, also by the solution's global.json";
    private const string Remedy = "install it from https://dotnet.microsoft.com/download, or correct the 'sdk' entry of global.json";

    public static async Task<DiagnosticCheck> RunAsync(string folder, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", "--version") { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            var error = process.StandardError.ReadToEndAsync(cancellationToken);
            var output = (await process.StandardOutput.ReadToEndAsync(cancellationToken)).Trim();
            await process.WaitForExitAsync(cancellationToken);
            if (process.ExitCode != 0)
                return new(Name, DiagnosticStatus.Fail, (await error).Trim(), Limit, Remedy);
            var isNewEnough = Version.TryParse(output.Split('-')[0], out var version) && version.Major >= 10;
            return new(Name, isNewEnough ? DiagnosticStatus.Pass : DiagnosticStatus.Fail, output, Limit, isNewEnough ? null : Remedy);
        }
        catch (Win32Exception e)
        {
            return new(Name, DiagnosticStatus.Fail, $"'dotnet' cannot be started: {e.Message}", Limit, Remedy);
        }
    }
}
