using MigrationKit.Tests.Verifiers;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0002TtsParameterNameAnalyzer, MigrationKit.CodeFixes.Rules.MK0002TtsParameterNameFix>;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>V1's packages have no LoadModel, so the rule has nothing to say in S1.</summary>
public sealed class MK0002TtsParameterNameTests
{
    private const CodeState V2 = CodeState.S2 | CodeState.S3;

    [Fact]
    public Task Guide_R22_R23_ParameterNames() => Verify.VerifyCodeFixAsync(
        """
        using PocketTts;

        var model = TtsModel.LoadModel(
            temp: 0.7,
            [|steps|]: 4,
            eos: -4.0
        );
        """,
        """
        using PocketTts;

        var model = TtsModel.LoadModel(
            temp: 0.7,
            lsdDecodeSteps: 4,
            eosThreshold: -4.0
        );
        """, V2);

    [Fact]
    public Task Arguments_AreMappedByParameter() => Verify.VerifyCodeFixAsync(
        """
        using TM = PocketTts.TtsModel;
        using static PocketTts.TtsModel;
        using PocketTts;
        class C
        {
            static int S() => 2;
            static double E() => -4;
            TtsModel _a = TtsModel.LoadModel("v", [|steps|] /* a */ : /* b */ 4);
            TtsModel _b = PocketTts.TtsModel.LoadModel("v", 0.7, 4, [|eos|]: -4.0);
            TtsModel _c = global::PocketTts.TtsModel.LoadModel([|eos|]: E(), steps: S(), variant: "v");
            TtsModel _d = TM.LoadModel("v", 0.7, [|steps|]: 4, -4.0);
            TtsModel _e = LoadModel([|steps|]: TtsModel.LoadModel([|@steps|]: 3).SampleRate);
            TtsModel _f = TtsModel.LoadModel("v", temp: 0.7f, [|steps|]: 1, eos: -4f);
        }
        """,
        """
        using TM = PocketTts.TtsModel;
        using static PocketTts.TtsModel;
        using PocketTts;
        class C
        {
            static int S() => 2;
            static double E() => -4;
            TtsModel _a = TtsModel.LoadModel("v", lsdDecodeSteps /* a */ : /* b */ 4);
            TtsModel _b = PocketTts.TtsModel.LoadModel("v", 0.7, 4, eosThreshold: -4.0);
            TtsModel _c = global::PocketTts.TtsModel.LoadModel(eosThreshold: E(), lsdDecodeSteps: S(), variant: "v");
            TtsModel _d = TM.LoadModel("v", 0.7, lsdDecodeSteps: 4, eosThreshold: -4.0);
            TtsModel _e = LoadModel(lsdDecodeSteps: TtsModel.LoadModel(lsdDecodeSteps: 3).SampleRate);
            TtsModel _f = TtsModel.LoadModel("v", temp: 0.7f, lsdDecodeSteps: 1, eosThreshold: -4f);
        }
        """, V2);

    [Fact]
    public Task NegativeConstantOnNoiseClamp_IsTheThreshold() => Verify.VerifyCodeFixAsync(
        """
        using PocketTts;
        class C
        {
            const float End = -3;
            TtsModel _a = TtsModel.LoadModel("v", 0.7, 4, [|-4.0|]);
            TtsModel _b = TtsModel.LoadModel("v", 0.7, 4, [|End|]);
            TtsModel _c = TtsModel.LoadModel(variant: "v", 0.7, lsdDecodeSteps: 4, [|-4|] /* end */);
        }
        """,
        """
        using PocketTts;
        class C
        {
            const float End = -3;
            TtsModel _a = TtsModel.LoadModel("v", 0.7, 4, eosThreshold: -4.0);
            TtsModel _b = TtsModel.LoadModel("v", 0.7, 4, eosThreshold: End);
            TtsModel _c = TtsModel.LoadModel(variant: "v", 0.7, lsdDecodeSteps: 4, eosThreshold: -4 /* end */);
        }
        """, V2);

    [Fact]
    public Task TabsAndCarriageReturns_Stay() => Verify.VerifyCodeFixAsync(
        "using PocketTts;\r\nclass C\r\n{\r\n\tTtsModel _a = TtsModel\r\n\t\t.LoadModel(\r\n\t\t\t[|eos|]: -4.0, // end\r\n\t\t\tsteps:\t4);\r\n}\r\n",
        "using PocketTts;\r\nclass C\r\n{\r\n\tTtsModel _a = TtsModel\r\n\t\t.LoadModel(\r\n\t\t\teosThreshold: -4.0, // end\r\n\t\t\tlsdDecodeSteps:\t4);\r\n}\r\n", V2);

    [Fact]
    public Task MigratedCallsAndOwnMethods_HaveNoFinding() => Verify.VerifyAnalyzerAsync(
        """
        using PocketTts;
        class C
        {
            static TtsModel LoadModel(int steps, double eos = -4) => TtsModel.LoadModel(lsdDecodeSteps: steps, eosThreshold: eos);
            TtsModel _a = LoadModel(steps: 4, eos: -4.0);
            TtsModel _b = TtsModel.LoadModel("v", 0.7, 4, 2.0);
            TtsModel _c = TtsModel.LoadModel("v", 0.7, 4, noiseClamp: 2.0, eosThreshold: -4.0);
            TtsModel _d = TtsModel.LoadModel("v", 0.7, 4, 2.0, -4.0);
            System.Func<TtsModel> _e = TtsModel.LoadModel;
            string _f = nameof(TtsModel.LoadModel);
        }
        class Other { public static int LoadModel(string v, double t, int steps, double eos) => LoadModel("v", 0.7, 4, -4.0) + Other.LoadModel("v", 0.7, steps: 4, eos: -4); }
        """, V2);

    [Fact]
    public Task DelegateOfTheOldParameters_IsReportedWithoutFix() => Unchanged(
        "using System; using PocketTts; class C { Func<string, double, int, double, TtsModel> _a = [|TtsModel.LoadModel|]; }");

    [Fact]
    public Task ExpressionTree_IsReportedWithoutFix() => Unchanged(
        "using System; using System.Linq.Expressions; using PocketTts; class C { Expression<Func<TtsModel>> _a = () => TtsModel.LoadModel(\"v\", 0.7, [|steps|]: 4, eos: -4.0); }", CodeState.S3);

    [Fact]
    public Task MixOfBothSignatures_IsReportedWithoutFix() => Unchanged(
        "using PocketTts; class C { TtsModel _a = TtsModel.LoadModel(\"v\", 0.7, 4, 2.0, [|eos|]: -4.0); TtsModel _b = TtsModel.LoadModel([|steps|]: 4, lsdDecodeSteps: 5); }", CodeState.S3);

    private static Task Unchanged(string source, CodeState states = V2) => Verify.VerifyCodeFixAsync(source, source, states);
}
