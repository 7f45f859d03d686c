using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;

namespace VoiceForge.Tests.V1;

/// <summary>The published V1 assembly, read by path: it has the same name as the runtime.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class LegacySdkTests
{
    private static readonly string SdkPath =
        typeof(LegacySdkTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "LegacySdk").Value!;

    private static readonly string[] PublicTypes =
    [
        "VoiceForge.Audio.AudioStream", "VoiceForge.Audio.RingBuffer", "VoiceForge.Core.ModelData", "VoiceForge.Core.ModelLoader", "VoiceForge.VoiceForgeApp",
    ];

    [Fact]
    public void PublicTypes_AreThoseOfV1AndNotObsolete() => Read(metadata =>
    {
        var types = metadata.TypeDefinitions.Select(metadata.GetTypeDefinition)
            .Where(type => (type.Attributes & TypeAttributes.VisibilityMask) == TypeAttributes.Public).ToList();

        Assert.Equal(PublicTypes, types.Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}").Order(StringComparer.Ordinal));
        Assert.DoesNotContain("ObsoleteAttribute", types.SelectMany(type => type.GetCustomAttributes()).Select(handle => AttributeName(metadata, handle)));
    });

    [Fact]
    public void Members_AreThoseOfTheSameTypesInTheRuntime() => Read(metadata =>
    {
        foreach (var handle in metadata.TypeDefinitions)
        {
            var type = metadata.GetTypeDefinition(handle);
            var name = $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}";
            if (!PublicTypes.Contains(name))
                continue;

            var legacy = type.GetMethods().Select(metadata.GetMethodDefinition)
                .Where(method => (method.Attributes & MethodAttributes.MemberAccessMask) == MethodAttributes.Public)
                .Select(method => metadata.GetString(method.Name)).Order(StringComparer.Ordinal);
            var runtime = typeof(VoiceForgeApp).Assembly.GetType(name, throwOnError: true)!
                .GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .OfType<MethodBase>().Select(method => method.Name).Order(StringComparer.Ordinal);
            Assert.Equal(runtime, legacy);
        }
    });

    [Fact]
    public void Application_RunsOnItsInternalEngine()
    {
        using var environment = new EnvironmentScope();
        environment.Set("loopback");
        var context = new AssemblyLoadContext("LegacySdk", isCollectible: true);
        var type = context.LoadFromAssemblyPath(SdkPath).GetType("VoiceForge.VoiceForgeApp", throwOnError: true)!;
        Assert.NotSame(typeof(VoiceForgeApp), type);

        dynamic app = Activator.CreateInstance(type)!;
        app.Initialize();
        app.StartGoldenPath();
        app.Stop();
        app.Dispose();
        environment.Set(null);
        Assert.ThrowsAny<IOException>((Action)(() => app.Initialize()));
        context.Unload();
    }

    [Fact]
    public void Version_IsOnePointFour() => Read(metadata =>
    {
        var assembly = metadata.GetAssemblyDefinition();
        Assert.Equal(("VoiceForge", new Version(1, 4, 0, 0)), (metadata.GetString(assembly.Name), assembly.Version));
    });

    private static string AttributeName(MetadataReader metadata, CustomAttributeHandle handle)
    {
        var constructor = metadata.GetCustomAttribute(handle).Constructor;
        return constructor.Kind == HandleKind.MemberReference && metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent is { Kind: HandleKind.TypeReference } parent
            ? metadata.GetString(metadata.GetTypeReference((TypeReferenceHandle)parent).Name)
            : "";
    }

    private static void Read(Action<MetadataReader> check)
    {
        using var file = new PEReader(File.OpenRead(SdkPath));
        check(file.GetMetadataReader());
    }
}
