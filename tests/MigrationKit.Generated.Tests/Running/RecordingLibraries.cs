using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.Generated.Running;

/// <summary>The libraries under their real names, whose members only record that they were called.</summary>
public static class RecordingLibraries
{
    private static readonly Dictionary<string, byte[]> Images = new[] { "VoiceForge", "PocketTts" }.ToDictionary(name => name, name => Emit(Compile(name)));

    public static CSharpCompilation Compile(string name)
    {
        using var stream = typeof(RecordingLibraries).Assembly.GetManifestResourceStream($"Fakes/{name}") ?? throw new InvalidOperationException($"No source for '{name}'.");
        using var reader = new StreamReader(stream);
        return CSharpCompilation.Create(name, [CSharpSyntaxTree.ParseText(reader.ReadToEnd())],
            [.. StateReferences.FrameworkOnly, MetadataReference.CreateFromFile(typeof(Log).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
    }

    /// <summary>The compiled code beside these libraries, in a context of its own that can be unloaded.</summary>
    public static Assembly Load(byte[] image, out AssemblyLoadContext context)
    {
        context = new Context();
        return context.LoadFromStream(new MemoryStream(image));
    }

    public static byte[] Emit(Compilation compilation)
    {
        var image = new MemoryStream();
        var result = compilation.Emit(image);
        return result.Success ? image.ToArray() : throw new InvalidOperationException(string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)));
    }

    private sealed class Context() : AssemblyLoadContext(isCollectible: true)
    {
        protected override Assembly? Load(AssemblyName assemblyName) =>
            Images.TryGetValue(assemblyName.Name!, out var image) ? LoadFromStream(new MemoryStream(image)) : null;
    }
}
