namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 64 to 68: loads behind the cache.</summary>
public sealed class ModelCases
{
    [Fact]
    public Task A64_DisposedModel_Migrates() => AwkwardCase.BecomesAsync(
        """
        using VoiceForge.Core;

        class C
        {
            void M(ModelLoader loader)
            {
                using var model = loader.LoadModel("a.onnx");
                System.Console.WriteLine(model.Bytes);
            }
        }
        """,
        """
        using VoiceForge.Core;

        class C
        {
            private readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);

            void M(ModelLoader loader)
            {
                using var model = _modelCache.GetOrLoad(loader, "a.onnx");
                System.Console.WriteLine(model.Bytes);
            }
        }
        """);

    [Fact]
    public Task A65_LoadTwice_Migrates() => AwkwardCase.BecomesAsync(
        """
        using VoiceForge.Core;

        class C
        {
            void M(ModelLoader loader)
            {
                var before = loader.LoadModel("a.onnx");
                System.Console.WriteLine(before.Bytes);
                var after = loader.LoadModel("a.onnx");
                System.Console.WriteLine(after.Bytes);
            }
        }
        """,
        """
        using VoiceForge.Core;

        class C
        {
            private readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);

            void M(ModelLoader loader)
            {
                var before = _modelCache.GetOrLoad(loader, "a.onnx");
                System.Console.WriteLine(before.Bytes);
                var after = _modelCache.GetOrLoad(loader, "a.onnx");
                System.Console.WriteLine(after.Bytes);
            }
        }
        """,
        "MK0106 review: the same file is loaded twice here; both results are handles on one shared model now");

    [Fact]
    public Task A66_MissingFileHandled_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System.IO;
        using VoiceForge.Core;

        class C
        {
            ModelData? M(ModelLoader loader, string path)
            {
                try
                {
                    return loader.LoadModel(path);
                }
                catch (FileNotFoundException)
                {
                    return null;
                }
            }
        }
        """,
        """
        using System.IO;
        using VoiceForge.Core;

        class C
        {
            private readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);

            ModelData? M(ModelLoader loader, string path)
            {
                try
                {
                    return _modelCache.GetOrLoad(loader, path);
                }
                catch (FileNotFoundException)
                {
                    return null;
                }
            }
        }
        """);

    [Fact]
    public Task A67_ModelId_Migrates() => AwkwardCase.BecomesAsync(
        """
        using VoiceForge.Core;

        class C
        {
            void M(ModelLoader loader)
            {
                var model = loader.LoadModel(Next(), indexPath: Next());
                System.Console.WriteLine(model.Bytes);
            }

            static string Next() => "a.onnx";
        }
        """,
        """
        using VoiceForge.Core;

        class C
        {
            private readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);

            void M(ModelLoader loader)
            {
                var model = _modelCache.GetOrLoad(loader, Next(), indexPath: Next());
                System.Console.WriteLine(model.Bytes);
            }

            static string Next() => "a.onnx";
        }
        """);

    [Fact]
    public Task A68_SeveralDevices_Migrates() => AwkwardCase.BecomesAsync(
        """
        using VoiceForge.Core;

        class C
        {
            void M(string device)
            {
                var cpu = new ModelLoader("cpu");
                var gpu = new ModelLoader(device);
                System.Console.WriteLine(cpu.LoadModel("a.onnx").Bytes + gpu.LoadModel("a.onnx").Bytes);
            }
        }
        """,
        """
        using VoiceForge.Core;

        class C
        {
            private readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);

            void M(string device)
            {
                var cpu = new ModelLoader("cpu");
                var gpu = new ModelLoader(device);
                System.Console.WriteLine(_modelCache.GetOrLoad(cpu, "a.onnx").Bytes + _modelCache.GetOrLoad(gpu, "a.onnx").Bytes);
            }
        }
        """);
}
