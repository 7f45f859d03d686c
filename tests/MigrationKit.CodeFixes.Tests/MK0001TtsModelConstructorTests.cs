using MigrationKit.Tests.Verifiers;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0001TtsModelConstructorAnalyzer, MigrationKit.CodeFixes.Rules.MK0001TtsModelConstructorFix>;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0001TtsModelConstructorTests
{
    [Fact]
    public Task Guide_R21_ConstructorBecomesLoadModel() => Verify.VerifyCodeFixAsync(
        """
        using PocketTts;

        var model = [|new TtsModel(
            variant: "b6369a24",
            temp: 0.7,
            steps: 4
        )|];
        """,
        """
        using PocketTts;

        var model = TtsModel.LoadModel(
            variant: "b6369a24",
            temp: 0.7,
            lsdDecodeSteps: 4
        );
        """);

    [Fact]
    public Task Construction_BecomesLoadModel() => VerifyFields(
        ("[|new TtsModel()|]", "TtsModel.LoadModel()"),
        ("[|new TtsModel { }|]", "TtsModel.LoadModel()"),
        ("[|new TtsModel(\"v\") { }|]", "TtsModel.LoadModel(\"v\")"),
        ("[|new  TtsModel (\"v\")|]", "TtsModel.LoadModel (\"v\")"),
        ("[|new /* a */ TtsModel /* b */ ( /* c */ \"v\" /* d */, steps: 4 /* e */ )|] /* f */", "/* a */ TtsModel.LoadModel /* b */ ( /* c */ \"v\" /* d */, lsdDecodeSteps: 4 /* e */ ) /* f */"),
        ("[|new()|]", "TtsModel.LoadModel()"),
        ("[|new /* a */ (\"v\")|]", "TtsModel.LoadModel /* a */ (\"v\")"),
        ("[|new(steps: 2, variant: \"v\")|]", "TtsModel.LoadModel(lsdDecodeSteps: 2, variant: \"v\")"),
        ("[|new PocketTts.TtsModel(\"v\")|]", "PocketTts.TtsModel.LoadModel(\"v\")"),
        ("[|new global::PocketTts.TtsModel(\"v\")|]", "global::PocketTts.TtsModel.LoadModel(\"v\")"),
        ("[|new @TtsModel(@steps: 2)|]", "@TtsModel.LoadModel(lsdDecodeSteps: 2)"));

    [Fact]
    public Task Arguments_AreMappedByParameter()
    {
        (string, string)[] arguments =
        [
            ("\"v\", 0.7, 4", "\"v\", 0.7, 4"),
            ("\"v\", 0.7, 4, -4.0", "\"v\", 0.7, 4, eosThreshold: -4.0"),
            ("\"v\", 0.7, 4, eos: -4.0", "\"v\", 0.7, 4, eosThreshold: -4.0"),
            ("\"v\", 0.7, steps: 4, -4.0", "\"v\", 0.7, lsdDecodeSteps: 4, eosThreshold: -4.0"),
            ("variant: \"v\", 0.7, 4, -4.0", "variant: \"v\", 0.7, 4, eosThreshold: -4.0"),
            ("eos: E(), steps: S(), temp: 0.5", "eosThreshold: E(), lsdDecodeSteps: S(), temp: 0.5"),
            ("\"v\", eos: -3f, temp: 0.5f", "\"v\", eosThreshold: -3f, temp: 0.5f"),
            ("null!", "variant: null!"),
            ("default!, 0.5, 2, -4", "variant: default!, temp: 0.5, lsdDecodeSteps: 2, eosThreshold: -4"),
            ("new('v', 3)", "variant: new('v', 3)"),
            ("S() > 1 ? \"a\" : null!", "S() > 1 ? \"a\" : null!"),
        ];
        return VerifyFields(
            [.. arguments.Select(a => ($"[|new TtsModel({a.Item1})|]", $"TtsModel.LoadModel({a.Item2})")),
             .. arguments.Select(a => ($"[|new({a.Item1})|]", $"TtsModel.LoadModel({a.Item2})"))]);
    }

    [Fact]
    public Task EveryPlaceOfACreation_IsRewritten() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using System.Collections.Generic;
        using PocketTts;

        class C
        {
            static readonly TtsModel Shared = [|new("a")|];
            TtsModel? _lazy;
            TtsModel Auto { get; } = [|new TtsModel("b")|];
            Lazy<TtsModel> Late { get; } = new(() => [|new TtsModel("c")|]);
            List<TtsModel> All { get; } = new() { [|new()|], [|new TtsModel("d")|] };
            TtsModel Expression => [|new("e")|];
            TtsModel Get() => _lazy ??= [|new("f")|];

            TtsModel Make(bool flag, TtsModel? other = null)
            {
                using var first = [|new TtsModel()|];
                using (var second = [|new TtsModel("g")|])
                    Make(true, [|new("h")|]);
                if (flag)
                    other = [|new TtsModel(steps: 3)|];
                else
                    return flag ? [|new TtsModel("i")|] : [|new("j")|];
                Func<int, TtsModel> make = n => [|new TtsModel("k", steps: n)|];
                TtsModel[] array = { [|new()|], [|new TtsModel("l")|] };
                Console.WriteLine($"{[|new TtsModel("m")|].SampleRate}");
                object o = flag is true ? [|new TtsModel()|] : array;
                return [|new("n", eos: [|new TtsModel(steps: 2)|].SampleRate)|];
            }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using PocketTts;

        class C
        {
            static readonly TtsModel Shared = TtsModel.LoadModel("a");
            TtsModel? _lazy;
            TtsModel Auto { get; } = TtsModel.LoadModel("b");
            Lazy<TtsModel> Late { get; } = new(() => TtsModel.LoadModel("c"));
            List<TtsModel> All { get; } = new() { TtsModel.LoadModel(), TtsModel.LoadModel("d") };
            TtsModel Expression => TtsModel.LoadModel("e");
            TtsModel Get() => _lazy ??= TtsModel.LoadModel("f");

            TtsModel Make(bool flag, TtsModel? other = null)
            {
                using var first = TtsModel.LoadModel();
                using (var second = TtsModel.LoadModel("g"))
                    Make(true, TtsModel.LoadModel("h"));
                if (flag)
                    other = TtsModel.LoadModel(lsdDecodeSteps: 3);
                else
                    return flag ? TtsModel.LoadModel("i") : TtsModel.LoadModel("j");
                Func<int, TtsModel> make = n => TtsModel.LoadModel("k", lsdDecodeSteps: n);
                TtsModel[] array = { TtsModel.LoadModel(), TtsModel.LoadModel("l") };
                Console.WriteLine($"{TtsModel.LoadModel("m").SampleRate}");
                object o = flag is true ? TtsModel.LoadModel() : array;
                return TtsModel.LoadModel("n", eosThreshold: TtsModel.LoadModel(lsdDecodeSteps: 2).SampleRate);
            }
        }
        """);

    [Fact]
    public Task CommentsTabsAndCarriageReturns_Stay() => Verify.VerifyCodeFixAsync(
        "using PocketTts;\r\n\r\nclass C\r\n{\r\n\tTtsModel _a = // why\r\n\t\t[|new\r\n\t\t\tTtsModel( // the model\r\n\t\t\t\t\"v\", // variant\r\n\t\t\t\t0.7,\r\n\t\t\t\t4, /* steps */\r\n\t\t\t\t-4.0 // end\r\n\t\t\t)|]; // done\r\n}\r\n",
        "using PocketTts;\r\n\r\nclass C\r\n{\r\n\tTtsModel _a = // why\r\n\t\t\r\n\t\t\tTtsModel.LoadModel( // the model\r\n\t\t\t\t\"v\", // variant\r\n\t\t\t\t0.7,\r\n\t\t\t\t4, /* steps */\r\n\t\t\t\teosThreshold: -4.0 // end\r\n\t\t\t); // done\r\n}\r\n");

    [Fact]
    public Task Alias_KeepsItsName() => Verify.VerifyCodeFixAsync(
        """
        using TM = PocketTts.TtsModel;
        class C { TM _a = [|new TM("v")|]; PocketTts.TtsModel _b = [|new("v")|]; TM? _c = [|new()|]; }
        """,
        """
        using TM = PocketTts.TtsModel;
        class C { TM _a = TM.LoadModel("v"); PocketTts.TtsModel _b = TM.LoadModel("v"); TM? _c = TM.LoadModel(); }
        """);

    [Fact]
    public Task MemberOfTheTypesName_IsNotCaptured() => Verify.VerifyCodeFixAsync(
        """
        using PocketTts;
        class Same { TtsModel TtsModel { get; } = [|new TtsModel()|]; TtsModel Other { get; } = [|new()|]; }
        class Different { object TtsModel { get; } = [|new TtsModel()|]; PocketTts.TtsModel Other { get; } = [|new()|]; }
        class Local { void M() { var TtsModel = [|new TtsModel("v")|]; } }
        """,
        """
        using PocketTts;
        class Same { TtsModel TtsModel { get; } = TtsModel.LoadModel(); TtsModel Other { get; } = TtsModel.LoadModel(); }
        class Different { object TtsModel { get; } = PocketTts.TtsModel.LoadModel(); PocketTts.TtsModel Other { get; } = PocketTts.TtsModel.LoadModel(); }
        class Local { void M() { var TtsModel = PocketTts.TtsModel.LoadModel("v"); } }
        """);

    [Fact]
    public Task Registration_BecomesFactory() => Verify.VerifyCodeFixAsync(
        Container + """

        class Startup
        {
            void Configure(IServiceCollection services)
            {
                [|services.AddSingleton<TtsModel>()|];
                [|services.AddTransient<TtsModel>()|].AddSingleton<string>();
                [|services?.AddScoped<PocketTts.TtsModel>()|];
                [|services!.AddSingleton<System.IDisposable, TtsModel>()|];
                services!.AddSingleton<TtsModel>(_ => [|new TtsModel(steps: 4)|]);
                services!.AddSingleton(_ => [|new TtsModel()|]);
            }
        }
        """.Replace("[|services?.AddScoped<PocketTts.TtsModel>()|]", "services?[|.AddScoped<PocketTts.TtsModel>()|]", StringComparison.Ordinal),
        Container + """

        class Startup
        {
            void Configure(IServiceCollection services)
            {
                services.AddSingleton(_ => TtsModel.LoadModel());
                services.AddTransient(_ => TtsModel.LoadModel()).AddSingleton<string>();
                services?.AddScoped(_ => PocketTts.TtsModel.LoadModel());
                services!.AddSingleton<System.IDisposable>(_ => TtsModel.LoadModel());
                services!.AddSingleton<TtsModel>(_ => TtsModel.LoadModel(lsdDecodeSteps: 4));
                services!.AddSingleton(_ => TtsModel.LoadModel());
            }
        }
        """);

    [Fact]
    public Task ContainerOrReflection_IsReportedWithoutFix() => Unchanged(
        Container + """

        class Startup
        {
            void Configure(IServiceCollection services)
            {
                [|services.AddSingleton(typeof(TtsModel))|];
                [|services.AddKeyedSingleton<TtsModel>("key")|];
                [|ServiceCollectionServiceExtensions.AddSingleton<TtsModel>(services)|];
                [|Activator.CreateInstance(typeof(TtsModel), "v", 0.7, 1, -4.0)|];
                [|Activator.CreateInstance<TtsModel>()|];
            }
        }
        """);

    [Fact]
    public Task Subclass_IsReportedWithoutFix() => Unchanged(
        "using PocketTts; class Mine : [|TtsModel|] { public Mine() : base(\"v\", steps: 4) { } } class Other(int n) : [|PocketTts.TtsModel|](steps: n) { }");

    [Fact]
    public Task ObjectInitializerWithMembers_IsReportedWithoutFix() => Unchanged(
        "using PocketTts; class C { object _a = [|new TtsModel(\"v\") { Tag = 2 }|]; }", CodeState.S3);

    [Fact]
    public Task DynamicArgument_IsReportedWithoutFix() => Unchanged(
        "using PocketTts; class C { TtsModel M(dynamic d) => [|new TtsModel(d)|]; }");

    [Fact]
    public Task ExpressionTree_TakesArgumentsByPosition() => Verify.VerifyCodeFixAsync(
        """
        using System; using System.Linq; using System.Linq.Expressions; using PocketTts;
        class C
        {
            Expression<Func<TtsModel>> _a = () => [|new TtsModel("v", 0.7, 4, -4.0)|];
            IQueryable<TtsModel> M(IQueryable<string> names) => from name in names select [|new TtsModel(name, 0.7, 4, -4.0)|];
            IQueryable<TtsModel> N(IQueryable<string> names) => names.Select(name => [|new TtsModel(name, 0.7, 4, -4.0)|]);
        }
        """,
        """
        using System; using System.Linq; using System.Linq.Expressions; using PocketTts;
        class C
        {
            Expression<Func<TtsModel>> _a = () => TtsModel.LoadModel("v", 0.7, 4, null, -4.0);
            IQueryable<TtsModel> M(IQueryable<string> names) => from name in names select TtsModel.LoadModel(name, 0.7, 4, null, -4.0);
            IQueryable<TtsModel> N(IQueryable<string> names) => names.Select(name => TtsModel.LoadModel(name, 0.7, 4, null, -4.0));
        }
        """);

    [Fact]
    public Task Cref_NamesTheFactory() => Verify.VerifyCodeFixAsync(
        """
        using PocketTts;
        /// <summary><see cref="TtsModel"/> <see cref="[|TtsModel(string, double, int, double)|]"/> <see cref="PocketTts.TtsModel.[|TtsModel(string, double, int, double)|]"/></summary>
        class C { }
        """,
        """
        using PocketTts;
        /// <summary><see cref="TtsModel"/> <see cref="TtsModel.LoadModel(string, double, int, double?, double)"/> <see cref="PocketTts.TtsModel.LoadModel(string, double, int, double?, double)"/></summary>
        class C { }
        """);

    [Fact]
    public Task OwnTypeOfTheSameName_IsUntouched() => Verify.VerifyAnalyzerAsync(
        """
        namespace Mine;
        class TtsModel(string variant = "v", int steps = 1) { public string V => variant + steps; }
        class C { TtsModel _a = new TtsModel(steps: 4); TtsModel _b = new("v", 3); Other.TtsModel _c = new() { Tag = 1 }; }
        static class Other { public class TtsModel { public int Tag; } }
        """);

    [Fact]
    public Task MigratedCode_HasNoFinding() => Verify.VerifyAnalyzerAsync(
        "using PocketTts; class C { TtsModel _a = TtsModel.LoadModel(\"v\", lsdDecodeSteps: 4); TtsModel? _b = TtsModel.LoadModel(); System.Type _c = typeof(TtsModel); }",
        CodeState.S2 | CodeState.S3);

    [Fact]
    public Task ArgumentsThatWereNeverV1s_AreReportedWithoutFix() => Unchanged(
        "using PocketTts; class C { TtsModel _a = [|new TtsModel(\"a\", 0.7, 1, -4.0, 5)|]; TtsModel _b = [|new TtsModel(speed: 2)|]; }", CodeState.S3);

    [Fact]
    public Task FieldOfAnotherFile_TypesTheCreation() => Verify.VerifyCodeFixAsync(
        "partial class C { void M() { _model = [|new(\"v\", steps: 2)|]; } }\npartial class C { PocketTts.TtsModel? _model; }",
        "partial class C { void M() { _model = PocketTts.TtsModel.LoadModel(\"v\", lsdDecodeSteps: 2); } }\npartial class C { PocketTts.TtsModel? _model; }");

    private static Task VerifyFields(params (string Before, string After)[] values)
    {
        return Verify.VerifyCodeFixAsync(Class(values.Select(value => value.Before)), Class(values.Select(value => value.After)));

        static string Class(IEnumerable<string> fields) =>
            "using PocketTts;\nclass C\n{\n    static double E() => -4;\n    static int S() => 2;\n"
            + string.Concat(fields.Select((value, index) => $"    TtsModel _m{index} = {value};\n")) + "}\n";
    }

    private static Task Unchanged(string source, CodeState states = CodeState.All) => Verify.VerifyCodeFixAsync(source, source, states);

    /// <summary>The shape of Microsoft.Extensions.DependencyInjection's registrations.</summary>
    private const string Container = """
        using System;
        using PocketTts;
        using Microsoft.Extensions.DependencyInjection;
        namespace Microsoft.Extensions.DependencyInjection
        {
            public interface IServiceCollection { }
            public static class ServiceCollectionServiceExtensions
            {
                public static IServiceCollection AddSingleton<T>(this IServiceCollection s) where T : class => s;
                public static IServiceCollection AddSingleton<T>(this IServiceCollection s, T instance) where T : class => s;
                public static IServiceCollection AddSingleton<T>(this IServiceCollection s, Func<IServiceProvider, T> f) where T : class => s;
                public static IServiceCollection AddSingleton<T, U>(this IServiceCollection s) where U : T => s;
                public static IServiceCollection AddSingleton(this IServiceCollection s, Type t) => s;
                public static IServiceCollection AddKeyedSingleton<T>(this IServiceCollection s, object key) where T : class => s;
                public static IServiceCollection AddTransient<T>(this IServiceCollection s) where T : class => s;
                public static IServiceCollection AddTransient<T>(this IServiceCollection s, Func<IServiceProvider, T> f) where T : class => s;
                public static IServiceCollection AddScoped<T>(this IServiceCollection s) where T : class => s;
                public static IServiceCollection AddScoped<T>(this IServiceCollection s, Func<IServiceProvider, T> f) where T : class => s;
            }
        }
        """;
}
