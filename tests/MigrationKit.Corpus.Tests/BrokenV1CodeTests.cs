using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.CodeFixes;
using MigrationKit.Tests.Verifiers;
using Xunit.Abstractions;

namespace MigrationKit.Corpus.Tests;

/// <summary>Findings in code that does not compile: each fix can be applied, and leaves no more syntax errors than there were.</summary>
public sealed class BrokenV1CodeTests(ITestOutputHelper output)
{
    /// <summary>Fewer would mean that mutation left nothing to fix.</summary>
    private const int LeastFixed = 1000;

    private static readonly MefHostServices Host = MefHostServices.Create(MefHostServices.DefaultAssemblies);

    [Theory]
    [InlineData(CodeState.S2)]
    [InlineData(CodeState.S3)]
    public async Task Fixes_ThrowNothingAndBreakNoSyntax(CodeState state)
    {
        var (applied, worse) = (0, new List<string>());
        foreach (var batch in Corpus.V1)
        {
            var project = CreateProject(state, batch.Append(Corpus.ReplaceWithAttribute));
            var found = await RuleRun.FindAsync(await project.GetCompilationAsync() ?? throw new InvalidOperationException("No compilation."));
            foreach (var findings in found.Where(DocumentPass.CanFix).GroupBy(finding => finding.Location.SourceTree!))
            {
                var document = project.GetDocument(findings.Key)!;

                // What Fix All does, then what a light bulb does: that of each finding in the long form, else that of the file's first.
                applied += findings.Count();
                worse.AddRange(await ApplyAsync(document, [.. findings]));
                if (findings.Count() > 1)
                {
                    foreach (var finding in Corpus.IsLongForm ? findings : findings.Take(1))
                        worse.AddRange(await ApplyAsync(document, [finding]));
                }
            }
        }

        output.WriteLine($"{applied} findings fixed in {state}");
        Assert.True(worse.Count == 0, $"{worse.Count} fixes left more syntax errors, the first: {worse.FirstOrDefault()}");
        Assert.True(applied >= LeastFixed, $"{applied} findings could be fixed, {LeastFixed} expected.");
    }

    private static async Task<IEnumerable<string>> ApplyAsync(Document document, Diagnostic[] findings)
    {
        var changed = await DocumentPass.ApplyAsync(document, [.. findings], default);
        var before = (await document.GetSyntaxTreeAsync())!;
        var after = (await changed.GetSyntaxTreeAsync())!;
        return Errors(after) <= Errors(before)
            ? []
            : [$"{string.Join(", ", findings.Select(RuleRun.Describe))}\n{before}\n----\n{after}\n{string.Join("\n", after.GetDiagnostics())}"];
    }

    // CS1014 comes once for every word of what stands in half an accessor list, so that its count says how long the code is.
    private static int Errors(SyntaxTree tree) => tree.GetDiagnostics().Count(diagnostic => diagnostic is { Severity: DiagnosticSeverity.Error, Id: not "CS1014" });

    private static Project CreateProject(CodeState state, IEnumerable<CorpusFile> files)
    {
        var id = ProjectId.CreateNewId();
        var documents = files.Select(file => DocumentInfo.Create(
            DocumentId.CreateNewId(id), file.Name, loader: TextLoader.From(TextAndVersion.Create(SourceText.From(file.Text), VersionStamp.Default, file.Name)), filePath: file.Name));
        return new AdhocWorkspace(Host).AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "Corpus", "Corpus", LanguageNames.CSharp,
            compilationOptions: RuleRun.Options, parseOptions: CorpusFile.ParseOptions, documents: documents, metadataReferences: RuleRun.ReferencesOf(state)));
    }
}
