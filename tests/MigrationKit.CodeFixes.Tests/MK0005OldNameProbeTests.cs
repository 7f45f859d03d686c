using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0005OldNameProbeAnalyzer, MigrationKit.CodeFixes.Rules.MK0005OldNameProbeFix>;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0005OldNameProbeTests
{
    [Theory]
    [InlineData("typeof(TtsModel).GetMethod([|\"Generate\"|], new[] { typeof(VoiceState), typeof(string) })", "typeof(TtsModel).GetMethod(\"GenerateAudio\", new[] { typeof(VoiceState), typeof(string) })")]
    [InlineData("typeof(TtsModel).GetMethod(/* a */ [|@\"Stream\"|] /* b */, types)!.Name", "typeof(TtsModel).GetMethod(/* a */ @\"GenerateAudioStream\" /* b */, types)!.Name")]
    [InlineData("typeof(PocketTts.TtsModel).GetMethod(types: types, name: [|\"LoadVoice\"|])", "typeof(PocketTts.TtsModel).GetMethod(types: types, name: \"GetStateForAudioPrompt\")")]
    [InlineData("typeof(TTS).GetMethod([|\"Generate\"|], BindingFlags.Public | BindingFlags.Instance, types)", "typeof(TTS).GetMethod(\"GenerateAudio\", BindingFlags.Public | BindingFlags.Instance, types)")]
    [InlineData("typeof(TtsModel).GetRuntimeMethod([|\"Generate\"|], types)", "typeof(TtsModel).GetRuntimeMethod(\"GenerateAudio\", types)")]
    [InlineData("(typeof(TtsModel).GetMethod([|\"Generate\"|], types), typeof(TtsModel).GetMethod([|\"Stream\"|], types))", "(typeof(TtsModel).GetMethod(\"GenerateAudio\", types), typeof(TtsModel).GetMethod(\"GenerateAudioStream\", types))")]
    public Task NameWithTypes_IsRenamed(string before, string after) => Verify.VerifyCodeFixAsync(Value(before), Value(after));

    [Theory]
    [InlineData("typeof(TtsModel).GetMethod([|\"Generate\"|])")]
    [InlineData("typeof(TtsModel).GetMethod([|\"Generate\"|], BindingFlags.Public | BindingFlags.Instance) != null")]
    [InlineData("typeof(TtsModel).GetMethod([|Name|], types)")]
    [InlineData("typeof(TtsModel).GetMethod([|C.Name|], types)")]
    [InlineData("typeof(TtsModel).GetMember([|\"Stream\"|])")]
    [InlineData("typeof(TtsModel).InvokeMember([|\"Generate\"|], BindingFlags.InvokeMethod, null, null, null)!")]
    [InlineData("typeof(TtsModel).GetMethods().Any(m => m.Name == [|\"LoadVoice\"|])")]
    [InlineData("[|typeof(TtsModel).Assembly.GetName().Version|]")]
    [InlineData("[|typeof(TtsModel).Assembly.GetName().Version|]!.Major >= 1")]
    public Task WhatAPersonMustDecide_IsReportedWithoutFix(string value) => Verify.VerifyCodeFixAsync(Value(value), Value(value));

    [Theory]
    [InlineData("typeof(TtsModel).GetMethod(\"GenerateAudio\", types)")]
    [InlineData("typeof(TtsModel).GetMethod(\"Dispose\")")]
    [InlineData("typeof(TtsModel).GetMethod(name)")]
    [InlineData("typeof(C).GetMethod(\"Generate\", types)")]
    [InlineData("typeof(Own.TtsModel).GetMethod(\"Generate\", types)")]
    [InlineData("typeof(TtsModel).Assembly.GetName().Name")]
    [InlineData("typeof(C).Assembly.GetName().Version")]
    [InlineData("typeof(TtsModel).Name + \"Generate\"")]
    [InlineData("new[] { typeof(TtsModel) }.Select(t => \"Generate\")")]
    public Task OtherReflection_HasNoFinding(string value) => Verify.VerifyAnalyzerAsync(Value(value));

    [Theory]
    [InlineData("try { return TtsModel.LoadModel(); } catch ([|MissingMethodException|]) { return new TtsModel(); }")]
    [InlineData("try { return TtsModel.LoadModel(); } catch (System.[|MissingMethodException|] e) when (e.Message != null) { return TtsModel.LoadModel(); }")]
    [InlineData("try { model.GenerateAudio(voice, \"a\"); } catch (Exception e) when (e is [|MissingMethodException|]) { model.Generate(voice, \"a\"); } return model;")]
    [InlineData("try { model?.GetStateForAudioPrompt(\"a\"); } catch (InvalidOperationException) { } catch ([|MissingMemberException|]) { model?.LoadVoice(\"a\"); } return model;")]
    [InlineData("try { return TtsModel.LoadModel(); } catch (MissingMethodException) { throw; }")]
    [InlineData("try { return TtsModel.LoadModel(); } catch (InvalidOperationException) { return new TtsModel(); }")]
    [InlineData("try { Activator.CreateInstance(typeof(C)); return model; } catch (MissingMethodException) { return new TtsModel(); }")]
    [InlineData("try { return TtsModel.LoadModel(); } catch (Own.MissingMethodException) { return new TtsModel(); }")]
    public Task FallbackToTheOldNames_IsReported(string body) => Verify.VerifyAnalyzerAsync(
        $$"""
        using System;
        using PocketTts;

        class C
        {
            static TtsModel? Load(TtsModel model, VoiceState voice)
            {
                {{body}}
            }
        }

        static class Own
        {
            public class MissingMethodException : Exception { }
        }
        """);

    [Fact]
    public async Task Rename_IsForReview()
    {
        var project = TestProject.Create(CodeState.S2, Value("typeof(TtsModel).GetMethod(\"Generate\", types)"));
        var finding = Assert.Single(await TestProject.AnalyzeAsync(project, [new Analyzers.Rules.MK0005OldNameProbeAnalyzer()]));
        Assert.Equal(Facts.Review, finding.Properties[Facts.Safety]);
        Assert.Equal("Look for 'GenerateAudio' instead of 'Generate' in 'TtsModel'", finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public Task TabsAndCarriageReturns_Stay() => Verify.VerifyCodeFixAsync(
        "using System;\r\nusing PocketTts;\r\nclass C\r\n{\r\n\tobject? M(Type[] t) => typeof(TtsModel)\r\n\t\t.GetMethod(\r\n\t\t\t[|\"Generate\"|],\t// name\r\n\t\t\tt);\r\n}\r\n",
        "using System;\r\nusing PocketTts;\r\nclass C\r\n{\r\n\tobject? M(Type[] t) => typeof(TtsModel)\r\n\t\t.GetMethod(\r\n\t\t\t\"GenerateAudio\",\t// name\r\n\t\t\tt);\r\n}\r\n");

    private static string Value(string value) => $$"""
        using System;
        using System.Linq;
        using System.Reflection;
        using PocketTts;
        using TTS = PocketTts.TtsModel;

        class C
        {
            public const string Name = "Generate";
            object? M(Type[] types, string name) => {{value}};
        }

        static class Own
        {
            public class TtsModel { }
        }
        """;
}
