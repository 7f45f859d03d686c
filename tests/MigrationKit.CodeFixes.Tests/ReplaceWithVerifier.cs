using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Rules;
using MigrationKit.CodeFixes.Rules;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Verifies MK0901 with a library of the user's own, once in source and once as an assembly.</summary>
internal static class ReplaceWithVerifier
{
    public const string Attribute = """
        namespace MigrationKit
        {
            [System.AttributeUsage(System.AttributeTargets.All, AllowMultiple = false)]
            internal sealed class ReplaceWithAttribute(string template) : System.Attribute
            {
                public string Template { get; } = template;
                public string[]? Imports { get; set; }
            }
        }
        """;

    private const int MostRounds = 10;

    /// <summary>A library whose members carry the attribute, with the attribute itself inside.</summary>
    public static string Library(string members) => $"using MigrationKit; namespace Lib {{ {members} }}";

    /// <summary>
    /// The marked uses are found; each light bulb used in turn and Fix All both end at <paramref name="after"/>, which compiles. The same holds
    /// whether the library is source or an assembly.
    /// </summary>
    public static async Task VerifyAsync(string library, string before, string after, bool sourceOnly = false)
    {
        var markup = Markup.Parse(before);
        foreach (var isAssembly in sourceOnly ? new[] { false } : [false, true])
        {
            var how = isAssembly ? "library as an assembly" : "library as source";
            var project = Project(library, markup.Source, isAssembly);
            await TestProject.AssertCompilesAsync(project, $"before, {how}");
            var found = await FindAsync(project);
            Assert.Equal(Describe(markup.Expected.Select(mark => mark.Span), markup.Source), Describe(found.Select(finding => finding.Location.SourceSpan), markup.Source));

            var one = await FixOneByOneAsync(project);
            if (one != after)
                throw new Xunit.Sdk.XunitException($"After the light bulbs, {how}.\nExpected:\n{after}\nActual:\n{one}\nReasons:\n{string.Join("\n", found.Select(Reason).OfType<string>())}");
            Assert.Equal(after, await FixAllAsync(project));
            await TestProject.AssertCompilesAsync(Project(library, after, isAssembly), $"after, {how}");
        }
    }

    /// <summary>The marked uses are found, none is changed, and each says why.</summary>
    public static async Task VerifyManualAsync(string library, string source, string reason)
    {
        await VerifyAsync(library, source, Markup.Parse(source).Source);
        foreach (var finding in await FindAsync(Project(library, Markup.Parse(source).Source, isAssembly: true)))
        {
            Assert.Equal(Facts.Manual, finding.Properties[Facts.Safety]);
            Assert.Contains(reason, finding.Properties[Facts.Reason], StringComparison.Ordinal);
        }
    }

    /// <summary>The source has no other compile error than those of a library that is not there.</summary>
    public static Project Project(string library, string source, bool isAssembly)
    {
        var project = isAssembly ? TestProject.Create(CodeState.S2, source) : TestProject.Create(CodeState.S2, source, library, Attribute);
        return isAssembly ? project.WithMetadataReferences([.. StateReferences.FrameworkOnly, Compile(library)]) : project.WithMetadataReferences(StateReferences.FrameworkOnly);
    }

    public static async Task<ImmutableArray<Diagnostic>> FindAsync(Project project, DiagnosticAnalyzer? analyzer = null) =>
        [.. (await TestProject.AnalyzeAsync(project, [analyzer ?? new MK0901ReplaceWithAnalyzer()])).Where(finding => finding.Location.SourceTree?.FilePath.Contains("Test0", StringComparison.Ordinal) == true)];

    private static string? Reason(Diagnostic finding) => finding.Properties.GetValueOrDefault(Facts.Reason);

    private static MetadataReference Compile(string library)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);
        var compilation = CSharpCompilation.Create("Lib", [CSharpSyntaxTree.ParseText(library), CSharpSyntaxTree.ParseText(Attribute)], StateReferences.FrameworkOnly, options);
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private static IEnumerable<string> Describe(IEnumerable<Microsoft.CodeAnalysis.Text.TextSpan> spans, string source) =>
        spans.Select(span => $"{span.Start}: {source.Substring(span.Start, span.Length)}").Order(StringComparer.Ordinal);

    private static async Task<string> FixOneByOneAsync(Project project)
    {
        var document = project.Documents.First();
        for (var round = 0; round < 60; round++)
        {
            var actions = new List<Microsoft.CodeAnalysis.CodeActions.CodeAction>();
            foreach (var finding in await FindAsync(document.Project))
                await new MK0901ReplaceWithFix().RegisterCodeFixesAsync(new(document, finding, (action, _) => actions.Add(action), default));
            if (actions.Count == 0)
                break;

            var before = await document.GetTextAsync();
            var operation = (await actions[0].GetOperationsAsync(default)).OfType<Microsoft.CodeAnalysis.CodeActions.ApplyChangesOperation>().Single();
            document = operation.ChangedSolution.GetDocument(document.Id)!;
            Assert.False(before.ContentEquals(await document.GetTextAsync()), "A fix was offered and changed nothing.");
        }

        return (await document.GetTextAsync()).ToString();
    }

    public static async Task<string> FixAllAsync(Project project)
    {
        var document = project.Documents.First();
        for (var round = 0; round < MostRounds; round++)
        {
            var changed = await DocumentPass.ApplyAsync(document, await FindAsync(document.Project), default);
            if (changed == document)
                break;
            document = changed;
        }

        return (await document.GetTextAsync()).ToString();
    }
}
