using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Fix All in a document, a project and a solution, through the provider that IDEs and <c>dotnet format</c> call.</summary>
public sealed class FixAllScopeTests
{
    private const string Chain = """
        using VoiceForge;
        using VoiceForge.Audio;
        using VoiceForge.Core;

        class Chain
        {
            private readonly RingBuffer _ring = new(48000, 1);
            private readonly AudioStream _stream = new(0, 1, 44100);
            private readonly ModelLoader _loader = new("cpu");

            public object Open(string path) => _loader.LoadModel(path);

            public void Run(float[] block)
            {
                var app = new VoiceForgeApp();
                app.Initialize();
                _stream.Start();
                _ring.Write(block);
                System.Console.WriteLine(_ring.Read(256).Length);
            }
        }
        """;

    private const string Speech = """
        using PocketTts;

        class Speech
        {
            public float[] Say(string text)
            {
                using var model = new TtsModel(steps: 4);
                using var other = TtsModel.LoadModel(steps: 2);
                return model.Generate(model.LoadVoice("alba"), text + other.SampleRate);
            }
        }
        """;

    public static TheoryData<string> FixedRules => [.. Fixes().Select(fix => fix.FixableDiagnosticIds[0])];

    [Theory]
    [MemberData(nameof(FixedRules))]
    public void EveryFix_HasAllThreeScopes(string rule)
    {
        var scopes = Fix(rule).GetFixAllProvider()?.GetSupportedFixAllScopes();

        Assert.NotNull(scopes);
        Assert.Superset(new HashSet<FixAllScope> { FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution }, scopes.ToHashSet());
    }

    [Theory]
    [InlineData(RuleIds.TtsModelConstructor)]
    [InlineData("MK0002")]
    [InlineData("MK0003")]
    [InlineData(RuleIds.RingBuffer)]
    [InlineData(RuleIds.AudioStream)]
    [InlineData("MK0106")]
    [InlineData(RuleIds.VoiceForgeApp)]
    public async Task ProjectAndSolution_GiveTheTextOfTheirDocuments(string rule)
    {
        var solution = TwoProjects();
        var byDocument = solution;
        foreach (var document in solution.Projects.SelectMany(project => project.Documents))
            byDocument = await FixAllAsync(rule, d => new(d, Fix(rule), FixAllScope.Document, rule, [rule], new Found(rule), default), byDocument.GetDocument(document.Id)!);
        var byProject = solution;
        foreach (var project in solution.Projects)
            byProject = await FixAllAsync(rule, d => new(d.Project, Fix(rule), FixAllScope.Project, rule, [rule], new Found(rule), default), byProject.GetProject(project.Id)!.Documents.First());
        var first = solution.Projects.First().Documents.First();
        var bySolution = await FixAllAsync(rule, d => new(d.Project, Fix(rule), FixAllScope.Solution, rule, [rule], new Found(rule), default), first);

        var expected = await TextsAsync(byDocument);
        Assert.NotEqual(await TextsAsync(solution), expected);
        Assert.Equal(expected, await TextsAsync(byProject));
        Assert.Equal(expected, await TextsAsync(bySolution));
    }

    private static Solution TwoProjects()
    {
        var first = TestProject.Create(CodeState.S2, Chain, Speech);
        var id = ProjectId.CreateNewId();
        var solution = first.Solution.AddProject(ProjectInfo.Create(
            id, VersionStamp.Default, "Other", "Other", LanguageNames.CSharp,
            compilationOptions: first.CompilationOptions, parseOptions: first.ParseOptions, metadataReferences: first.MetadataReferences));
        return solution.AddDocument(DocumentId.CreateNewId(id), "Speech.cs", Speech).AddDocument(DocumentId.CreateNewId(id), "Chain.cs", Chain);
    }

    /// <returns>The solution after Fix All; unchanged when the scope has nothing to fix.</returns>
    private static async Task<Solution> FixAllAsync(string rule, Func<Document, FixAllContext> context, Document document)
    {
        if (await Fix(rule).GetFixAllProvider()!.GetFixAsync(context(document)) is not { } action)
            return document.Project.Solution;
        return (await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    private static async Task<List<string>> TextsAsync(Solution solution)
    {
        var texts = new List<string>();
        foreach (var document in solution.Projects.OrderBy(project => project.Name, StringComparer.Ordinal).SelectMany(project => project.Documents))
            texts.Add((await document.GetTextAsync()).ToString());
        return texts;
    }

    private static CodeFixProvider Fix(string rule) => Fixes().Single(fix => fix.FixableDiagnosticIds[0] == rule);

    private static IEnumerable<CodeFixProvider> Fixes() =>
        typeof(DocumentPass).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CodeFixProvider))).Select(type => (CodeFixProvider)Activator.CreateInstance(type)!);

    /// <summary>Analyses what it is asked for, as an IDE does.</summary>
    private sealed class Found(string rule) : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await TestProject.AnalyzeAsync(project, RuleCatalog.CreateAnalyzers())).Where(finding => finding.Id == rule);

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(finding => finding.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }
}
