using MigrationKit.Tests.Verifiers;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0003TtsMethodNameAnalyzer, MigrationKit.CodeFixes.Rules.MK0003TtsMethodNameFix>;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0003TtsMethodNameTests
{
    [Fact]
    public Task Guide_R24_R25_R26_MethodNames() => Verify.VerifyCodeFixAsync(
        """
        using System.Linq;
        using PocketTts;

        static class Speech
        {
            static void Run(TtsModel model)
            {
                var voiceState = model.[|LoadVoice|]("alba");
                var audio = model.[|Generate|](voiceState, "Hello world");
                var chunks = model.[|Stream|](voiceState, "Test streaming").ToList();
            }
        }
        """,
        """
        using System.Linq;
        using PocketTts;

        static class Speech
        {
            static void Run(TtsModel model)
            {
                var voiceState = model.GetStateForAudioPrompt("alba");
                var audio = model.GenerateAudio(voiceState, "Hello world");
                var chunks = model.GenerateAudioStream(voiceState, "Test streaming").ToList();
            }
        }
        """);

    [Fact]
    public Task EveryPlaceOfACall_IsRenamed() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Linq.Expressions;
        using System.Threading.Tasks;
        using PocketTts;

        class C(TtsModel primary)
        {
            readonly TtsModel? _model;
            TtsModel Model { get; } = primary;
            VoiceState _voice = primary.[|LoadVoice|]("alba");
            Expression<Func<TtsModel, VoiceState, float[]>> _tree = (m, v) => m.[|Generate|](v, "x");
            float[]? Speak(string text) => _model?.[|Generate|](_model.[|LoadVoice|]("alba"), text);
            int? Count(VoiceState v) => _model?.[|Generate|](v, "x")?.Length + this._model!.[|Stream|](v, "y").Count();
            async Task<float[]> SpeakAsync(VoiceState v) => await Task.Run(() => Model.[|Generate|](text: "x", voiceState: v));
            IEnumerable<float[]> All(IEnumerable<TtsModel> models) => from m in models from chunk in m.[|Stream|](m.[|LoadVoice|](voice: "alba"), "t") select chunk;

            void Run(bool flag, TtsModel m)
            {
                if (flag)
                    m.[|Generate|](m.[|@LoadVoice|]("a"), "b");
                else
                    foreach (var chunk in m
                        .[|Stream|] /* s */ (_voice, // voice
                            "t"))
                        m.[|Generate|](_voice, $"{m.[|Generate|](_voice, "u").Length}");
                (m ?? Model).[|LoadVoice|]("c").Dispose();
                Model?.[|LoadVoice|]("d")?.Dispose();
                var list = new List<TtsModel> { m };
                list.ForEach(x => x.[|Generate|](_voice, "v"));
                _ = new[] { "a" }.Select(name => m.[|LoadVoice|](voice: name)).Select(v => m.[|Generate|](v, "w")).ToList();
            }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Linq.Expressions;
        using System.Threading.Tasks;
        using PocketTts;

        class C(TtsModel primary)
        {
            readonly TtsModel? _model;
            TtsModel Model { get; } = primary;
            VoiceState _voice = primary.GetStateForAudioPrompt("alba");
            Expression<Func<TtsModel, VoiceState, float[]>> _tree = (m, v) => m.GenerateAudio(v, "x");
            float[]? Speak(string text) => _model?.GenerateAudio(_model.GetStateForAudioPrompt("alba"), text);
            int? Count(VoiceState v) => _model?.GenerateAudio(v, "x")?.Length + this._model!.GenerateAudioStream(v, "y").Count();
            async Task<float[]> SpeakAsync(VoiceState v) => await Task.Run(() => Model.GenerateAudio(text: "x", voiceState: v));
            IEnumerable<float[]> All(IEnumerable<TtsModel> models) => from m in models from chunk in m.GenerateAudioStream(m.GetStateForAudioPrompt(audioConditioning: "alba"), "t") select chunk;

            void Run(bool flag, TtsModel m)
            {
                if (flag)
                    m.GenerateAudio(m.GetStateForAudioPrompt("a"), "b");
                else
                    foreach (var chunk in m
                        .GenerateAudioStream /* s */ (_voice, // voice
                            "t"))
                        m.GenerateAudio(_voice, $"{m.GenerateAudio(_voice, "u").Length}");
                (m ?? Model).GetStateForAudioPrompt("c").Dispose();
                Model?.GetStateForAudioPrompt("d")?.Dispose();
                var list = new List<TtsModel> { m };
                list.ForEach(x => x.GenerateAudio(_voice, "v"));
                _ = new[] { "a" }.Select(name => m.GetStateForAudioPrompt(audioConditioning: name)).Select(v => m.GenerateAudio(v, "w")).ToList();
            }
        }
        """);

    [Fact]
    public Task MethodGroups_KeepTheirDelegate() => Verify.VerifyCodeFixAsync(
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using PocketTts;

        class C
        {
            readonly TtsModel _model;
            readonly Func<string, VoiceState> _load;
            C(TtsModel model) { _model = model; _load = model.[|LoadVoice|]; }
            Func<VoiceState, string, float[]> Generator => _model.[|Generate|];

            void Run(IEnumerable<string> names)
            {
                Func<VoiceState, string, float[]> f = _model.[|Generate|];
                Func<VoiceState, string, IEnumerable<float[]>> g = new(_model.[|Stream|]);
                Use(_model!.[|Generate|]);
                var natural = _model.[|Generate|];
                Delegate any = (_model.[|LoadVoice|]);
                names.Select(_model.[|LoadVoice|]).Zip(names, _model.[|Generate|]).ToList();
            }

            static void Use(Func<VoiceState, string, float[]> f) { }
        }
        """,
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using PocketTts;

        class C
        {
            readonly TtsModel _model;
            readonly Func<string, VoiceState> _load;
            C(TtsModel model) { _model = model; _load = model.GetStateForAudioPrompt; }
            Func<VoiceState, string, float[]> Generator => _model.GenerateAudio;

            void Run(IEnumerable<string> names)
            {
                Func<VoiceState, string, float[]> f = _model.GenerateAudio;
                Func<VoiceState, string, IEnumerable<float[]>> g = new(_model.GenerateAudioStream);
                Use(_model!.GenerateAudio);
                var natural = (Func<VoiceState, string, float[]>)_model.GenerateAudio;
                Delegate any = ((Func<string, VoiceState>)_model.GetStateForAudioPrompt);
                names.Select(_model.GetStateForAudioPrompt).Zip(names, _model.GenerateAudio).ToList();
            }

            static void Use(Func<VoiceState, string, float[]> f) { }
        }
        """);

    [Fact]
    public Task NameOfAndCref_FollowTheName() => Verify.VerifyCodeFixAsync(
        """
        using PocketTts;

        /// <summary>
        /// <see cref="TtsModel.[|Generate|]"/>, <see cref="TtsModel.[|Stream|](VoiceState, string)"/>, <see cref="PocketTts.TtsModel.[|LoadVoice|]"/>
        /// </summary>
        class C
        {
            const string A = nameof(TtsModel.[|Generate|]);
            string B(TtsModel model) => nameof(model.[|LoadVoice|]);
        }
        """,
        """
        using PocketTts;

        /// <summary>
        /// <see cref="TtsModel.GenerateAudio(VoiceState, string)"/>, <see cref="TtsModel.GenerateAudioStream(VoiceState, string)"/>, <see cref="PocketTts.TtsModel.GetStateForAudioPrompt(string)"/>
        /// </summary>
        class C
        {
            const string A = nameof(TtsModel.GenerateAudio);
            string B(TtsModel model) => nameof(model.GetStateForAudioPrompt);
        }
        """);

    [Fact]
    public Task CrefWithoutUsing_QualifiesTheParameters() => Verify.VerifyCodeFixAsync(
        "/// <summary><see cref=\"PocketTts.TtsModel.[|Generate|]\"/></summary>\nclass C { }",
        "/// <summary><see cref=\"PocketTts.TtsModel.GenerateAudio(PocketTts.VoiceState, string)\"/></summary>\nclass C { }");

    [Fact]
    public Task Subclass_MeansItsBaseOnlyWhereItHasNoMemberOfItsOwn() => Verify.VerifyAnalyzerAsync(
        """
        using PocketTts;
        class Mine : TtsModel
        {
            public new VoiceState LoadVoice(string voice) => base.[|LoadVoice|](voice);
            public float[] Say(string text) => base.[|Generate|](LoadVoice("alba"), text) ?? this.[|Generate|](this.LoadVoice("b"), text);
            public object All(string text) => [|Stream|](LoadVoice("alba"), text);
            static void Use(Mine mine) => mine.[|Stream|](mine.LoadVoice("c"), "x");
        }
        """, CodeState.S1 | CodeState.S2); // S3's TtsModel is sealed: the compiler drops the base

    [Fact]
    public Task OwnMembersOfTheseNames_AreUntouched() => Verify.VerifyAnalyzerAsync(
        """
        using System.IO;
        using PocketTts;
        interface ISpeech { float[] Generate(VoiceState v, string t); }
        class Speech : ISpeech
        {
            public Stream Stream { get; } = System.IO.Stream.Null;
            public VoiceState? LoadVoice(string name) => null;
            public float[] Generate(VoiceState v, string t) => new float[(int)Stream.Length];
            public object Run(ISpeech s, VoiceState v, Speech other) => (s.Generate(v, "a"), this.Generate(v, "b"), other?.LoadVoice("c"), nameof(Generate), other!.Stream);
            public float[] Named(TtsModel m) => m.Generate(text: 3);
        }
        static class Extensions
        {
            public static float[] Generate(this TtsModel model, int text) => new float[text];
        }
        """);

    [Fact]
    public async Task SubclassOfAModelThatIsNotTheLibrarys_IsUntouched()
    {
        var found = await TestProject.AnalyzeAsync(
            TestProject.Create(CodeState.S3, "class Mine : TtsModel { object M(object voice) => this.Generate(LoadVoice, voice) ?? base.Stream(voice); }", "namespace Own { class TtsModel { } class Other : TtsModel { object M() => Generate(1); } }"),
            [new Analyzers.Rules.MK0003TtsMethodNameAnalyzer()]);

        Assert.Empty(found);
    }

    [Fact]
    public async Task SubclassOfTheLibrarysModel_IsFoundFromAnotherFile()
    {
        var found = await TestProject.AnalyzeAsync(
            TestProject.Create(CodeState.S3, "class C { object M(Mine model) => model.Generate(null, \"x\"); }", "class Mine : PocketTts.TtsModel { }"),
            [new Analyzers.Rules.MK0003TtsMethodNameAnalyzer()]);

        Assert.Equal("MK0003", Assert.Single(found).Id);
    }

    [Fact]
    public Task MigratedCode_HasNoFinding() => Verify.VerifyAnalyzerAsync(
        "using PocketTts; class C { object M(TtsModel m) => m.GenerateAudio(m.GetStateForAudioPrompt(\"alba\"), \"x\"); }", CodeState.S2 | CodeState.S3);

    [Fact]
    public Task TabsAndCarriageReturns_Stay() => Verify.VerifyCodeFixAsync(
        "using PocketTts;\r\nclass C\r\n{\r\n\tobject M(TtsModel m) => m // model\r\n\t\t.[|Generate|](\r\n\t\t\tm.[|LoadVoice|](\"alba\"),\t// voice\r\n\t\t\t\"x\"\r\n\t\t);\r\n}\r\n",
        "using PocketTts;\r\nclass C\r\n{\r\n\tobject M(TtsModel m) => m // model\r\n\t\t.GenerateAudio(\r\n\t\t\tm.GetStateForAudioPrompt(\"alba\"),\t// voice\r\n\t\t\t\"x\"\r\n\t\t);\r\n}\r\n");
}
