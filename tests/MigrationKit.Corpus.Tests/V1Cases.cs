using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Corpus.Tests;

/// <summary>Code that uses V1: the sources inside the tests of the rules, and the sample.</summary>
internal static partial class V1Cases
{
    private const int ShortestCase = 24;

    private static readonly string[] Words =
        ["RingBuffer", "AudioStream", "VoiceForgeApp", "ModelLoader", "TtsModel", "Generate", ".Stream(", "LoadVoice", "LoadModel", "Start()", "Initialize()", "Acquire", "ReplaceWith"];

    public static IReadOnlyList<CorpusFile> All { get; } =
        [.. Originals.OfRepository.Where(file => file.Name.StartsWith("tests/MigrationKit.", StringComparison.Ordinal)).SelectMany(CasesIn).DistinctBy(file => file.Text)
            .Concat(Originals.OfRepository.Where(file => file.Name.StartsWith("samples/VoiceApp/", StringComparison.Ordinal)))
            .Select(InNamespaceOfItsOwn)];

    private static IEnumerable<CorpusFile> CasesIn(CorpusFile test)
    {
        var strings = test.Tree.GetRoot().DescendantNodes().Select(node => node switch
        {
            LiteralExpressionSyntax literal => literal.Token.ValueText,
            InterpolatedStringExpressionSyntax interpolated => string.Concat(interpolated.Contents.Select(part => part is InterpolatedStringTextSyntax text ? text.TextToken.ValueText : "/* hole */")),
            _ => "",
        });
        return strings.Where(text => text.Length >= ShortestCase && Words.Any(word => text.Contains(word, StringComparison.Ordinal)))
            .Select((text, index) => new CorpusFile($"{test.Name} string {index}", Marks().Replace(text, "")));
    }

    /// <summary>Types of many cases in one compilation must not clash; what is no whole file becomes the body of a method.</summary>
    private static CorpusFile InNamespaceOfItsOwn(CorpusFile file, int index)
    {
        var root = (CompilationUnitSyntax)file.Tree.GetRoot();
        if (root.Members.OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault() is { } declared)
            return file with { Text = file.Text.Insert(declared.Name.SpanStart, $"Case{index}.") };
        if (root.Usings.Count > 0)
            return file with { Text = file.Text.Insert(root.Usings.Last().FullSpan.End, $"\nnamespace Case{index};\n") };

        return file with { Text = $"{Usings}\nnamespace Case{index};\n{(root.Members.Any(member => member is BaseTypeDeclarationSyntax) ? file.Text : Method(file.Text))}" };
    }

    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;
        using MigrationKit;
        using PocketTts;
        using VoiceForge;
        using VoiceForge.Audio;
        using VoiceForge.Core;
        """;

    private static string Method(string statements) =>
        $$"""
        class C(RingBuffer ring, ModelLoader loader, ModelCache cache)
        {
            private AudioStreamV2? _stream;

            async Task<int> M(AudioStreamV2 stream, AudioStreamV2? maybe, VoiceForgeAppV2 app, TripleBuffer buffer, BufferPool pool, TtsModel model, VoiceState voice, bool flag)
            {
                {{statements}}
                await Task.Yield();
                return 0;
            }
        }
        """;

    [GeneratedRegex(@"\{\|MK\d+:|\|\}|\[\||\|\]")]
    private static partial Regex Marks();
}
