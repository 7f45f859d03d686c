using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;
using System.Reflection.Emit;
using System.Text;

namespace MigrationKit.Engineering.Tests;

/// <summary>Small packages with the ids and layout of the real ones.</summary>
internal static class Packages
{
    /// <summary>The assembly version that tells the package's assembly from the one built from npm (0.0.0.0).</summary>
    public const string NuGetAssemblyVersion = "1.2.3.4";

    /// <summary>Writes <c>Microsoft.ML.OnnxRuntime</c> with one type, <c>OrtEnv</c>, into a folder source.</summary>
    public static void WriteOnnxRuntimeNupkg(string feed, string version = "1.29.0")
    {
        Directory.CreateDirectory(feed);
        using var archive = ZipFile.Open(Path.Combine(feed, $"Microsoft.ML.OnnxRuntime.{version}.nupkg"), ZipArchiveMode.Create);
        using (var nuspec = new StreamWriter(archive.CreateEntry("Microsoft.ML.OnnxRuntime.nuspec").Open()))
        {
            nuspec.Write($"""
                <package>
                  <metadata>
                    <id>Microsoft.ML.OnnxRuntime</id>
                    <version>{version}</version>
                    <authors>a test</authors>
                    <description>A test's.</description>
                  </metadata>
                </package>
                """);
        }

        var assembly = new PersistedAssemblyBuilder(new AssemblyName("Microsoft.ML.OnnxRuntime") { Version = new Version(NuGetAssemblyVersion) }, typeof(object).Assembly);
        assembly.DefineDynamicModule("Microsoft.ML.OnnxRuntime").DefineType("Microsoft.ML.OnnxRuntime.OrtEnv", TypeAttributes.Public | TypeAttributes.Class).CreateType();
        using var image = new MemoryStream();
        assembly.Save(image);
        using var dll = archive.CreateEntry("lib/net10.0/Microsoft.ML.OnnxRuntime.dll").Open();
        image.WriteTo(dll);
    }

    /// <summary>Writes a tarball as <c>npm pack</c> does, with the members that the build takes.</summary>
    public static void WriteNpmTarball(string path)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip);
        foreach (var (name, text) in NpmMembers)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, "package/" + name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
    }

    /// <summary>Writes the same members as files, as they are after extraction.</summary>
    public static void WriteNpmFolder(string folder)
    {
        foreach (var (name, text) in NpmMembers)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }

    private static IEnumerable<(string Name, string Text)> NpmMembers =>
    [
        ("LICENSE", "MIT License"),
        ("package.json", """{ "name": "com.github.asus4.onnxruntime", "version": "0.4.9" }"""),
        ("Runtime/OrtEnv.shared.cs", "namespace Microsoft.ML.OnnxRuntime { public class OrtEnv { } }"),
        ("Runtime/AssemblyInfo.shared.cs", "#error only for Unity"),
        ("Plugins/Linux/x64/libonnxruntime.so", "native"),
        ("Plugins/Linux/x64/libonnxruntime.so.meta", "Unity's"),
        ("Plugins/Windows/x64/onnxruntime.dll", "native"),
        ("Plugins/Windows/arm64/onnxruntime.dll", "native"),
        ("Plugins/macOS/arm64/libonnxruntime.dylib", "native"),
    ];
}
