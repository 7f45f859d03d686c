using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Verification;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.Cli.Tests;

/// <summary>Verification does not follow nulls where nobody asked for errors about them, and finds every other error all the same.</summary>
public sealed class ErrorsOnlyTests
{
    private const string Source = """
        #nullable enable
        using System;

        class C<T> where T : class, IComparable<T>
        {
            public T? Largest(params T[] all) { T? best = null; foreach (var one in all) { if (best.CompareTo(one) < 0) best = one; } return best; }

            public int Wrong() => Missing + "text".Length;

            public void Unused() { int n = 1; }

            public string Held { get => field; set; }

            public string Unset() { string text; return text; }

            public int Mixed(string? name) => name.Length + (name ?? 1);
        }
        """;

    [Theory]
    [InlineData(ReportDiagnostic.Default, ReportDiagnostic.Default, "", false)]
    [InlineData(ReportDiagnostic.Default, ReportDiagnostic.Warn, "[*.cs]\ndotnet_diagnostic.CA1000.severity = error\n", false)]
    [InlineData(ReportDiagnostic.Default, ReportDiagnostic.Default, "[*.cs]\ndotnet_diagnostic.CS0219.severity = error\n", false)]
    [InlineData(ReportDiagnostic.Error, ReportDiagnostic.Default, "", true)]
    [InlineData(ReportDiagnostic.Default, ReportDiagnostic.Error, "", true)]
    [InlineData(ReportDiagnostic.Default, ReportDiagnostic.Default, "[*.cs]\ndotnet_diagnostic.CS9264.severity = error\n", true)]
    [InlineData(ReportDiagnostic.Default, ReportDiagnostic.Default, "[*.cs]\ndotnet_diagnostic.cs8602.severity = error\n", true)]
    public async Task Errors_AreThoseOfTheWholeCompiler(ReportDiagnostic all, ReportDiagnostic ofNull, string configuration, bool areNullsFollowed)
    {
        var options = new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, generalDiagnosticOption: all)
            .WithSpecificDiagnosticOptions(ofNull == ReportDiagnostic.Default ? [] : [KeyValuePair.Create("CS8602", ofNull)]);
        var project = new AdhocWorkspace(WorkspaceBuilder.Services).AddProject("P", LanguageNames.CSharp)
            .WithCompilationOptions(options)
            .AddMetadataReference(MetadataReference.CreateFromFile(typeof(object).Assembly.Location))
            .AddDocument("C.cs", Source, filePath: "/p/C.cs").Project
            .AddAnalyzerConfigDocument(".editorconfig", SourceText.From("root = true\n" + configuration), filePath: "/p/.editorconfig").Project;

        var compilation = (await project.GetCompilationAsync())!;
        var errorsOnly = await ErrorsOnly.OfAsync(project, CancellationToken.None);

        Assert.Equal(Errors(compilation), Errors(errorsOnly));
        Assert.Superset(new HashSet<string> { "CS0103", "CS0165", "CS0019" }, Errors(errorsOnly).Select(error => error.Id).ToHashSet());
        Assert.Equal(areNullsFollowed, errorsOnly.GetDiagnostics().Any(diagnostic => diagnostic.Id == "CS8602"));
        var raised = configuration.Split("dotnet_diagnostic.").Skip(1).Select(line => line[..6].ToUpperInvariant()).Where(id => id.StartsWith("CS", StringComparison.Ordinal));
        Assert.Superset(raised.ToHashSet(), Errors(errorsOnly).Select(error => error.Id).ToHashSet());
        Assert.Same(errorsOnly, await ErrorsOnly.OfAsync(project, CancellationToken.None));
    }

    private static (string Id, string Message, int Line)[] Errors(Compilation compilation) =>
    [
        .. compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
            .Select(diagnostic => (diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), diagnostic.Location.GetLineSpan().StartLinePosition.Line)).Order(),
    ];
}
