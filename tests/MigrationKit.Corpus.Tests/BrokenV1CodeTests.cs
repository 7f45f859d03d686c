using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.CodeFixes;
using MigrationKit.Tests.Verifiers;
using Xunit.Abstractions;

namespace MigrationKit.Corpus.Tests;

/// <summary>Findings in code that does not compile: each fix can be applied, and leaves no more syntax errors than there were.</summary>
/// <remarks>
/// Errors are not counted where the statement of a finding, or the one before it, has one itself: how many the parser makes of <c>na var model = …</c> depends on what
/// follows the equals sign, right or wrong.
/// </remarks>
public sealed class BrokenV1CodeTests(ITestOutputHelper output)
{
    /// <summary>Fewer would mean that mutation left nothing to fix.</summary>
    private const int LeastFixed = 1000;

    private const int LeastCounted = 800;

    private static readonly MefHostServices Host = MefHostServices.Create(MefHostServices.DefaultAssemblies);

    [Theory]
    [InlineData(CodeState.S2)]
    [InlineData(CodeState.S3)]
    public async Task Fixes_ThrowNothingAndBreakNoSyntax(CodeState state)
    {
        var (applied, counted, worse) = (0, 0, new List<string>());
        foreach (var batch in Corpus.V1)
        {
            var project = CreateProject(state, batch.Append(Corpus.ReplaceWithAttribute));
            var found = await RuleRun.FindAsync(await project.GetCompilationAsync() ?? throw new InvalidOperationException("No compilation."));
            foreach (var findings in found.Where(DocumentPass.CanFix).GroupBy(finding => finding.Location.SourceTree!))
            {
                var document = project.GetDocument(findings.Key)!;

                // What Fix All does, then what a light bulb does: that of each finding in the long form, else that of the file's first.
                applied += findings.Count();
                counted += findings.Count(IsInWholeStatement);
                worse.AddRange(await ApplyAsync(document, [.. findings]));
                if (findings.Count() > 1)
                {
                    foreach (var finding in Corpus.IsLongForm ? findings : findings.Take(1))
                        worse.AddRange(await ApplyAsync(document, [finding]));
                }
            }
        }

        output.WriteLine($"{applied} findings fixed in {state}, {counted} of them in statements without a syntax error");
        Assert.True(worse.Count == 0, $"{worse.Count} fixes left more syntax errors, the first: {worse.FirstOrDefault()}");
        Assert.True(applied >= LeastFixed, $"{applied} findings could be fixed, {LeastFixed} expected.");
        Assert.True(counted >= LeastCounted, $"{counted} findings stand in whole statements, {LeastCounted} expected.");
    }

    private static async Task<IEnumerable<string>> ApplyAsync(Document document, Diagnostic[] findings)
    {
        var changed = await DocumentPass.ApplyAsync(document, [.. findings], default);
        if (findings.Where(IsInWholeStatement).ToArray() is var whole && whole.Length < findings.Length)
            return whole.Length > 0 ? await ApplyAsync(document, whole) : [];

        var before = (await document.GetSyntaxTreeAsync())!;
        var after = (await changed.GetSyntaxTreeAsync())!;
        return Errors(after) <= Errors(before)
            ? []
            : [$"{string.Join(", ", findings.Select(RuleRun.Describe))}\n{before}\n----\n{after}\n{string.Join("\n", after.GetDiagnostics())}"];
    }

    private static bool IsInWholeStatement(Diagnostic finding)
    {
        var statement = finding.Location.SourceTree!.GetRoot().FindNode(finding.Location.SourceSpan, findInsideTrivia: true, getInnermostNodeForTie: true)
            .FirstAncestorOrSelf<SyntaxNode>(node => node is StatementSyntax or MemberDeclarationSyntax);
        if (statement?.Parent is GlobalStatementSyntax global)
            statement = global;
        var before = statement?.Parent?.ChildNodes().TakeWhile(node => node != statement).LastOrDefault();
        return statement is not { ContainsDiagnostics: true } && before is not { ContainsDiagnostics: true };
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
