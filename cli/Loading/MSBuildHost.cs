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

            MSBuildLocator.RegisterInstance(Query(folder));
        }
    }

    /// <returns>The folder of the SDK that <see cref="Register"/> takes, which has its version in its name.</returns>
    /// <exception cref="MigrationException">No suitable SDK is installed.</exception>
    public static string Find(string folder) => Query(folder).MSBuildPath;

    private static VisualStudioInstance Query(string folder) =>
        MSBuildLocator.QueryVisualStudioInstances(new VisualStudioInstanceQueryOptions { DiscoveryTypes = DiscoveryType.DotNetSdk, WorkingDirectory = folder })
            .MaxBy(instance => instance.Version)
        ?? throw new MigrationException(
            ExitCode.LoadFailed,
            $"No .NET SDK that suits '{folder}' is installed; 'dotnet --list-sdks' lists them, a global.json there may ask for another.");
}
