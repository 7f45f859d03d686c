using System.Collections.Concurrent;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis.CSharp;
using MigrationKit.Analyzers.Replacements;

namespace MigrationKit.Cli.Loading;

/// <summary>The names of members that carry <c>[ReplaceWith]</c>, in sources and in referenced assemblies: each makes what uses it a candidate.</summary>
internal sealed class DeclaredReplacements
{
    /// <summary>Stands for a constructor, whose use can name its type by an alias or not at all.</summary>
    private const string Constructor = ".ctor";

    private const string Attribute = "ReplaceWithAttribute";

    private readonly ConcurrentDictionary<string, string[]> _byAssembly = new(StringComparer.Ordinal);

    /// <summary>What one source file declares.</summary>
    public static IEnumerable<string> InSource(string path) => ReplacedNames.Declared(CSharpSyntaxTree.ParseText(SourceFile.Read(path).Text));

    /// <summary>What the assemblies that a project can see declare.</summary>
    public IEnumerable<string> InAssembliesOf(ProjectOutline project) =>
        project.Assemblies.Concat(project.Assets is null ? [] : Packages(project.Assets)).SelectMany(path => _byAssembly.GetOrAdd(path, InAssembly));

    /// <summary>How to look for a name in the bytes of a file; null when only binding tells.</summary>
    public static byte[]? Written(string name) => name == Constructor ? null : Encoding.UTF8.GetBytes(name);

    private static string[] InAssembly(string path)
    {
        try
        {
            using var pe = new PEReader(File.OpenRead(path), PEStreamOptions.PrefetchMetadata);
            if (!pe.HasMetadata)
                return [];
            var metadata = pe.GetMetadataReader();
            return metadata.CustomAttributes.Select(metadata.GetCustomAttribute).Where(a => IsReplaceWith(metadata, a.Constructor))
                .Select(a => NameOf(metadata, a.Parent)).Distinct().ToArray();
        }
        catch (Exception e) when (e is BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return []; // whoever compiles with it will say what is wrong with it
        }
    }

    private static bool IsReplaceWith(MetadataReader metadata, EntityHandle constructor)
    {
        var type = constructor.Kind == HandleKind.MethodDefinition
            ? metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()
            : metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent;
        return type.Kind switch
        {
            HandleKind.TypeDefinition => metadata.StringComparer.Equals(metadata.GetTypeDefinition((TypeDefinitionHandle)type).Name, Attribute),
            HandleKind.TypeReference => metadata.StringComparer.Equals(metadata.GetTypeReference((TypeReferenceHandle)type).Name, Attribute),
            _ => false,
        };
    }

    private static string NameOf(MetadataReader metadata, EntityHandle member) => member.Kind switch
    {
        HandleKind.MethodDefinition => metadata.GetString(metadata.GetMethodDefinition((MethodDefinitionHandle)member).Name),
        HandleKind.PropertyDefinition => metadata.GetString(metadata.GetPropertyDefinition((PropertyDefinitionHandle)member).Name),
        HandleKind.FieldDefinition => metadata.GetString(metadata.GetFieldDefinition((FieldDefinitionHandle)member).Name),
        _ => Constructor,
    };

    // The assemblies of all packages that a restored project compiles with, direct or not.
    private static IEnumerable<string> Packages(string assets)
    {
        using var json = Parse(assets);
        if (json is null || !json.RootElement.TryGetProperty("targets", out var targets) || !json.RootElement.TryGetProperty("libraries", out var libraries)
            || !json.RootElement.TryGetProperty("packageFolders", out var folders))
        {
            return [];
        }

        var roots = folders.EnumerateObject().Select(f => f.Name).ToList();
        var result = new HashSet<string>(StringComparer.Ordinal);
        foreach (var package in targets.EnumerateObject().SelectMany(t => t.Value.EnumerateObject()))
        {
            if (!package.Value.TryGetProperty("compile", out var compile) || !libraries.TryGetProperty(package.Name, out var library)
                || !library.TryGetProperty("path", out var path))
            {
                continue;
            }

            foreach (var file in compile.EnumerateObject().Where(f => f.Name.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)))
            {
                if (roots.Select(r => Path.Combine(r, path.GetString()!, file.Name)).FirstOrDefault(File.Exists) is { } found)
                    result.Add(found);
            }
        }

        return result;
    }

    private static JsonDocument? Parse(string assets)
    {
        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(assets));
        }
        catch (JsonException)
        {
            return null; // restore writes it anew
        }
    }
}
