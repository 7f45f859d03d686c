using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Cli.Analysis;

/// <summary>One reference assembly with what is needed to choose between it and the user's.</summary>
internal sealed record BundledAssembly(string Name, Version Version, PortableExecutableReference Reference)
{
    public static BundledAssembly FromImage(byte[] image)
    {
        using var pe = new PEReader(new MemoryStream(image));
        var definition = pe.GetMetadataReader().GetAssemblyDefinition();
        var name = pe.GetMetadataReader().GetString(definition.Name);
        return new(name, definition.Version, MetadataReference.CreateFromImage(image, filePath: $"{name}.dll"));
    }
}
