using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace VoiceForge.Diagnostics;

/// <summary>Runtime, native libraries, folders, memory and disk.</summary>
internal sealed class SystemChecks(VoiceForgeConfig config, string folder)
{
    private const double GiB = 1L << 30;

    // The guide's recommendations; what really blocks is the configuration's own demand.
    private const double RecommendedMemoryGb = 10;
    private const double RecommendedDiskGb = 5;

    // A day of logs and a folder of snapshots; with less the first error report may be lost.
    private const double LeastDiskGb = 0.5;

    public IEnumerable<DiagnosticCheck> Run() =>
    [
        Runtime(),
        CheckRunner.Run("native libraries", "ONNX Runtime loads", LibraryRemedy, NativeLibraries),
        CheckRunner.Run("execution providers", "CUDA, else CPU", LibraryRemedy, ExecutionProviders),
        CheckRunner.Run("folders", "logs and logs/snapshots can be written", $"give the user that runs the program write access to '{folder}'", Folders),
        Memory(),
        CheckRunner.Run("disk", $"{RecommendedDiskGb} GiB free", $"check that '{folder}' is on a mounted drive", Disk),
    ];

    private const string LibraryRemedy =
        "publish for this machine's runtime identifier ('dotnet publish -r linux-x64'), so that the native library of Microsoft.ML.OnnxRuntime is beside the program";

    private static DiagnosticCheck Runtime()
    {
        var is64Bit = Environment.Is64BitProcess;
        return new(
            "runtime", is64Bit && Environment.Version.Major >= 10 ? DiagnosticStatus.Pass : DiagnosticStatus.Fail,
            $"{RuntimeInformation.FrameworkDescription} on {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}",
            ".NET 10 or later in a 64-bit process", "install a 64-bit .NET 10 runtime and do not set PlatformTarget to x86");
    }

    private static DiagnosticCheck NativeLibraries() => new(
        "native libraries", DiagnosticStatus.Pass, $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}", "ONNX Runtime loads", null);

    private static DiagnosticCheck ExecutionProviders()
    {
        var providers = OrtEnv.Instance().GetAvailableProviders();
        var hasCuda = providers.Contains("CUDAExecutionProvider", StringComparer.Ordinal);
        return new(
            "execution providers", hasCuda ? DiagnosticStatus.Pass : DiagnosticStatus.Warning, string.Join(", ", providers), "CUDA, else CPU",
            hasCuda ? null : "models run on the CPU; for CUDA reference Microsoft.ML.OnnxRuntime.Gpu and install the driver");
    }

    private DiagnosticCheck Folders()
    {
        // What is looked at stays as it was: a folder that is made here goes again.
        var made = new Stack<string>();
        foreach (var path in new[] { Path.Combine(folder, "logs"), Path.Combine(folder, "logs", "snapshots") })
        {
            if (!Directory.Exists(path))
                made.Push(Directory.CreateDirectory(path).FullName);
            var probe = Path.Combine(path, $".write-{Guid.NewGuid():N}");
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
        }

        foreach (var path in made)
            Directory.Delete(path);
        return new("folders", DiagnosticStatus.Pass, $"written to {Path.Combine(folder, "logs")}", "logs and logs/snapshots can be written", null);
    }

    // What the runtime counts as the machine's memory is the container's limit where there is one.
    private DiagnosticCheck Memory()
    {
        GC.Collect(0, GCCollectionMode.Forced, blocking: true); // before the first collection the load is not known
        var info = GC.GetGCMemoryInfo();
        var total = info.TotalAvailableMemoryBytes / GiB;
        var free = Math.Max(0, info.TotalAvailableMemoryBytes - info.MemoryLoadBytes) / GiB;
        var allocation = config.Resources.Allocation;
        var wanted = allocation.AudioBuffersGb + allocation.ModelCacheGb + allocation.FeatureCacheGb;
        var status = wanted > total ? DiagnosticStatus.Fail : wanted > free || free < RecommendedMemoryGb ? DiagnosticStatus.Warning : DiagnosticStatus.Pass;
        return new(
            "memory", status,
            string.Create(CultureInfo.InvariantCulture, $"{wanted:0.##} GiB configured, {free:0.0} of {total:0.0} GiB free"),
            string.Create(CultureInfo.InvariantCulture, $"configured sizes fit; {RecommendedMemoryGb} GiB free recommended"),
            status == DiagnosticStatus.Pass ? null
                : wanted > free ? "lower 'resources.allocation.model_cache_gb' and 'feature_cache_gb' in config.yaml, or give the machine or container more memory"
                : "large models need more: keep 'resources.allocation.model_cache_gb' in config.yaml below what is free");
    }

    private DiagnosticCheck Disk()
    {
        var free = new DriveInfo(Directory.Exists(folder) ? folder : Path.GetPathRoot(folder)!).AvailableFreeSpace / GiB;
        var status = free < LeastDiskGb ? DiagnosticStatus.Fail : free < RecommendedDiskGb ? DiagnosticStatus.Warning : DiagnosticStatus.Pass;
        return new(
            "disk", status, string.Create(CultureInfo.InvariantCulture, $"{free:0.0} GiB free at {folder}"), $"{RecommendedDiskGb} GiB free",
            status == DiagnosticStatus.Pass ? null : "free disk space: logs and snapshots are written there");
    }
}
