using System.Runtime.CompilerServices;
using Microsoft.Build.Locator;

namespace MigrationKit.Cli.Loading;

/// <summary>Makes the MSBuild of the installed SDK available to this process, once.</summary>
internal static class MSBuildHost
{
    private static readonly Lock Gate = new();

    /// <param name="folder">Its <c>global.json</c> decides which SDK is taken.</param>
    /// <exception cref="MigrationException">No suitable SDK is installed.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Register(string folder)
    {
        lock (Gate)
        {
            if (MSBuildLocator.IsRegistered)
                return;

            var sdk = MSBuildLocator
                .QueryVisualStudioInstances(new VisualStudioInstanceQueryOptions { DiscoveryTypes = DiscoveryType.DotNetSdk, WorkingDirectory = folder })
                .MaxBy(instance => instance.Version);
            if (sdk is null)
            {
                throw new MigrationException(
                    ExitCode.LoadFailed,
                    $"No .NET SDK that suits '{folder}' is installed; 'dotnet --list-sdks' lists them, a global.json there may ask for another.");
            }

            MSBuildLocator.RegisterInstance(sdk);
        }
    }
}
