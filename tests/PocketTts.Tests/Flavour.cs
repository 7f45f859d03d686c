using System.Reflection;
using System.Runtime.Loader;

namespace PocketTts.Tests;

/// <summary>Loads another build of the assembly beside the referenced one, from the path that the project file wrote down.</summary>
internal sealed class Flavour : AssemblyLoadContext
{
    private Flavour(string name)
        : base(name)
    {
    }

    /// <summary>Dependencies (ONNX Runtime) are those of the test run: a context that finds nothing asks the default one.</summary>
    public static Assembly Load(string flavour)
    {
        var path = typeof(Flavour).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == flavour).Value!;
        return new Flavour(flavour).LoadFromAssemblyPath(Path.GetFullPath(path));
    }
}
