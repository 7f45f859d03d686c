using Microsoft.CodeAnalysis.CSharp;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.Analyzers.Tests;

public sealed class GlobalAliasTests
{
    private const string Declared = "global using Stream = VoiceForge.Audio.AudioStream; global using Gone = Not.There.RingBuffer; global using System.Text; global using static System.Math;";

    [Theory]
    [InlineData("")]
    [InlineData("class C { }")]
    [InlineData("using System; class C { }")]
    [InlineData("using Own = System.Int32;")]
    [InlineData("extern alias Other; using System; namespace A; using Own = System.Int32; class C { }")]
    [InlineData("using System;\r\nConsole.Write(1);")]
    [InlineData("using System; namespace A { using System.Text; class C { void M() {")]
    [InlineData("using Own =")]
    [InlineData("using System.")]
    [InlineData("using")]
    [InlineData("extern alias")]
    [InlineData("using System; // end")]
    [InlineData("/* half")]
    [InlineData("#if X\nclass C { }")]
    public void EveryFile_SeesThemAll(string source)
    {
        var compilation = CSharpCompilation.Create("Test", [CSharpSyntaxTree.ParseText(source), CSharpSyntaxTree.ParseText(Declared)], StateReferences.Of(CodeState.S2));
        foreach (var tree in compilation.SyntaxTrees)
            Assert.Equal([new("Gone", "RingBuffer"), new("Stream", "AudioStream")], GlobalAlias.SeenBy(compilation.GetSemanticModel(tree)).OrderBy(alias => alias.Alias));
    }

    [Fact]
    public void WithoutOne_ThereIsNone()
    {
        var tree = CSharpSyntaxTree.ParseText("global using System; using Own = System.Int32; class C { }");
        Assert.Empty(GlobalAlias.SeenBy(CSharpCompilation.Create("Test", [tree], StateReferences.Of(CodeState.S2)).GetSemanticModel(tree)));
    }
}
