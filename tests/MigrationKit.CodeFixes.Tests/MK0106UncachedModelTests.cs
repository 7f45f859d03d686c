using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Rules;
using MigrationKit.Tests.Verifiers;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0106UncachedModelAnalyzer, MigrationKit.CodeFixes.Rules.MK0106UncachedModelFix>;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0106UncachedModelTests
{
    [Fact]
    public Task Guide_R9_ModelLoading() => Verify.VerifyCodeFixAsync(
        """
        using VoiceForge.Core;

        string pthPath = "voice.onnx", indexPath = "voice.index";
        var loader = new ModelLoader(device: "cuda");
        var modelData = [|loader.LoadModel(pthPath, indexPath)|];
        """,
        """
        using VoiceForge.Core;

        string pthPath = "voice.onnx", indexPath = "voice.index";
        var loader = new ModelLoader(device: "cuda");
        var modelCache = new ModelCache(maxCacheSizeGb: 8.0, device: "cuda");
        var modelData = modelCache.GetOrLoad(loader, pthPath, indexPath);
        """);

    [Fact]
    public Task Guide_R9_ExpandedForm_HasNoFinding() => Verify.VerifyAnalyzerAsync(
        """
        using VoiceForge.Core;
        class C
        {
            ModelData? _kept;
            ModelData M(ModelCache modelCache, string modelId, string pthPath, string? indexPath)
            {
                var modelData = modelCache.Get(modelId);
                if (modelData is null)
                {
                    var loader = new ModelLoader(device: "cuda");
                    modelData = loader.LoadModel(pthPath, indexPath);
                    modelCache.Put(modelId, modelData, warmup: true);
                }

                _kept = new ModelLoader().LoadModel(pthPath);
                modelCache?.Put("b", _kept);
                modelCache!.Put("c", new ModelLoader().LoadModel(pthPath));
                return modelCache.GetOrLoad(new ModelLoader(), pthPath);
            }
        }
        """, CodeState.S2 | CodeState.S3);

    [Fact]
    public Task TopLevelStatements_ShareOneCache() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using VoiceForge.Core;

        var loader = new ModelLoader("cpu");
        if (args.Length > 0)
        {
            // the first
            using var first = [|loader.LoadModel(args[0])|];
            Func<ModelData> later = () => [|loader!.LoadModel(indexPath: "i", pthPath: "p")|];
        }
        else
            Console.WriteLine([|loader.LoadModel("x")|].Path + [|new ModelLoader("cpu").LoadModel("y")|].Path);
        """,
        """
        using System;
        using VoiceForge.Core;

        var loader = new ModelLoader("cpu");
        var modelCache = new ModelCache(maxCacheSizeGb: 8.0, device: "cpu");
        if (args.Length > 0)
        {
            // the first
            using var first = modelCache.GetOrLoad(loader, args[0]);
            Func<ModelData> later = () => modelCache.GetOrLoad(loader!, indexPath: "i", pthPath: "p");
        }
        else
            Console.WriteLine(modelCache.GetOrLoad(loader, "x").Path + modelCache.GetOrLoad(new ModelLoader("cpu"), "y").Path);
        """);

    [Fact]
    public Task LocalFunctionOfTheProgram_FindsTheCacheAtTheStart() => Verify.VerifyCodeFixAsync(
        """
        using VoiceForge.Core;

        var loader = new ModelLoader();
        Load("a");
        [|loader.LoadModel("c")|];
        ModelData Load(string path) => [|loader.LoadModel(path)|];
        static ModelData Alone(string path) => [|new ModelLoader().LoadModel(path)|];
        Alone("b");
        """,
        """
        using VoiceForge.Core;

        var modelCache = new ModelCache(maxCacheSizeGb: 8.0, device: "cuda");
        var loader = new ModelLoader();
        Load("a");
        modelCache.GetOrLoad(loader, "c");
        ModelData Load(string path) => modelCache.GetOrLoad(loader, path);
        static ModelData Alone(string path) => new ModelLoader().LoadModel(path);
        Alone("b");
        """);

    [Fact]
    public Task Main_HasTheCacheAsLocal() => Verify.VerifyCodeFixAsync(
        """
        namespace App
        {
            using VoiceForge.Core;

            static class Program
            {
                static int Main(string[] args)
                {
                    var loader = new ModelLoader(args[0]);
                    [|loader.LoadModel("a")|];
                    foreach (var path in args)
                        [|loader.LoadModel(path)|].Dispose();
                    return 0;
                }
            }
        }
        """,
        """
        namespace App
        {
            using VoiceForge.Core;

            static class Program
            {
                static int Main(string[] args)
                {
                    var loader = new ModelLoader(args[0]);
                    var modelCache = new ModelCache(maxCacheSizeGb: 8.0);
                    modelCache.GetOrLoad(loader, "a");
                    foreach (var path in args)
                        modelCache.GetOrLoad(loader, path).Dispose();
                    return 0;
                }
            }
        }
        """);

    [Fact]
    public Task Members_ShareAField() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using System.Threading.Tasks;
        using VoiceForge.Core;

        class Voices : IDisposable
        {
            // the loader
            private readonly ModelLoader _loader = new("cuda");
            private ModelData? _current;

            public ModelData Get(string path) => [|_loader.LoadModel(path)|];

            public async Task<ModelData> GetAsync(string path)
            {
                await Task.Yield();
                if (_current is null)
                    _current = [|this._loader.LoadModel(path)|];
                return await Task.Run(() => [|_loader.LoadModel(path)|]);
            }

            public void Dispose()
            {
                if (_current != null)
                    _current.Dispose(); // gives it back
                GC.SuppressFinalize(this);
            }
        }

        class Expression : IDisposable
        {
            private readonly ModelData _a;

            public Expression(ModelLoader loader) => _a = [|loader.LoadModel("a")|];

            public void Dispose() => _a.Dispose();
        }

        class NoField
        {
            /// <summary>Loads.</summary>
            public ModelData Load(ModelLoader loader) => [|loader.LoadModel("a")|];
        }
        class OneLine { ModelData M(ModelLoader loader) => [|loader.LoadModel("a")|]; }
        """,
        """
        using System;
        using System.Threading.Tasks;
        using VoiceForge.Core;

        class Voices : IDisposable
        {
            private readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0, device: "cuda");

            // the loader
            private readonly ModelLoader _loader = new("cuda");
            private ModelData? _current;

            public ModelData Get(string path) => _modelCache.GetOrLoad(_loader, path);

            public async Task<ModelData> GetAsync(string path)
            {
                await Task.Yield();
                if (_current is null)
                    _current = _modelCache.GetOrLoad(this._loader, path);
                return await Task.Run(() => _modelCache.GetOrLoad(_loader, path));
            }

            public void Dispose()
            {
                if (_current != null)
                    _current.Dispose(); // gives it back
                GC.SuppressFinalize(this);
                _modelCache.Dispose();
            }
        }

        class Expression : IDisposable
        {
            private readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);
            private readonly ModelData _a;

            public Expression(ModelLoader loader) => _a = _modelCache.GetOrLoad(loader, "a");

            public void Dispose()
            {
                _a.Dispose();
                _modelCache.Dispose();
            }
        }

        class NoField
        {
            private readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);

            /// <summary>Loads.</summary>
            public ModelData Load(ModelLoader loader) => _modelCache.GetOrLoad(loader, "a");
        }
        class OneLine { private readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0); ModelData M(ModelLoader loader) => _modelCache.GetOrLoad(loader, "a"); }
        """);

    [Fact]
    public Task StaticPlacesStructsAndRecords_TakeAStaticField() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using VoiceForge.Core;

        class Initializers
        {
            private static readonly ModelData Default = [|new ModelLoader("cpu").LoadModel("a")|];
            private ModelData B { get; } = [|new ModelLoader("cuda").LoadModel("b")|];
            private ModelData C(ModelLoader l) => [|l.LoadModel("c")|];
        }

        static class Extensions
        {
            public static ModelData Open(this ModelLoader loader, string path) => [|loader.LoadModel(path)|];
        }

        struct Value
        {
            public int X;
            public ModelData Load(ModelLoader loader) => [|loader.LoadModel("a")|];
        }

        record Pair(ModelLoader Loader)
        {
            public ModelData Load() => [|Loader.LoadModel("a")|];
        }

        class Lambdas
        {
            readonly ModelLoader _loader = new();
            Func<ModelLoader, ModelData> F() => static l => [|l.LoadModel("a")|];
            ModelData G() => [|_loader.LoadModel("b")|];
        }
        """,
        """
        using System;
        using VoiceForge.Core;

        class Initializers
        {
            private static readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);
            private static readonly ModelData Default = _modelCache.GetOrLoad(new ModelLoader("cpu"), "a");
            private ModelData B { get; } = _modelCache.GetOrLoad(new ModelLoader("cuda"), "b");
            private ModelData C(ModelLoader l) => _modelCache.GetOrLoad(l, "c");
        }

        static class Extensions
        {
            private static readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);

            public static ModelData Open(this ModelLoader loader, string path) => _modelCache.GetOrLoad(loader, path);
        }

        struct Value
        {
            private static readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);
            public int X;
            public ModelData Load(ModelLoader loader) => _modelCache.GetOrLoad(loader, "a");
        }

        record Pair(ModelLoader Loader)
        {
            private static readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);

            public ModelData Load() => _modelCache.GetOrLoad(Loader, "a");
        }

        class Lambdas
        {
            private static readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);
            readonly ModelLoader _loader = new();
            Func<ModelLoader, ModelData> F() => static l => _modelCache.GetOrLoad(l, "a");
            ModelData G() => _modelCache.GetOrLoad(_loader, "b");
        }
        """);

    [Fact]
    public Task CacheInScope_IsReused() => Verify.VerifyCodeFixAsync(
        """
        using VoiceForge.Core;

        class C
        {
            private readonly ModelCache _models = new();
            ModelCache? _maybe;
            ModelData Field(ModelLoader l) => [|l.LoadModel("a")|];
            ModelData Parameter(ModelLoader l, ModelCache shared) => [|l.LoadModel("b")|];
            static ModelData Static(ModelLoader l) => [|l.LoadModel("c")|];
            ModelData Local(ModelLoader l)
            {
                var first = [|l.LoadModel("d")|];
                using var mine = new ModelCache();
                return [|l.LoadModel("e")|];
            }
        }
        """,
        """
        using VoiceForge.Core;

        class C
        {
            private static readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);
            private readonly ModelCache _models = new();
            ModelCache? _maybe;
            ModelData Field(ModelLoader l) => _models.GetOrLoad(l, "a");
            ModelData Parameter(ModelLoader l, ModelCache shared) => shared.GetOrLoad(l, "b");
            static ModelData Static(ModelLoader l) => _modelCache.GetOrLoad(l, "c");
            ModelData Local(ModelLoader l)
            {
                var first = _models.GetOrLoad(l, "d");
                using var mine = new ModelCache();
                return mine.GetOrLoad(l, "e");
            }
        }
        """, CodeState.S2 | CodeState.S3);

    [Fact]
    public Task TakenNames_AreAvoidedAndTheTypeQualified() => Verify.VerifyCodeFixAsync(
        """
        namespace Mine;
        class ModelCache { }
        class Base { protected int _modelCache; }
        class C : Base
        {
            ModelData? _data;
            object M(VoiceForge.Core.ModelLoader loader) => [|loader.LoadModel("a")|];
        }
        class ModelData { }
        """,
        """
        namespace Mine;
        class ModelCache { }
        class Base { protected int _modelCache; }
        class C : Base
        {
            private readonly VoiceForge.Core.ModelCache _modelCache2 = new VoiceForge.Core.ModelCache(maxCacheSizeGb: 8.0);
            ModelData? _data;
            object M(VoiceForge.Core.ModelLoader loader) => _modelCache2.GetOrLoad(loader, "a");
        }
        class ModelData { }
        """);

    [Fact]
    public Task ConditionalAccessAndMethodGroups_KeepTheirMeaning() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using VoiceForge.Core;

        class C
        {
            private readonly ModelLoader? _loader;
            private ModelLoader? _changing;

            ModelData? A(ModelLoader? loader) => [|loader?.LoadModel("a")|];
            ModelData B(ModelLoader? loader, ModelData other)
            {
                var data = [|_loader?.LoadModel(
                    "b",
                    null)|] ?? other;
                return [|loader?.LoadModel("c")|]?.Path is null ? data : other;
            }

            string? D(ModelLoader? loader) => [|loader?.LoadModel("d").Path|];
            ModelData? E() => [|_changing?.LoadModel("e")|];
            void F(ModelLoader? loader) { [|loader?.LoadModel("f")|]; }
            Func<string, string?, ModelData> G(ModelLoader loader) => [|loader.LoadModel|];
            object H(ModelLoader loader) => (Func<string, string?, IDisposable>)[|loader.LoadModel|];
            object I(ModelLoader loader) { var f = [|loader.LoadModel|]; return f; }
            string J(ModelLoader loader) => nameof(loader.LoadModel);
        }
        """.Replace("[|loader?.LoadModel(\"c\")|]?.Path", "[|loader?.LoadModel(\"c\")?.Path|]", StringComparison.Ordinal),
        """
        using System;
        using VoiceForge.Core;

        class C
        {
            private readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);
            private readonly ModelLoader? _loader;
            private ModelLoader? _changing;

            ModelData? A(ModelLoader? loader) => loader is null ? null : _modelCache.GetOrLoad(loader, "a");
            ModelData B(ModelLoader? loader, ModelData other)
            {
                var data = (_loader is null ? null : _modelCache.GetOrLoad(_loader,
                    "b",
                    null)) ?? other;
                return loader?.LoadModel("c")?.Path is null ? data : other;
            }

            string? D(ModelLoader? loader) => loader?.LoadModel("d").Path;
            ModelData? E() => _changing?.LoadModel("e");
            void F(ModelLoader? loader) { loader?.LoadModel("f"); }
            Func<string, string?, ModelData> G(ModelLoader loader) => (pthPath, indexPath) => _modelCache.GetOrLoad(loader, pthPath, indexPath);
            object H(ModelLoader loader) => (Func<string, string?, IDisposable>)((pthPath, indexPath) => _modelCache.GetOrLoad(loader, pthPath, indexPath));
            object I(ModelLoader loader) { var f = loader.LoadModel; return f; }
            string J(ModelLoader loader) => nameof(loader.LoadModel);
        }
        """);

    [Fact]
    public Task CommentsTabsAndCarriageReturns_Stay() => Verify.VerifyCodeFixAsync(
        "using VoiceForge.Core;\r\n\r\nclass C\r\n{\r\n\tint _x;\r\n\r\n\tModelData M(ModelLoader l) => l is null ? null! : [|l // loader\r\n\t\t.LoadModel( // load\r\n\t\t\t\"a\" /* path */,\r\n\t\t\t[|l\r\n\t\t\t\t.LoadModel (\"b\")|].Path)|]; // done\r\n}\r\n",
        "using VoiceForge.Core;\r\n\r\nclass C\r\n{\r\n\tprivate readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);\r\n\tint _x;\r\n\r\n\tModelData M(ModelLoader l) => l is null ? null! : _modelCache.GetOrLoad(l // loader\r\n\t\t, // load\r\n\t\t\t\"a\" /* path */,\r\n\t\t\t_modelCache.GetOrLoad(l, \"b\").Path); // done\r\n}\r\n");

    [Fact]
    public Task LoaderThatLoadsItselfInterfaceAndExpressionTree_AreReportedWithoutFix() => Unchanged(
        """
        using System; using System.Linq.Expressions; using VoiceForge.Core;
        class Mine : ModelLoader { ModelData M() => [|LoadModel("a")|] ?? [|base.LoadModel("b")|]; }
        interface IVoices { ModelLoader Loader { get; } ModelData Get(string path) => [|Loader.LoadModel(path)|]; }
        class Tree { Expression<Func<ModelLoader, ModelData>> _t = l => [|l.LoadModel("a", null)|]; }
        class Empty(ModelLoader l) : Holder([|l.LoadModel("a")|]);
        class Holder(ModelData data) { public ModelData Data => data; }
        """);

    [Fact]
    public Task OwnLoader_IsUntouched() => Verify.VerifyAnalyzerAsync(
        "class ModelLoader { public object LoadModel(string p) => p; } class C { object M(ModelLoader l) => l.LoadModel(\"a\"); object N(VoiceForge.Core.ModelLoader l) => l.LoadModel(3); } static class E { public static object LoadModel(this VoiceForge.Core.ModelLoader l, int i) => l; }");

    [Fact]
    public async Task SamePathTwice_NeedsReview()
    {
        var project = TestProject.Create(CodeState.S2, "using VoiceForge.Core; class C { int _x; void M(ModelLoader l) { l.LoadModel(\"a\"); l.LoadModel(\"b\"); l.LoadModel(\"a\"); } }");
        var found = await TestProject.AnalyzeAsync(project, [new MK0106UncachedModelAnalyzer()]);
        Assert.Equal([Facts.Review, Facts.Safe, Facts.Review], found.Select(diagnostic => diagnostic.Properties[Facts.Safety]));
    }

    [Fact]
    public async Task TypeInSeveralFiles_GetsOneCache()
    {
        const string first = "using VoiceForge.Core; partial class C { int _x; ModelData A(ModelLoader l) => l.LoadModel(\"a\"); }";
        const string second = "using VoiceForge.Core; partial class C { int _y; ModelData B(ModelLoader l) => l.LoadModel(\"b\"); }";
        var project = TestProject.Create(CodeState.S2, first, second);
        for (var round = 0; round < 2; round++)
        {
            var found = await TestProject.AnalyzeAsync(project, [new MK0106UncachedModelAnalyzer()]);
            foreach (var document in project.Documents.ToList())
            {
                var tree = await document.GetSyntaxTreeAsync();
                var changed = await DocumentPass.ApplyAsync(document, [.. found.Where(d => d.Location.SourceTree == tree)], default);
                project = project.Solution.WithDocumentText(document.Id, await changed.GetTextAsync()).GetProject(project.Id)!;
            }
        }

        var texts = await Task.WhenAll(project.Documents.Select(async document => (await document.GetTextAsync()).ToString()));
        Assert.Equal("using VoiceForge.Core; partial class C { private readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0); int _x; ModelData A(ModelLoader l) => _modelCache.GetOrLoad(l, \"a\"); }", texts[0]);
        Assert.Equal("using VoiceForge.Core; partial class C { int _y; ModelData B(ModelLoader l) => _modelCache.GetOrLoad(l, \"b\"); }", texts[1]);
        await TestProject.AssertCompilesAsync(project, "after the fix");
    }

    private static Task Unchanged(string source) => Verify.VerifyCodeFixAsync(source, source);
}
