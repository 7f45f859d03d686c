using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Cli.Loading;

/// <summary>Loads source generators with their own dependencies, sharing only Roslyn with this process.</summary>
internal sealed class GeneratorLoader : IAnalyzerAssemblyLoader
{
    private readonly ConcurrentDictionary<string, string> _locations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Context _context;

    public GeneratorLoader() => _context = new(_locations);

    public void AddDependencyLocation(string fullPath) => _locations.TryAdd(Path.GetFileNameWithoutExtension(fullPath), fullPath);

    public Assembly LoadFromPath(string fullPath) => _context.LoadFromAssemblyPath(fullPath);

    private sealed class Context(ConcurrentDictionary<string, string> locations) : AssemblyLoadContext("source generators")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            // A second copy of Roslyn would make the generator's interfaces foreign to the host.
            if (assemblyName.Name is not { } name || name is "Microsoft.CodeAnalysis" or "Microsoft.CodeAnalysis.CSharp")
                return null;
            return locations.TryGetValue(name, out var path) ? LoadFromAssemblyPath(path) : null;
        }
    }
}
