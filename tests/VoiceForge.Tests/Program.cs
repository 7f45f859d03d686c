using VoiceForge.Tests.Audio;

namespace VoiceForge.Tests;

/// <summary>What tests start as a process of their own. The test host does not come here.</summary>
internal static class Program
{
    public const string Success = "succeeded";

    public static async Task Main(string[] args)
    {
        await PulseScenarios.Run(args.Single());
        Console.WriteLine(Success);
    }
}
